// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/markup.h"

#include "base/text.h"

namespace bitloupe {
namespace {

constexpr std::size_t longestText = 4096;

} // namespace

std::string markupText(std::string_view text)
{
    std::string out;
    for (const char c : printable(text, longestText)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string markdownText(std::string_view text)
{
    std::string out;
    for (const char c : printable(text, longestText)) {
        if (std::string_view("\\`*_{}[]()<>#|~!&").find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

} // namespace bitloupe
