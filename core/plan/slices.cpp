// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/slices.h"

#include "job/parallel.h"

#include <algorithm>
#include <cassert>

namespace bitloupe {
namespace {

// Some milliseconds of work for a first plan: far longer than starting a thread takes.
constexpr std::size_t sliceDecisions = 8192;

} // namespace

std::size_t sliceCount(std::size_t decisions)
{
    return (decisions + sliceDecisions - 1) / sliceDecisions;
}

Slice sliceAt(std::size_t index, std::size_t decisions)
{
    const std::size_t begin = index * sliceDecisions;
    return {begin, std::min(decisions, begin + sliceDecisions)};
}

void forSlices(unsigned threads, std::size_t decisions,
    const std::function<void(std::size_t index, Slice slice)>& work)
{
    Job job;
    job.threads = threads;
    [[maybe_unused]] const auto done =
        parallelFor(job, sliceCount(decisions), [&](std::size_t index) -> Result<void> {
            work(index, sliceAt(index, decisions));
            return {};
        });
    assert(done); // no stop was asked for, and the work cannot fail
}

} // namespace bitloupe
