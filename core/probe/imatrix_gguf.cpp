// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/imatrix_gguf.h"

#include "base/checked.h"
#include "model/gguf_header.h"

#include <cmath>
#include <cstring>
#include <map>

namespace bitloupe {
namespace {

constexpr std::string_view magic = "GGUF";

Error notImatrix(std::string detail) { return {Errc::badHeader, "imatrix", std::move(detail)}; }

GgufRead readFrom(std::span<const std::byte> bytes)
{
    return [bytes](std::uint64_t offset, std::span<std::byte> out) -> Result<void> {
        if (!rangeInside(offset, out.size(), bytes.size()))
            return Error {Errc::truncated, "imatrix", "ends within its header"};
        std::memcpy(out.data(), bytes.data() + offset, out.size());
        return {};
    };
}

// False for anything but floats within the file.
bool readFloats(
    std::span<const std::byte> bytes, const TensorInfo& tensor, std::vector<float>& out)
{
    if (tensor.dtype != DType::F32
        || !rangeInside(tensor.byteOffset, tensor.byteSize, bytes.size()))
        return false;
    out.resize(tensor.byteSize / sizeof(float));
    if (!out.empty())
        std::memcpy(out.data(), bytes.data() + tensor.byteOffset, out.size() * sizeof(float));
    return true;
}

// Sums become means; a matrix that no token reached has none.
bool divide(Imatrix::Entry& entry)
{
    const std::size_t matrices = entry.counts.size();
    if (matrices == 0 || entry.means.size() % matrices != 0)
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

bool startsAsGguf(std::span<const std::byte> bytes)
{
    return bytes.size() >= magic.size()
        && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

Result<Imatrix> readGgufImatrix(std::span<const std::byte> bytes)
{
    const auto header = parseGgufHeader(readFrom(bytes), bytes.size());
    if (!header)
        return header.error();
    std::map<std::string_view, const TensorInfo*> tensors;
    for (const TensorInfo& tensor : header->tensors)
        tensors.emplace(tensor.name, &tensor);
    constexpr std::string_view sums = ".in_sum2";
    Imatrix imatrix;
    for (const auto& [name, tensor] : tensors) {
        if (!name.ends_with(sums))
            continue;
        const std::string base(name.substr(0, name.size() - sums.size()));
        const auto counts = tensors.find(base + ".counts");
        Imatrix::Entry entry;
        if (counts == tensors.end() || !readFloats(bytes, *tensor, entry.means)
            || !readFloats(bytes, *counts->second, entry.counts) || !divide(entry))
            return notImatrix("a tensor's sums and counts do not fit each other or the file");
        imatrix.entries.emplace(base, std::move(entry));
    }
    if (imatrix.entries.empty())
        return notImatrix("found no sums of squares");
    return imatrix;
}

} // namespace bitloupe
