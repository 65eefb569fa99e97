// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a GGUF file. What is accepted must lie inside it, one tensor after another, and roles,
// facts and key-values that names and values steer must survive it.
#include "base/checked.h"
#include "base/text.h"
#include "model/assemble.h"
#include "model/gguf_config.h"
#include "model/gguf_header.h"
#include "model/gguf_roles.h"

#include <algorithm>
#include <cstdlib>

using namespace bitloupe;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkLayout(const GgufHeader& header, std::uint64_t fileSize)
{
    std::uint64_t at = header.dataOffset;
    for (const TensorInfo& tensor : header.tensors) {
        require(tensor.byteOffset == at);
        require(dtypeBytes(tensor.dtype, tensor.elements()) == tensor.byteSize);
        require(rangeInside(tensor.byteOffset, tensor.byteSize, fileSize));
        require(matrixView(tensor.shape).has_value() || tensor.shape.size() < 2
            || tensor.elements() == 0);
        at = roundUp(at + tensor.byteSize - header.dataOffset, header.metadata.alignment)
            + header.dataOffset;
    }
}

void usePairs(const GgufMetadata& metadata)
{
    std::uint64_t at = 24; // magic, version, counts
    for (const GgufPair& pair : metadata.pairs()) {
        require(pair.whole.offset == at);
        at += pair.whole.size;
        require(metadata.find(pair.key) == &pair);
        require(metadata.bytes(pair.whole).value().size() == pair.whole.size);
        (void)metadata.number(pair.key);
        (void)metadata.integers(pair.key);
        (void)metadata.flags(pair.key);
        require(metadata.preview(pair, 8).value().size() <= 8);
        if (pair.isArray() && pair.elementType == GgufValueType::string)
            require(metadata.texts(pair).value().size() == pair.count);
    }
}

void useFacts(const GgufMetadata& metadata, std::vector<TensorInfo> tensors)
{
    std::sort(tensors.begin(), tensors.end(),
        [](const TensorInfo& a, const TensorInfo& b) { return naturalLess(a.name, b.name); });
    assignGgufRoles(tensors);
    const auto vectors = [](std::string_view) { return std::vector<float> {1, 2}; };
    ConfigReading reading = readGgufConfig(metadata, tensors, vectors);
    (void)reconcileConfig(reading.facts, tensors, true, ggufConfigNames(metadata, "file"));
    const auto layers = static_cast<std::size_t>(reading.facts.layers.value_or(0));
    require(reading.facts.layerKinds.empty() || reading.facts.layerKinds.size() == layers);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = std::as_bytes(std::span(data, size));
    const auto read = [bytes](std::uint64_t offset, std::span<std::byte> out) -> Result<void> {
        require(rangeInside(offset, out.size(), bytes.size()));
        copyBytes(out.data(), bytes.data() + offset, out.size());
        return {};
    };
    const auto header = parseGgufHeader(read, size);
    if (!header) {
        require(header.error().message().size() <= 1000);
        return 0;
    }
    checkLayout(*header, size);
    usePairs(header->metadata);
    useFacts(header->metadata, header->tensors);
    return 0;
}
