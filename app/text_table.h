// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of text under headers, in columns as wide as their widest cell.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

/// Columns of characters of a UTF-8 text; combining and double-width characters count as one.
std::size_t textWidth(std::string_view text);

/// Single-thread.
class TextTable {
public:
    enum class Align { left, right };

    void addColumn(std::string header, Align align);
    /// As many cells as there are columns.
    void addRow(std::vector<std::string> cells);
    bool empty() const { return m_rows.empty(); }

    /// Headers and rows, two spaces between columns, no spaces at the end of a line.
    std::string text() const;

private:
    std::string line(
        const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const;
    std::vector<std::string> m_headers;
    std::vector<Align> m_aligns;
    std::vector<std::vector<std::string>> m_rows;
};

/// "parameters    134,515,008\n": a label in a column of fixed width, then the value.
std::string labelled(std::string_view label, std::string_view value);

} // namespace bitloupe
