// SPDX-License-Identifier: GPL-3.0-or-later
// Key-value pairs of a GGUF file as they lie in it, made one after another. Pair: key (u64 length,
// UTF-8 bytes), u32 value type, value; all little-endian.
// Source: GGUF version 3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace bitloupe {

/// Keys are distinct: a pair whose key is there already is left out, so what is said first holds.
class GgufKeyValues {
public:
    void addUnsigned16(std::string_view key, std::uint16_t value);
    void addUnsigned32(std::string_view key, std::uint32_t value);
    void addInteger32(std::string_view key, std::int32_t value);
    void addFloat32(std::string_view key, float value);
    void addBool(std::string_view key, bool value);
    void addString(std::string_view key, std::string_view value);
    void addStrings(std::string_view key, std::span<const std::string> values);
    void addIntegers32(std::string_view key, std::span<const std::int32_t> values);
    void addFloats32(std::string_view key, std::span<const float> values);
    /// A pair as another file has it, from the length of its key to the end of its value.
    void addCopy(std::string_view key, std::span<const std::byte> pair);

    bool contains(std::string_view key) const { return m_keys.contains(key); }
    std::uint64_t count() const { return m_keys.size(); }
    const std::string& bytes() const { return m_bytes; }

private:
    bool begin(std::string_view key, std::uint32_t type);
    bool beginArray(std::string_view key, std::uint32_t type, std::uint64_t count);

    std::string m_bytes;
    std::set<std::string, std::less<>> m_keys;
};

/// The bytes of a number as they lie in a file, appended.
void appendUnsigned32(std::string& bytes, std::uint32_t value);
void appendUnsigned64(std::string& bytes, std::uint64_t value);
/// u64 length, then the bytes.
void appendGgufString(std::string& bytes, std::string_view text);

} // namespace bitloupe
