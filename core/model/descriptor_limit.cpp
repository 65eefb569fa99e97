// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/descriptor_limit.h"

#include <string>

#include <sys/resource.h>

namespace bitloupe {

Result<void> reserveDescriptors(std::size_t count)
{
    constexpr rlim_t others = 256; // the rest of the program, and what an export opens
    struct rlimit limit = {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return {}; // opening will tell
    const rlim_t wanted = static_cast<rlim_t>(count) + others;
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= wanted)
        return {};
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < wanted && limit.rlim_max < count + 32)
        return Error {Errc::ioRead, {},
            "the model has " + std::to_string(count) + " files, but the system lets a program open "
                + std::to_string(limit.rlim_max) + " at a time: raise the limit (ulimit -n)"};
    limit.rlim_cur
        = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > wanted ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return {};
}

} // namespace bitloupe
