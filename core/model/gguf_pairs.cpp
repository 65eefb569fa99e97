// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_pairs.h"

#include "base/text.h"
#include "model/gguf_header.h"

#include <algorithm>
#include <bit>

namespace bitloupe {
namespace {

constexpr std::uint64_t maxKey = 65'535;
constexpr std::uint64_t leastText = 8; // bytes of an empty one

Result<std::string> readGgufKey(GgufCursor& cursor)
{
    const std::string where = cursor.place();
    const auto length = cursor.take<std::uint64_t>();
    if (!length)
        return length.error();
    if (*length == 0 || *length > maxKey)
        return Error {Errc::badHeader, where,
            "found a key of " + std::to_string(*length) + " bytes, expected 1 to "
                + std::to_string(maxKey)};
    auto key = cursor.takeBytes(*length);
    if (key && !isUtf8(*key))
        return Error {Errc::badHeader, where, "found a key that is not UTF-8"};
    return key;
}

Result<GgufValueType> readType(GgufCursor& cursor, const std::string& key)
{
    const auto type = cursor.take<std::uint32_t>();
    if (!type)
        return type.error();
    if (*type >= ggufValueTypeCount)
        return Error {Errc::badHeader, key,
            "found the value type " + std::to_string(*type) + ", expected 0 to "
                + std::to_string(ggufValueTypeCount - 1)};
    return static_cast<GgufValueType>(*type);
}

/// The content of a value whose size is known, kept when it is short.
Result<void> readContent(GgufCursor& cursor, GgufPair& pair, std::uint64_t size)
{
    pair.content = {cursor.position(), size};
    if (size > GgufPair::maxHeldBytes)
        return cursor.skip(size);
    auto held = cursor.takeBytes(size);
    if (!held)
        return held.error();
    pair.held = std::move(*held);
    return {};
}

Result<void> readTexts(GgufCursor& cursor, GgufPair& pair)
{
    const std::uint64_t begin = cursor.position();
    std::string held;
    for (std::uint64_t i = 0; i < pair.count; ++i) {
        const auto length = cursor.takeLength();
        if (!length)
            return length.error();
        const std::uint64_t size = cursor.position() + *length - begin; // below 2^31
        if (size > GgufPair::maxHeldBytes) {
            if (auto skipped = cursor.skip(*length); !skipped)
                return skipped;
            continue;
        }
        const auto text = cursor.takeBytes(*length);
        if (!text)
            return text.error();
        const std::uint64_t number = *length;
        held.append(reinterpret_cast<const char*>(&number), sizeof number);
        held += *text;
    }
    pair.content = {begin, cursor.position() - begin};
    if (pair.content.size <= GgufPair::maxHeldBytes)
        pair.held = std::move(held);
    return {};
}

Result<void> readArray(GgufCursor& cursor, GgufPair& pair)
{
    const auto type = readType(cursor, pair.key);
    if (!type)
        return type.error();
    pair.elementType = *type;
    const auto count = cursor.take<std::uint64_t>();
    if (!count)
        return count.error();
    pair.count = *count;
    if (pair.elementType == GgufValueType::array)
        return Error {Errc::badHeader, pair.key, "found an array of arrays, which no client loads"};
    const bool texts = pair.elementType == GgufValueType::string;
    const std::uint64_t least = texts ? leastText : ggufValueBytes(pair.elementType);
    const auto bytes = checkedMul(pair.count, least);
    if (pair.count > maxGgufLength || !bytes || *bytes > cursor.left())
        return Error {Errc::badHeader, pair.key,
            "found " + std::to_string(pair.count) + " elements, but the file has "
                + std::to_string(cursor.left()) + " more bytes"};
    return texts ? readTexts(cursor, pair) : readContent(cursor, pair, *bytes);
}

Result<void> readValue(GgufCursor& cursor, GgufPair& pair)
{
    if (pair.type == GgufValueType::array)
        return readArray(cursor, pair);
    pair.elementType = pair.type;
    if (pair.type != GgufValueType::string)
        return readContent(cursor, pair, ggufValueBytes(pair.type));
    const auto length = cursor.takeLength();
    if (!length)
        return length.error();
    return readContent(cursor, pair, *length);
}

Result<GgufPair> readPair(GgufCursor& cursor)
{
    GgufPair pair;
    pair.whole.offset = cursor.position();
    auto key = readGgufKey(cursor);
    if (!key)
        return key.error();
    pair.key = std::move(*key);
    const auto type = readType(cursor, pair.key);
    if (!type)
        return type.error();
    pair.type = *type;
    pair.value.offset = cursor.position();
    if (auto value = readValue(cursor, pair); !value) {
        Error error = value.error();
        if (error.where != pair.key)
            error.where = pair.key + ", " + error.where;
        return error;
    }
    pair.value.size = cursor.position() - pair.value.offset;
    pair.whole.size = cursor.position() - pair.whole.offset;
    return pair;
}

Result<void> refuseKeyTwice(const std::vector<GgufPair>& pairs)
{
    std::vector<std::string_view> keys;
    for (const GgufPair& pair : pairs)
        keys.push_back(pair.key);
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice != keys.end())
        return Error {Errc::badHeader, std::string(*twice), "the key occurs twice"};
    return {};
}

} // namespace

Result<std::vector<GgufPair>> readGgufPairs(GgufCursor& cursor, std::uint64_t count)
{
    std::vector<GgufPair> pairs;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto pair = readPair(cursor);
        if (!pair)
            return pair.error();
        pairs.push_back(std::move(*pair));
    }
    if (auto unique = refuseKeyTwice(pairs); !unique)
        return unique.error();
    return pairs;
}

Result<std::uint64_t> ggufAlignment(const GgufMetadata& metadata)
{
    constexpr std::string_view key = "general.alignment";
    const GgufPair* const pair = metadata.find(key);
    if (!pair)
        return ggufDefaultAlignment;
    if (pair->type != GgufValueType::u32)
        return Error {Errc::badHeader, std::string(key),
            "found a value of type " + std::string(ggufValueTypeName(pair->type))
                + ", expected u32"};
    const auto value = static_cast<std::uint64_t>(metadata.integer(key).value_or(0));
    if (!std::has_single_bit(value) || value > maxGgufAlignment)
        return Error {Errc::badHeader, std::string(key),
            "found " + std::to_string(value) + ", expected a power of two up to "
                + std::to_string(maxGgufAlignment)};
    return value;
}

} // namespace bitloupe
