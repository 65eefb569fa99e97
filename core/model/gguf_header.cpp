// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_header.h"

#include "base/text.h"
#include "model/file_kind.h"
#include "model/gguf_pairs.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

// The least bytes that a pair (a key of one letter, a byte) and a tensor (one letter) take.
constexpr std::uint64_t leastPair = 8 + 1 + 4 + 1;
constexpr std::uint64_t leastTensor = 8 + 1 + 4 + 4 + 8;
constexpr std::uint64_t mostElements = (std::uint64_t {1} << 63) - 1;

Result<std::uint32_t> readVersion(GgufCursor& cursor)
{
    const auto version = cursor.take<std::uint32_t>();
    if (!version)
        return version.error();
    if (*version != 0 && (*version & 0xffff) == 0)
        return Error {Errc::unsupported, {}, "big-endian GGUF, not supported"};
    if (*version != 2 && *version != 3)
        return Error {Errc::unsupported, {},
            "GGUF version " + std::to_string(*version) + ", expected 2 or 3"};
    return *version;
}

/// A count whose things take at least `least` bytes each.
Result<std::uint64_t> readCount(
    GgufCursor& cursor, std::string_view things, std::uint64_t least, std::uint64_t most)
{
    const std::string where = cursor.place();
    const auto count = cursor.take<std::uint64_t>();
    if (!count)
        return count.error();
    const std::uint64_t room = std::min(cursor.left() / least, most);
    if (*count > room)
        return Error {Errc::badHeader, where,
            "found a count of " + std::to_string(*count) + " " + std::string(things)
                + ", expected at most " + std::to_string(room)};
    return count;
}

Result<std::string> readName(GgufCursor& cursor)
{
    const std::string where = cursor.place();
    const auto length = cursor.take<std::uint64_t>();
    if (!length)
        return length.error();
    if (*length == 0 || *length > maxGgufName)
        return Error {Errc::badHeader, where,
            "found a tensor name of " + std::to_string(*length) + " bytes, expected 1 to "
                + std::to_string(maxGgufName)};
    auto name = cursor.takeBytes(*length);
    if (name && !isUtf8(*name))
        return Error {Errc::badHeader, where, "found a tensor name that is not UTF-8"};
    return name;
}

/// Sizes as they lie, the row first.
Result<Shape> readSizes(GgufCursor& cursor, const std::string& name)
{
    const auto rank = cursor.take<std::uint32_t>();
    if (!rank)
        return rank.error();
    if (*rank > maxGgufRank)
        return Error {Errc::badShape, name,
            "found " + std::to_string(*rank) + " dimensions, expected at most "
                + std::to_string(maxGgufRank)};
    Shape sizes;
    for (std::uint32_t i = 0; i < *rank; ++i) {
        const auto size = cursor.take<std::uint64_t>();
        if (!size)
            return size.error();
        if (*size > mostElements)
            return Error {Errc::badShape, name, "found a negative size"};
        sizes.push_back(*size);
    }
    const auto elements = checkedProduct(sizes);
    if (!elements || *elements > mostElements)
        return Error {Errc::numberOverflow, name, "the shape has more than 2^63 elements"};
    return sizes;
}

Result<DType> readDType(GgufCursor& cursor, const std::string& name)
{
    const auto type = cursor.take<std::uint32_t>();
    if (!type)
        return type.error();
    const auto dtype = dtypeOfGgml(*type);
    if (!dtype)
        return Error {Errc::unknownDtype, name,
            "found the type " + std::to_string(*type)
                + (*type < ggmlTypeCount ? ", which was removed from the format" : "")};
    return *dtype;
}

/// Trailing sizes of one say nothing. A stack of one expert keeps its own.
Shape shapeOf(Shape sizes)
{
    while (sizes.size() > 3 && sizes.back() == 1)
        sizes.pop_back();
    std::reverse(sizes.begin(), sizes.end());
    return sizes;
}

Result<TensorInfo> readTensor(GgufCursor& cursor)
{
    TensorInfo tensor;
    auto name = readName(cursor);
    if (!name)
        return name.error();
    tensor.name = std::move(*name);
    auto sizes = readSizes(cursor, tensor.name);
    if (!sizes)
        return sizes.error();
    const auto dtype = readDType(cursor, tensor.name);
    if (!dtype)
        return dtype.error();
    tensor.dtype = *dtype;
    const DTypeInfo& info = dtypeInfo(tensor.dtype);
    const std::uint64_t row = sizes->empty() ? 1 : sizes->front();
    if (row % static_cast<std::uint64_t>(info.blockElements) != 0)
        return Error {Errc::badShape, tensor.name,
            "found rows of " + std::to_string(row) + ", expected a multiple of "
                + std::to_string(info.blockElements) + " for " + std::string(info.name)};
    const auto bytes = dtypeBytes(tensor.dtype, checkedProduct(*sizes).value_or(0));
    if (!bytes)
        return Error {Errc::numberOverflow, tensor.name, "the shape has more than 2^64 bits"};
    tensor.byteSize = *bytes;
    tensor.shape = shapeOf(std::move(*sizes));
    const auto offset = cursor.take<std::uint64_t>();
    if (!offset)
        return offset.error();
    tensor.byteOffset = *offset;
    return tensor;
}

