// SPDX-License-Identifier: GPL-3.0-or-later
// The only place that makes threads in core.
#pragma once

#include "job/job.h"

#include <cstddef>
#include <functional>

namespace bitloupe {

/// Floats that one index of cheap element-wise work takes: far longer than starting it costs.
inline constexpr std::size_t taskValues = std::size_t {1} << 16;

/// Calls work(index) for every index below `count`, each once, from job.threadCount() threads
/// (the calling one included), in rising order of start. No thread outlives the call.
/// Results belong into slots by index, so that nothing depends on the thread count.
/// Errors: the failure with the smallest index among those that ran, after which no new index
/// starts; cancelled; outOfMemory when work throws bad_alloc.
Result<void> parallelFor(const Job& job, std::size_t count,
    const std::function<Result<void>(std::size_t index)>& work);

} // namespace bitloupe
