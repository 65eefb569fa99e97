// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text_table.h"

#include <algorithm>
#include <cassert>

namespace bitloupe {
namespace {

constexpr std::size_t labelWidth = 14;

std::string spaces(std::size_t count) { return std::string(count, ' '); }

} // namespace

std::size_t textWidth(std::string_view text)
{
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    return text.size()
        - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

void TextTable::addColumn(std::string header, Align align)
{
    m_headers.push_back(std::move(header));
    m_aligns.push_back(align);
}

void TextTable::addRow(std::vector<std::string> cells)
{
    assert(cells.size() == m_headers.size());
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const
{
    std::vector<std::size_t> widths(m_headers.size());
    const auto widen = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], textWidth(cells[i]));
    };
    widen(m_headers);
    std::for_each(m_rows.begin(), m_rows.end(), widen);
    std::string all = line(m_headers, widths);
    for (const std::vector<std::string>& row : m_rows)
        all += line(row, widths);
    return all;
}

std::string TextTable::line(
    const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const
{
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string pad = spaces(widths[i] - textWidth(cells[i]));
        text += i == 0 ? "" : "  ";
        text += m_aligns[i] == Align::right ? pad + cells[i] : cells[i] + pad;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string labelled(std::string_view label, std::string_view value)
{
    const std::size_t width = textWidth(label);
    return std::string(label) + spaces(width < labelWidth ? labelWidth - width : 1)
        + std::string(value) + "\n";
}

} // namespace bitloupe
