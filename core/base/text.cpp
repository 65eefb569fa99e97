// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include "base/checked.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace bitloupe {
namespace {

// One decoded code point; length 0 means the bytes there are not UTF-8.
struct Decoded {
    std::uint32_t point = 0;
    std::size_t length = 0;
};

Decoded decodeUtf8(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
    const std::uint32_t first = byte(0);
    if (first < 0x80)
        return {first, 1};
    if (first >= 0xC2 && first <= 0xDF && tail(1))
        return {((first & 0x1FU) << 6) | (byte(1) & 0x3FU), 2};
    if ((first & 0xF0U) == 0xE0 && tail(1) && tail(2)) {
        const std::uint32_t point
            = ((first & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU);
        const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        return point >= 0x800 && !surrogate ? Decoded {point, 3} : Decoded {};
    }
    if (first >= 0xF0 && first <= 0xF4 && tail(1) && tail(2) && tail(3)) {
        const std::uint32_t point = ((first & 0x07U) << 18) | ((byte(1) & 0x3FU) << 12)
            | ((byte(2) & 0x3FU) << 6) | (byte(3) & 0x3FU);
        return point >= 0x10000 && point <= 0x10FFFF ? Decoded {point, 4} : Decoded {};
    }
    return {};
}

// Characters that would change how the rest of a line is read or shown.
bool isUnsafe(std::uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C
        || (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E)
        || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF
        || (point >= 0xFFF9 && point <= 0xFFFB);
}

std::string hexText(std::uint32_t value, int width)
{
    std::array<char, 16> digits {};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
    std::string text(digits.data(), end);
    const auto wanted = static_cast<std::size_t>(width);
    return text.size() < wanted ? std::string(wanted - text.size(), '0') + text : text;
}

std::string escaped(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const Decoded next = decodeUtf8(text);
        const std::size_t length = std::max<std::size_t>(next.length, 1);
        if (next.length == 0)
            out += "\\x" + hexText(static_cast<unsigned char>(text[0]), 2);
        else if (isUnsafe(next.point))
            out += next.point < 0x80 ? "\\x" + hexText(next.point, 2)
                                     : "\\u{" + hexText(next.point, 4) + "}";
        else
            out += text.substr(0, length);
        text.remove_prefix(length);
    }
    return out;
}

std::size_t characterStart(std::string_view text, std::size_t at)
{
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        --at;
    return at;
}

// The first character that starts at `at` or behind it.
std::size_t nextCharacter(std::string_view text, std::size_t at)
{
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        ++at;
    return at;
}

template <typename T>
std::optional<T> parseWhole(std::string_view text)
{
    T value {};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc {} || stop != end)
        return std::nullopt;
    return value;
}

// Factor of a size suffix such as "GB", "GiB", "G"; 0 when it is none.
double sizeFactor(std::string_view suffix)
{
    if (suffix.empty() || suffix == "B")
        return 1;
    constexpr std::string_view letters = "kMGT";
    const char letter = suffix[0] == 'K' ? 'k' : suffix[0];
    const std::size_t power = letters.find(letter);
    const std::string_view rest = suffix.substr(1);
    if (power == std::string_view::npos || (!rest.empty() && rest != "B" && rest != "iB"))
        return 0;
    return std::pow(rest == "iB" ? 1024.0 : 1000.0, static_cast<double>(power) + 1);
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Digits at the front of `text`, removed from it, leading zeros dropped.
std::string_view takeNumber(std::string_view& text)
{
    std::size_t length = 0;
    while (length < text.size() && isDigit(text[length]))
        ++length;
    std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    while (digits.size() > 1 && digits.front() == '0')
        digits.remove_prefix(1);
    return digits;
}

} // namespace

