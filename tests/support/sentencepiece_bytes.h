// SPDX-License-Identifier: GPL-3.0-or-later
// Makes tokenizer.model files for tests, right ones and wrong ones: fields of protobuf messages.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace bitloupe::test {

inline std::string varint(std::uint64_t value)
{
    std::string bytes;
    for (; value >= 0x80; value >>= 7)
        bytes += static_cast<char>(value | 0x80);
    return bytes + static_cast<char>(value);
}

/// A field that holds bytes: a text or another message.
inline std::string message(std::uint64_t field, const std::string& content)
{
    return varint(field << 3 | 2) + varint(content.size()) + content;
}

inline std::string number(std::uint64_t field, std::uint64_t value)
{
    return varint(field << 3) + varint(value);
}

/// Types: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte.
inline std::string piece(const std::string& text, float score, std::uint64_t type)
{
    std::string bits(4, '\0');
    std::memcpy(bits.data(), &score, 4);
    return message(1, message(1, text) + varint(2 << 3 | 5) + bits + number(3, type));
}

} // namespace bitloupe::test
