// SPDX-License-Identifier: GPL-3.0-or-later
// How often each 16-bit code occurs: for BF16 and F16 every fact that does not depend on place
// (extremes, moments, histogram) follows exactly from these 65,536 counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bitloupe {

/// Single-thread. Memory: 512 KB.
class CodeCounts {
public:
    CodeCounts();

    /// Counts `count` codes in unaligned little-endian bytes. At most 2^32 - 1 in all.
    void add(const std::byte* codes, std::size_t count);

    /// Adds the counts to `totals` (65,536 of them).
    void addTo(std::vector<std::uint64_t>& totals) const;

private:
    // Two tables in turn, because a count that was just written must not be waited for.
    std::vector<std::uint32_t> m_tables;
};

inline constexpr std::size_t codeValues = 65'536;

} // namespace bitloupe
