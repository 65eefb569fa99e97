// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_key_values.h"

#include <bit>
#include <cstring>

namespace bitloupe {
namespace {

// Ids of value types.
enum ValueType : std::uint32_t {
    u16Type = 2,
    u32Type = 4,
    i32Type = 5,
    f32Type = 6,
    boolType = 7,
    stringType = 8,
    arrayType = 9,
};

template <typename T>
void append(std::string& bytes, T value)
{
    static_assert(std::endian::native == std::endian::little);
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

} // namespace

void appendUnsigned32(std::string& bytes, std::uint32_t value) { append(bytes, value); }

void appendUnsigned64(std::string& bytes, std::uint64_t value) { append(bytes, value); }

void appendGgufString(std::string& bytes, std::string_view text)
{
    append(bytes, std::uint64_t {text.size()});
    bytes += text;
}

bool GgufKeyValues::begin(std::string_view key, std::uint32_t type)
{
    if (!m_keys.emplace(key).second)
        return false;
    appendGgufString(m_bytes, key);
    append(m_bytes, type);
    return true;
}

bool GgufKeyValues::beginArray(std::string_view key, std::uint32_t type, std::uint64_t count)
{
    if (!begin(key, arrayType))
        return false;
    append(m_bytes, type);
    append(m_bytes, count);
    return true;
}

void GgufKeyValues::addUnsigned16(std::string_view key, std::uint16_t value)
{
    if (begin(key, u16Type))
        append(m_bytes, value);
}

void GgufKeyValues::addUnsigned32(std::string_view key, std::uint32_t value)
{
    if (begin(key, u32Type))
        append(m_bytes, value);
}

void GgufKeyValues::addInteger32(std::string_view key, std::int32_t value)
{
    if (begin(key, i32Type))
        append(m_bytes, value);
}

void GgufKeyValues::addFloat32(std::string_view key, float value)
{
    if (begin(key, f32Type))
        append(m_bytes, value);
}

void GgufKeyValues::addBool(std::string_view key, bool value)
{
    if (begin(key, boolType))
        append(m_bytes, static_cast<std::uint8_t>(value ? 1 : 0));
}

void GgufKeyValues::addString(std::string_view key, std::string_view value)
{
    if (begin(key, stringType))
        appendGgufString(m_bytes, value);
}

void GgufKeyValues::addStrings(std::string_view key, std::span<const std::string> values)
{
    if (!beginArray(key, stringType, values.size()))
        return;
    for (const std::string& value : values)
        appendGgufString(m_bytes, value);
}

void GgufKeyValues::addIntegers32(std::string_view key, std::span<const std::int32_t> values)
{
    if (!beginArray(key, i32Type, values.size()))
        return;
    for (const std::int32_t value : values)
        append(m_bytes, value);
}

void GgufKeyValues::addFloats32(std::string_view key, std::span<const float> values)
{
    if (!beginArray(key, f32Type, values.size()))
        return;
    for (const float value : values)
        append(m_bytes, value);
}

void GgufKeyValues::addCopy(std::string_view key, std::span<const std::byte> pair)
{
    if (m_keys.emplace(key).second)
        m_bytes.append(reinterpret_cast<const char*>(pair.data()), pair.size());
}

} // namespace bitloupe