Result<void> refuseNameTwice(const std::vector<TensorInfo>& tensors)
{
    std::vector<std::string_view> names;
    for (const TensorInfo& tensor : tensors)
        names.push_back(tensor.name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end())
        return Error {Errc::duplicateName, std::string(*twice), "found twice in one file"};
    return {};
}

/// Each tensor begins where the one before it and its padding end; makes offsets those in the file.
Result<void> placeTensors(GgufHeader& header, std::uint64_t fileSize)
{
    const std::uint64_t alignment = header.metadata.alignment;
    std::uint64_t expected = 0; // the end with padding
    std::uint64_t end = header.dataOffset; // of the last tensor, in the file
    for (TensorInfo& tensor : header.tensors) {
        if (tensor.byteOffset != expected)
            return Error {tensor.byteOffset < expected ? Errc::overlappingTensors : Errc::badOffset,
                tensor.name,
                "begins at " + std::to_string(tensor.byteOffset) + ", expected "
                    + std::to_string(expected)};
        const auto begin = checkedAdd(header.dataOffset, expected);
        const auto tensorEnd = begin ? checkedAdd(*begin, tensor.byteSize) : std::nullopt;
        const auto padded = checkedAdd(expected, tensor.byteSize);
        const auto next = padded ? checkedAdd(*padded, alignment - 1) : std::nullopt;
        if (!tensorEnd || !next)
            return Error {Errc::numberOverflow, tensor.name, "ends beyond 2^64"};
        tensor.byteOffset = *begin;
        end = *tensorEnd;
        expected = *next & ~(alignment - 1);
    }
    if (end > fileSize && !header.tensors.empty())
        return Error {Errc::truncated, {},
            "incomplete: has " + std::to_string(fileSize) + " of " + std::to_string(end)
                + " bytes"};
    const auto padded = checkedAdd(header.dataOffset, expected);
    header.trailingBytes = padded && fileSize > *padded ? fileSize - *padded : 0;
    return {};
}

Result<void> readTables(GgufCursor& cursor, const GgufRead& read, GgufHeader& header)
{
    const auto version = readVersion(cursor);
    if (!version)
        return version.error();
    const auto tensors = readCount(cursor, "tensors", leastTensor, maxGgufTensors);
    if (!tensors)
        return tensors.error();
    const auto count = readCount(cursor, "key-values", leastPair, maxGgufPairs);
    if (!count)
        return count.error();
    auto pairs = readGgufPairs(cursor, *count);
    if (!pairs)
        return pairs.error();
    header.metadata = GgufMetadata(std::move(*pairs), read);
    header.metadata.version = *version;
    const auto alignment = ggufAlignment(header.metadata);
    if (!alignment)
        return alignment.error();
    header.metadata.alignment = *alignment;
    for (std::uint64_t i = 0; i < *tensors; ++i) {
        auto tensor = readTensor(cursor);
        if (!tensor)
            return tensor.error();
        header.tensors.push_back(std::move(*tensor));
    }
    return refuseNameTwice(header.tensors);
}

} // namespace

Result<GgufHeader> parseGgufHeader(const GgufRead& read, std::uint64_t fileSize)
{
    constexpr std::size_t magicBytes = 4;
    std::array<std::byte, magicBytes> magic;
    if (fileSize < magicBytes)
        return Error {Errc::truncated, {},
            "found " + std::to_string(fileSize) + " bytes, expected at least 24"};
    if (auto start = read(0, magic); !start)
        return start.error();
    if (!isGguf(magic))
        return Error {Errc::notAModel, {}, "it does not begin with GGUF"};
    GgufHeader header;
    GgufCursor cursor(read, fileSize);
    if (auto skipped = cursor.skip(magicBytes); !skipped)
        return skipped.error();
    if (auto tables = readTables(cursor, read, header); !tables)
        return tables.error();
    // A header is below maxGgufHeader, and so is the alignment: no overflow.
    header.dataOffset = roundUp(cursor.position(), header.metadata.alignment);
    header.digest = cursor.digest();
    if (auto placed = placeTensors(header, fileSize); !placed)
        return placed.error();
    return header;
}

} // namespace bitloupe
