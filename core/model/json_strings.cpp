// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/json_strings.h"

#include <charconv>
#include <cstdint>

namespace bitloupe {
namespace {

std::size_t digitsAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
        ++end;
    return end - at;
}

std::optional<std::uint32_t> hexUnit(std::string_view content, std::size_t at)
{
    if (content.size() - at < 4)
        return std::nullopt;
    std::uint32_t unit = 0;
    const char* const first = content.data() + at;
    const auto [end, error] = std::from_chars(first, first + 4, unit, 16);
    if (error != std::errc() || end != first + 4)
        return std::nullopt;
    return unit;
}

void appendUtf8(std::uint32_t code, std::string& out)
{
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0 | code >> 6);
        put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    } else {
        put(0xf0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    }
}

/// Reads XXXX or XXXX\uXXXX at `at` (after "\u") and moves `at` behind it.
bool decodeUnicode(std::string_view content, std::size_t& at, std::string& out)
{
    const auto first = hexUnit(content, at);
    if (!first || (*first >= 0xdc00 && *first < 0xe000))
        return false;
    at += 4;
    if (*first < 0xd800 || *first >= 0xe000) {
        appendUtf8(*first, out);
        return true;
    }
    if (content.substr(at, 2) != "\\u")
        return false;
    const auto second = hexUnit(content, at + 2);
    if (!second || *second < 0xdc00 || *second >= 0xe000)
        return false;
    at += 6;
    appendUtf8(0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00), out);
    return true;
}

} // namespace

std::size_t jsonNumberLength(std::string_view text)
{
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const std::size_t whole = digitsAt(text, at);
    if (whole == 0)
        return 0;
    // A leading zero stands alone: "012" is the number 0 and then a syntax error.
    at += text[at] == '0' ? 1 : whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digitsAt(text, at + 1);
        if (fraction == 0)
            return 0;
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        std::size_t digits = at + 1;
        if (digits < text.size() && (text[digits] == '+' || text[digits] == '-'))
            ++digits;
        const std::size_t exponent = digitsAt(text, digits);
        if (exponent == 0)
            return 0;
        at = digits + exponent;
    }
    return at;
}

std::optional<std::size_t> jsonStringEnd(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte == '"')
            return at;
        if (byte < 0x20)
            return std::nullopt;
        if (byte == '\\')
            ++at;
    }
    return std::nullopt;
}

bool decodeJsonString(std::string_view content, std::string& out)
{
    constexpr std::string_view escapes = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    std::size_t at = 0;
    while (at < content.size()) {
        const std::size_t plain = content.find('\\', at);
        out += content.substr(at, plain - at);
        if (plain == std::string_view::npos)
            return true;
        if (plain + 1 >= content.size())
            return false;
        at = plain + 2;
        const char letter = content[plain + 1];
        if (letter == 'u') {
            if (!decodeUnicode(content, at, out))
                return false;
            continue;
        }
        const std::size_t which = escapes.find(letter);
        if (which == std::string_view::npos)
            return false;
        out += meanings[which];
    }
    return true;
}

} // namespace bitloupe
