// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_metadata.h"

#include "base/checked.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace bitloupe {
namespace {

constexpr std::uint64_t lengthBytes = 8;

template <typename T> T loadFrom(std::string_view bytes)
{
    return loadLittleEndian<T>(reinterpret_cast<const std::byte*>(bytes.data()));
}

/// One integer of a type; empty for other types and above the range of int64.
std::optional<std::int64_t> integerFrom(GgufValueType type, std::string_view bytes)
{
    switch (type) {
    case GgufValueType::u8: return loadFrom<std::uint8_t>(bytes);
    case GgufValueType::i8: return loadFrom<std::int8_t>(bytes);
    case GgufValueType::u16: return loadFrom<std::uint16_t>(bytes);
    case GgufValueType::i16: return loadFrom<std::int16_t>(bytes);
    case GgufValueType::u32: return loadFrom<std::uint32_t>(bytes);
    case GgufValueType::i32: return loadFrom<std::int32_t>(bytes);
    case GgufValueType::i64: return loadFrom<std::int64_t>(bytes);
    case GgufValueType::u64: {
        const auto value = loadFrom<std::uint64_t>(bytes);
        if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return static_cast<std::int64_t>(value);
        return std::nullopt;
    }
    default: return std::nullopt;
    }
}

/// The shortest text that reads back as the same float, not as the double it becomes.
std::string floatText(float value)
{
    std::array<char, 32> buffer {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

std::string numberOf(GgufValueType type, std::string_view bytes)
{
    switch (type) {
    case GgufValueType::f32: return floatText(loadFrom<float>(bytes));
    case GgufValueType::f64: return numberText(loadFrom<double>(bytes));
    case GgufValueType::boolean: return bytes[0] != '\0' ? "true" : "false";
    case GgufValueType::u64: return std::to_string(loadFrom<std::uint64_t>(bytes));
    default: break;
    }
    const auto value = integerFrom(type, bytes);
    return value ? std::to_string(*value) : std::string();
}

std::string_view asText(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Texts with their lengths in front, at most `most` of them, as far as `bytes` go.
std::vector<std::string> splitTexts(std::string_view bytes, std::uint64_t most)
{
    std::vector<std::string> texts;
    while (texts.size() < most && bytes.size() >= lengthBytes) {
        const auto length = loadFrom<std::uint64_t>(bytes);
        bytes.remove_prefix(lengthBytes);
        texts.emplace_back(bytes.substr(0, length));
        bytes.remove_prefix(std::min<std::uint64_t>(length, bytes.size()));
    }
    return texts;
}

} // namespace

GgufMetadata::GgufMetadata(std::vector<GgufPair> pairs, GgufRead read)
    : m_pairs(std::move(pairs))
    , m_read(std::move(read))
{
    for (std::uint32_t i = 0; i < m_pairs.size(); ++i)
        m_byKey.push_back(i);
    std::sort(m_byKey.begin(), m_byKey.end(),
        [this](std::uint32_t a, std::uint32_t b) { return m_pairs[a].key < m_pairs[b].key; });
}

const GgufPair* GgufMetadata::find(std::string_view key) const
{
    const auto found = std::lower_bound(m_byKey.begin(), m_byKey.end(), key,
        [this](std::uint32_t index, std::string_view wanted) {
            return m_pairs[index].key < wanted;
        });
    return found != m_byKey.end() && m_pairs[*found].key == key ? &m_pairs[*found] : nullptr;
}

std::optional<std::int64_t> GgufMetadata::integer(std::string_view key) const
{
    const GgufPair* const pair = find(key);
    return pair ? integerFrom(pair->type, pair->held) : std::nullopt;
}

std::optional<double> GgufMetadata::number(std::string_view key) const
{
    const GgufPair* const pair = find(key);
    if (pair && pair->type == GgufValueType::f32)
        return static_cast<double>(loadFrom<float>(pair->held));
    if (pair && pair->type == GgufValueType::f64)
        return loadFrom<double>(pair->held);
    const auto whole = integer(key);
    return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

std::optional<bool> GgufMetadata::flag(std::string_view key) const
{
    const GgufPair* const pair = find(key);
    if (!pair || pair->type != GgufValueType::boolean)
        return std::nullopt;
    return pair->held[0] != '\0';
}

std::optional<std::string_view> GgufMetadata::text(std::string_view key) const
{
    const GgufPair* const pair = find(key);
    if (!pair || pair->type != GgufValueType::string
        || pair->content.size > GgufPair::maxHeldBytes)
        return std::nullopt;
    return pair->held;
}

std::optional<std::vector<std::int64_t>> GgufMetadata::integers(std::string_view key) const
{
    const GgufPair* const pair = find(key);
    if (!pair || !pair->isArray() || pair->content.size > GgufPair::maxHeldBytes)
        return std::nullopt;
    std::vector<std::int64_t> values;
    const std::uint64_t size = ggufValueBytes(pair->elementType);
    for (std::uint64_t i = 0; i < pair->count; ++i) {
        const auto value = size == 0 ? std::nullopt
            : integerFrom(pair->elementType, std::string_view(pair->held).substr(i * size));
        if (!value)
            return std::nullopt;
        values.push_back(*value);
    }
    return values;
}

std::optional<std::vector<bool>> GgufMetadata::flags(std::string_view key) const
{
    const GgufPair* const pair = find(key);
    if (!pair || !pair->isArray() || pair->elementType != GgufValueType::boolean
        || pair->content.size > GgufPair::maxHeldBytes)
        return std::nullopt;
    std::vector<bool> values;
    for (const char byte : pair->held)
        values.push_back(byte != '\0');
    return values;
}

Result<std::vector<std::byte>> GgufMetadata::bytes(ByteRange range) const
{
    std::vector<std::byte> bytes(range.size);
    if (auto done = m_read(range.offset, bytes); !done)
        return done.error();
    return bytes;
}

Result<std::string> GgufMetadata::wholeText(const GgufPair& pair) const
{
    if (pair.type != GgufValueType::string)
        return Error {Errc::badHeader, pair.key, "expected a string"};
    if (pair.content.size <= GgufPair::maxHeldBytes)
        return pair.held;
    const auto content = bytes(pair.content);
    if (!content)
        return content.error();
    return std::string(asText(*content));
}

Result<std::vector<std::string>> GgufMetadata::texts(const GgufPair& pair) const
{
    if (!pair.isArray() || pair.elementType != GgufValueType::string)
        return Error {Errc::badHeader, pair.key, "expected an array of strings"};
    const auto content = bytes(pair.content);
    if (!content)
        return content.error();
    auto texts = splitTexts(asText(*content), pair.count);
    if (texts.size() != pair.count)
        return Error {Errc::changedOnDisk, pair.key, "its texts are not those that were there"};
    return texts;
}

namespace {

template <typename T>
Result<std::vector<T>> arrayElements(
    const GgufMetadata& metadata, const GgufPair& pair, GgufValueType type)
{
    if (!pair.isArray() || pair.elementType != type)
        return Error {Errc::badHeader, pair.key,
            "expected an array of " + std::string(ggufValueTypeName(type))};
    const auto content = metadata.bytes(pair.content);
    if (!content)
        return content.error();
    std::vector<T> values(pair.count);
    copyBytes(values.data(), content->data(), content->size());
    return values;
}

} // namespace

Result<std::vector<std::int32_t>> GgufMetadata::int32s(const GgufPair& pair) const
{
    return arrayElements<std::int32_t>(*this, pair, GgufValueType::i32);
}

Result<std::vector<float>> GgufMetadata::floats(const GgufPair& pair) const
{
    return arrayElements<float>(*this, pair, GgufValueType::f32);
}

Result<std::vector<std::string>> GgufMetadata::preview(
    const GgufPair& pair, std::size_t most) const
{
    constexpr std::uint64_t bytesEach = 512; // of an array's beginning; texts in it are short
    constexpr std::size_t mostText = 400;
    std::string_view content = pair.held;
    std::vector<std::byte> read;
    if (pair.content.size > GgufPair::maxHeldBytes) {
        const std::uint64_t wanted = std::min<std::uint64_t>(pair.content.size, most * bytesEach);
        auto start = bytes({pair.content.offset, wanted});
        if (!start)
            return start.error();
        read = std::move(*start);
        content = asText(read);
    }
    std::vector<std::string> shown;
    if (pair.elementType == GgufValueType::string) {
        shown = pair.isArray() ? splitTexts(content, std::min<std::uint64_t>(most, pair.count))
                               : std::vector {std::string(content)};
        for (std::string& text : shown)
            text = printable(text, mostText);
        return shown;
    }
    const std::uint64_t size = ggufValueBytes(pair.elementType);
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(most, pair.count); ++i) {
        if (!rangeInside(i * size, size, content.size()))
            break;
        shown.push_back(numberOf(pair.elementType, content.substr(i * size, size)));
    }
    return shown;
}

} // namespace bitloupe
