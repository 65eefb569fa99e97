// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/imatrix_gguf.h"

#include "base/checked.h"

#include <array>
#include <cmath>

namespace bitloupe {
namespace {

constexpr std::string_view magic = "GGUF";
constexpr std::uint64_t longestTensorName = 4096;
constexpr std::uint64_t mostTensors = 1u << 20;
constexpr std::uint32_t f32 = 0;
constexpr std::uint32_t u32Value = 4, textValue = 8, arrayValue = 9;
// Bytes of a metadata value by type; 0: text and arrays.
constexpr std::array<std::uint64_t, 13> valueBytes {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

Error notGguf(std::string detail) { return {Errc::badHeader, "imatrix", std::move(detail)}; }

std::optional<std::string_view> takeText(ByteCursor& cursor)
{
    const auto length = cursor.take<std::uint64_t>();
    return length ? cursor.text(*length) : std::nullopt;
}

bool skipTexts(ByteCursor& cursor, std::uint64_t count)
{
    for (std::uint64_t i = 0; i < count; ++i)
        if (!takeText(cursor))
            return false;
    return true;
}

bool skipValue(ByteCursor& cursor, std::uint32_t type)
{
    if (type >= valueBytes.size())
        return false;
    if (type == textValue)
        return skipTexts(cursor, 1);
    if (type != arrayValue)
        return cursor.skip(valueBytes[type]);
    const auto element = cursor.take<std::uint32_t>();
    const auto count = cursor.take<std::uint64_t>();
    if (!element || !count || *element >= valueBytes.size() || *element == arrayValue)
        return false;
    if (*element == textValue)
        return skipTexts(cursor, *count);
    const auto bytes = checkedMul(*count, valueBytes[*element]);
    return bytes && cursor.skip(*bytes);
}

struct Tensor {
    std::uint64_t elements = 0, offset = 0;
};

// The alignment; empty when the metadata is damaged.
std::optional<std::uint64_t> readMetadata(ByteCursor& cursor, std::uint64_t count)
{
    std::uint64_t alignment = 32;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto key = takeText(cursor);
        const auto type = cursor.take<std::uint32_t>();
        if (!key || !type)
            return std::nullopt;
        if (*key == "general.alignment" && *type == u32Value) {
            const auto value = cursor.take<std::uint32_t>();
            if (!value || *value == 0 || (*value & (*value - 1)) != 0)
                return std::nullopt;
            alignment = *value;
        } else if (!skipValue(cursor, *type)) {
            return std::nullopt;
        }
    }
    return alignment;
}

std::optional<std::pair<std::string, Tensor>> readTensor(ByteCursor& cursor)
{
    const auto name = takeText(cursor);
    const auto rank = cursor.take<std::uint32_t>();
    if (!name || name->size() > longestTensorName || !rank || *rank == 0 || *rank > 4)
        return std::nullopt;
    Tensor tensor;
    tensor.elements = 1;
    for (std::uint32_t d = 0; d < *rank; ++d) {
        const auto size = cursor.take<std::uint64_t>();
        const auto product = size ? checkedMul(tensor.elements, *size) : std::nullopt;
        if (!product)
            return std::nullopt;
        tensor.elements = *product;
    }
    const auto type = cursor.take<std::uint32_t>();
    const auto offset = cursor.take<std::uint64_t>();
    if (type != f32 || !offset)
        return std::nullopt;
    tensor.offset = *offset;
    return std::pair(std::string(*name), tensor);
}

bool readData(const ByteCursor& header, std::uint64_t dataBegin, const Tensor& tensor,
    std::vector<float>& out)
{
    ByteCursor cursor(header.all());
    const auto at = checkedAdd(dataBegin, tensor.offset);
    return at && cursor.skip(*at) && cursor.floats(tensor.elements, out);
}

// Sums become means; a matrix that no token reached has none.
bool divide(Imatrix::Entry& entry, std::uint64_t matrices)
{
    if (entry.counts.size() != matrices || matrices == 0 || entry.means.size() % matrices != 0)
        return false;
    const std::size_t columns = entry.means.size() / matrices;
    for (std::size_t i = 0; i < entry.means.size(); ++i) {
        const float count = entry.counts[i / columns];
        if (!(count >= 0) || std::isinf(count))
            return false;
        entry.means[i] = count > 0 ? entry.means[i] / count : 0;
    }
    return true;
}

} // namespace

std::optional<std::string_view> ByteCursor::text(std::uint64_t length)
{
    if (length > left())
        return std::nullopt;
    const std::string_view text(reinterpret_cast<const char*>(m_bytes.data()) + m_at, length);
    m_at += length;
    return text;
}

bool ByteCursor::floats(std::uint64_t count, std::vector<float>& out)
{
    if (count > left() / sizeof(float))
        return false;
    out.resize(count);
    if (count > 0)
        std::memcpy(out.data(), m_bytes.data() + m_at, count * sizeof(float));
    m_at += count * sizeof(float);
    return true;
}

bool ByteCursor::skip(std::uint64_t bytes)
{
    if (bytes > left())
        return false;
    m_at += bytes;
    return true;
}

bool startsAsGguf(std::span<const std::byte> bytes)
{
    return bytes.size() >= magic.size()
        && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

Result<Imatrix> readGgufImatrix(ByteCursor cursor)
{
    cursor.skip(magic.size());
    const auto version = cursor.take<std::uint32_t>();
    const auto tensorCount = cursor.take<std::uint64_t>();
    const auto valueCount = cursor.take<std::uint64_t>();
    if (!version || (*version != 2 && *version != 3) || !tensorCount || !valueCount
        || *tensorCount > mostTensors)
        return notGguf("its GGUF header is not of version 2 or 3");
    const auto alignment = readMetadata(cursor, *valueCount);
    if (!alignment)
        return notGguf("its metadata ends too early or has an unknown type");
    std::map<std::string, Tensor> tensors;
    for (std::uint64_t i = 0; i < *tensorCount; ++i) {
        auto tensor = readTensor(cursor);
        if (!tensor || !tensors.insert(*std::move(tensor)).second)
            return notGguf("tensor " + std::to_string(i) + " is no F32 tensor, or there twice");
    }
    const auto end = checkedAdd(cursor.position(), *alignment - 1);
    if (!end)
        return notGguf("its alignment is too large");
    const std::uint64_t dataBegin = *end / *alignment * *alignment;
    constexpr std::string_view sums = ".in_sum2";
    Imatrix imatrix;
    for (const auto& [name, tensor] : tensors) {
        if (!name.ends_with(sums))
            continue;
        const std::string base = name.substr(0, name.size() - sums.size());
        const auto counts = tensors.find(base + ".counts");
        Imatrix::Entry entry;
        if (counts == tensors.end() || !readData(cursor, dataBegin, tensor, entry.means)
            || !readData(cursor, dataBegin, counts->second, entry.counts)
            || !divide(entry, counts->second.elements))
            return notGguf("a tensor's sums and counts do not fit each other or the file");
        imatrix.entries.emplace(base, std::move(entry));
    }
    if (imatrix.entries.empty())
        return notGguf("found no sums of squares");
    return imatrix;
}

} // namespace bitloupe
