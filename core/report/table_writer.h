// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of cells for spreadsheets, numbers as C writes them. Private to report.
#pragma once

#include "report/plan_table.h"

#include <concepts>
#include <string>
#include <string_view>

namespace bitloupe {

/// Cells of a line one after another. Single-thread.
class TableWriter {
public:
    explicit TableWriter(TableFormat format)
        : m_format(format)
    {
    }

    /// Gets an apostrophe in front where a spreadsheet would take it for a formula. Control
    /// characters are written as printable() writes them, so that a cell has one line.
    void text(std::string_view value);
    void number(double value); // empty when it is not finite
    template <std::integral Int> void count(Int value)
    {
        separate();
        m_out += std::to_string(value);
    }
    void skip() { separate(); }
    void endLine();
    std::string take() && { return std::move(m_out); }

private:
    void separate();

    TableFormat m_format;
    std::string m_out;
    bool m_first = true;
};

} // namespace bitloupe
