// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table_writer.h"

#include "base/text.h"

#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

std::string quotedCell(const std::string& cell)
{
    if (cell.find_first_of(",\"") == std::string::npos)
        return cell;
    std::string out = "\"";
    for (const char c : cell)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

} // namespace

void TableWriter::text(std::string_view value)
{
    std::string cell;
    if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != value.npos)
        cell += '\'';
    cell += printable(value, std::numeric_limits<std::size_t>::max());
    separate();
    m_out += m_format == TableFormat::csv ? quotedCell(cell) : cell;
}

void TableWriter::number(double value)
{
    separate();
    if (std::isfinite(value))
        m_out += numberText(value);
}

void TableWriter::endLine()
{
    m_out += m_format == TableFormat::csv ? "\r\n" : "\n";
    m_first = true;
}

void TableWriter::separate()
{
    if (!m_first)
        m_out += m_format == TableFormat::csv ? ',' : '\t';
    m_first = false;
}

} // namespace bitloupe
