// SPDX-License-Identifier: GPL-3.0-or-later
// Decisions in runs of a fixed length, for several threads; what is summed by slices is the same
// for any number of them. Private to plan.
#pragma once

#include <cstddef>
#include <functional>

namespace bitloupe {

/// Decisions [begin, end).
struct Slice {
    std::size_t begin = 0, end = 0;
};

std::size_t sliceCount(std::size_t decisions);
Slice sliceAt(std::size_t index, std::size_t decisions);

/// Calls work(index, slice) once for each slice, from `threads` threads (0: as many as the machine
/// has); from the calling one alone where there is one slice. The work neither fails nor allocates.
void forSlices(unsigned threads, std::size_t decisions,
    const std::function<void(std::size_t index, Slice slice)>& work);

} // namespace bitloupe
