// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/safetensors_header.h"

#include "base/checked.h"
#include "base/quoted.h"
#include "model/safetensors_entry.h"

#include <algorithm>

namespace bitloupe {
namespace {

/// After sorting by offset every tensor begins where the one before it ends.
Result<std::uint64_t> coveredBytes(const std::vector<TensorInfo>& byOffset)
{
    std::uint64_t expected = 0;
    const TensorInfo* before = nullptr;
    for (const TensorInfo& tensor : byOffset) {
        if (tensor.byteOffset < expected && tensor.byteSize > 0)
            return Error {Errc::overlappingTensors, tensor.name,
                "begins at " + std::to_string(tensor.byteOffset) + ", but " + inQuotes(before->name)
                    + " ends at " + std::to_string(expected)};
        if (tensor.byteOffset != expected)
            return Error {Errc::badOffset, tensor.name,
                "begins at " + std::to_string(tensor.byteOffset) + ", expected "
                    + std::to_string(expected)};
        expected += tensor.byteSize; // = data_offsets[1], which fitted 64 bits
        before = &tensor;
    }
    return expected;
}

Result<void> checkSize(const TensorInfo& tensor)
{
    const auto elements = checkedProduct(tensor.shape);
    if (!elements)
        return Error {Errc::numberOverflow, tensor.name, "the shape has more than 2^64 elements"};
    const auto bits = checkedMul(*elements, static_cast<std::uint64_t>(dtypeInfo(tensor.dtype).bits));
    if (!bits)
        return Error {Errc::numberOverflow, tensor.name, "the shape has more than 2^64 bits"};
    if (*bits % 8 != 0)
        return Error {Errc::badShape, tensor.name,
            std::to_string(*elements) + " elements of " + std::string(dtypeInfo(tensor.dtype).name)
                + " do not fill whole bytes"};
    if (*bits / 8 != tensor.byteSize)
        return Error {Errc::badShape, tensor.name,
            "found " + std::to_string(tensor.byteSize) + " bytes, expected "
                + std::to_string(*bits / 8) + " for the shape"};
    return {};
}

} // namespace

Result<std::uint64_t> safetensorsHeaderSize(
    std::span<const std::byte> firstBytes, std::uint64_t fileSize)
{
    if (firstBytes.size() < 8 || fileSize < 8)
        return Error {Errc::truncated, {},
            "found " + std::to_string(fileSize) + " bytes, expected at least 8"};
    const auto size = loadLittleEndian<std::uint64_t>(firstBytes.data());
    if (size == 0)
        return Error {Errc::badHeader, {}, "the header is empty"};
    if (size > maxSafetensorsHeader)
        return Error {Errc::headerTooLarge, {},
            "found " + std::to_string(size) + " bytes, expected at most "
                + std::to_string(maxSafetensorsHeader)};
    if (size > fileSize - 8)
        return Error {Errc::headerTooLarge, {},
            "found a header of " + std::to_string(size) + " bytes in a file of "
                + std::to_string(fileSize)};
    return size;
}

Result<SafetensorsHeader> parseSafetensorsHeader(
    std::span<const std::byte> header, std::uint64_t dataBytes)
{
    auto entries = readSafetensorsEntries(
        {reinterpret_cast<const char*>(header.data()), header.size()});
    if (!entries)
        return entries.error();
    SafetensorsHeader result {std::move(entries->tensors)};
    std::sort(result.tensors.begin(), result.tensors.end(),
        [](const TensorInfo& a, const TensorInfo& b) {
            return a.byteOffset != b.byteOffset ? a.byteOffset < b.byteOffset
                : a.byteSize != b.byteSize      ? a.byteSize < b.byteSize
                                                : a.name < b.name;
        });
    const auto covered = coveredBytes(result.tensors);
    if (!covered)
        return covered.error();
    if (*covered > dataBytes)
        return Error {Errc::truncated, {},
            "incomplete: has " + std::to_string(dataBytes) + " of " + std::to_string(*covered)
                + " bytes of data"};
    if (*covered < dataBytes)
        return Error {Errc::badOffset, {},
            std::to_string(dataBytes - *covered) + " bytes follow the last tensor"};
    // The dtype comes last, so that a file that is wrong in both ways is called damaged.
    if (!entries->unknownDtypes.empty()) {
        const UnknownDType& first = entries->unknownDtypes.front();
        return Error {Errc::unknownDtype, first.tensor, "found " + inQuotes(first.dtype)};
    }
    for (const TensorInfo& tensor : result.tensors) {
        if (auto size = checkSize(tensor); !size)
            return size.error();
    }
    return result;
}

} // namespace bitloupe
