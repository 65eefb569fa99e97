// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table_writer.h"

#include "base/text.h"

#include <cmath>

namespace bitloupe {
namespace {

std::string quotedCell(const std::string& cell)
{
    if (cell.find_first_of(",\"\r\n") == std::string::npos)
        return cell;
    std::string out = "\"";
    for (const char c : cell)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

std::string escapedTabs(const std::string& cell)
{
    std::string out;
    for (const char c : cell)
        out += c == '\t' ? std::string("\\t")
            : c == '\n'  ? std::string("\\n")
            : c == '\r'  ? std::string("\\r")
                         : std::string(1, c);
    return out;
}

} // namespace

void TableWriter::text(std::string_view value)
{
    std::string cell;
    if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != value.npos)
        cell += '\'';
    cell += value;
    separate();
    m_out += m_format == TableFormat::csv ? quotedCell(cell) : escapedTabs(cell);
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