std::string numberText(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value > 0 ? "inf" : "-inf";
    std::array<char, 40> buffer {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

std::string roundedText(double value, int digits)
{
    if (!std::isfinite(value))
        return numberText(value);
    std::array<char, 64> buffer {};
    const double size = std::abs(value);
    const bool plain = size == 0 || (size >= 1e-4 && size < 1e6);
    const int exponent = size == 0 ? 0 : static_cast<int>(std::floor(std::log10(size)));
    const auto end = plain
        ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
              std::chars_format::fixed, std::max(0, digits - 1 - exponent))
              .ptr
        : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
              std::chars_format::scientific, std::max(0, digits - 1))
              .ptr;
    return {buffer.data(), end};
}

std::string fixedText(double value, int decimals)
{
    if (!std::isfinite(value))
        return numberText(value);
    std::array<char, 400> buffer {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
        std::chars_format::fixed, std::clamp(decimals, 0, 40))
                         .ptr;
    return {buffer.data(), end};
}

std::string groupedText(std::uint64_t value)
{
    std::string text = std::to_string(value);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::string sizeText(std::uint64_t bytes)
{
    constexpr auto units = std::to_array<std::string_view>({"B", "kB", "MB", "GB", "TB", "PB", "EB"});
    if (bytes < 1000)
        return std::to_string(bytes) + " B";
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    // 999.96 would print as 1000.0; the next unit is due a little before 1,000.
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return fixedText(value, unit >= 3 ? 2 : 1) + " " + std::string(units[unit]);
}

std::optional<std::uint64_t> parseSize(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size() && (isDigit(text[length]) || text[length] == '.'))
        ++length;
    const std::string_view number = text.substr(0, length);
    std::string_view suffix = text.substr(length);
    while (!suffix.empty() && suffix.front() == ' ')
        suffix.remove_prefix(1);
    const double factor = sizeFactor(suffix);
    if (factor == 1)
        if (const auto whole = parseUnsigned(number))
            return whole;
    const auto value = parseDouble(number);
    if (!value || factor == 0 || *value * factor >= 9.2e18)
        return std::nullopt;
    return static_cast<std::uint64_t>(std::llround(*value * factor));
}

std::optional<double> parseDouble(std::string_view text)
{
    const auto value = parseWhole<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::uint64_t> parseUnsigned(std::string_view text)
{
    return parseWhole<std::uint64_t>(text);
}

std::string printable(std::string_view text, std::size_t maxBytes)
{
    if (text.size() <= maxBytes)
        if (std::string out = escaped(text); out.size() <= maxBytes)
            return out;
    // Escaping may lengthen by six times: cut the source first, so that 100 KB names cost little.
    const std::size_t half = maxBytes / 2;
    const std::string_view front = text.substr(0, characterStart(text, std::min(half, text.size() - 1)));
    const std::size_t backAt = text.size() - std::min(half, text.size());
    std::string head = escaped(front);
    std::string tail = escaped(text.substr(nextCharacter(text, backAt)));
    if (head.size() > half)
        head.resize(characterStart(head, half));
    if (tail.size() > half)
        tail.erase(0, nextCharacter(tail, tail.size() - half));
    return head + "…" + tail;
}

bool isUtf8(std::string_view bytes)
{
    while (!bytes.empty()) {
        const Decoded next = decodeUtf8(bytes);
        if (next.length == 0)
            return false;
        bytes.remove_prefix(next.length);
    }
    return true;
}

bool endsWithAny(std::string_view text, std::initializer_list<std::string_view> suffixes)
{
    return std::any_of(suffixes.begin(), suffixes.end(),
        [&](std::string_view suffix) { return text.ends_with(suffix); });
}

bool naturalLess(std::string_view a, std::string_view b)
{
    const std::string_view wholeA = a;
    const std::string_view wholeB = b;
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view numberA = takeNumber(a);
            const std::string_view numberB = takeNumber(b);
            if (numberA.size() != numberB.size())
                return numberA.size() < numberB.size();
            if (numberA != numberB)
                return numberA < numberB;
            continue;
        }
        if (a.front() != b.front())
            return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    if (a.empty() != b.empty())
        return a.empty();
    // "x01" and "x1" agree as numbers; the bytes decide, so that the order is total.
    return wholeA < wholeB;
}

} // namespace bitloupe
