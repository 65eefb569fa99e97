// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/code_counts.h"

#include "base/checked.h"

namespace bitloupe {

CodeCounts::CodeCounts()
    : m_tables(2 * codeValues)
{
}

void CodeCounts::add(const std::byte* codes, std::size_t count)
{
    std::uint32_t* const even = m_tables.data();
    std::uint32_t* const odd = even + codeValues;
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const auto four = loadLittleEndian<std::uint64_t>(codes + 2 * i);
        ++even[four & 0xffff];
        ++odd[four >> 16 & 0xffff];
        ++even[four >> 32 & 0xffff];
        ++odd[four >> 48];
    }
    for (; i < count; ++i)
        ++even[loadLittleEndian<std::uint16_t>(codes + 2 * i)];
}

void CodeCounts::addTo(std::vector<std::uint64_t>& totals) const
{
    for (std::size_t code = 0; code < codeValues; ++code)
        totals[code] += static_cast<std::uint64_t>(m_tables[code])
            + static_cast<std::uint64_t>(m_tables[codeValues + code]);
}

} // namespace bitloupe
