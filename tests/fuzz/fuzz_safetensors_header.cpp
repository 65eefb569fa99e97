// SPDX-License-Identifier: GPL-3.0-or-later
// Input: 8 bytes that say how much data follows the header, then the header's JSON. What is
// accepted must cover the data exactly, and everything that names and shapes steer must survive it.
#include "base/checked.h"
#include "base/text.h"
#include "model/assemble.h"
#include "model/fp8_scales.h"
#include "model/quantization_names.h"
#include "model/roles.h"
#include "model/safetensors_header.h"

#include <algorithm>
#include <cstdlib>

using namespace bitloupe;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkCover(const SafetensorsHeader& header, std::uint64_t dataBytes)
{
    std::uint64_t at = 0;
    for (const TensorInfo& tensor : header.tensors) {
        require(tensor.byteOffset == at);
        require(dtypeBytes(tensor.dtype, tensor.elements()) == tensor.byteSize);
        at += tensor.byteSize;
    }
    require(at == dataBytes);
}

void useNames(std::vector<TensorInfo> tensors)
{
    Model model;
    model.tensors = std::move(tensors);
    std::sort(model.tensors.begin(), model.tensors.end(),
        [](const TensorInfo& a, const TensorInfo& b) { return naturalLess(a.name, b.name); });
    assignRoles(model.tensors, "", 4);
    linkScales(model.tensors);
    (void)quantizationByTensors(model.tensors);
    for (const TensorInfo& tensor : model.tensors) {
        require(model.tensor(model.find(tensor.name).value()).name == tensor.name);
        if (tensor.scale)
            (void)scaleGrid(tensor, model.tensor(*tensor.scale), std::nullopt);
        (void)matrixView(tensor.shape);
    }
    (void)model.digest();
    (void)model.parameters();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)safetensorsHeaderSize(bytes, size);
    if (size < 8)
        return 0;
    const auto dataBytes = loadLittleEndian<std::uint64_t>(bytes.data());
    const auto header = parseSafetensorsHeader(bytes.subspan(8), dataBytes);
    if (!header) {
        require(header.error().message().size() <= 1000);
        return 0;
    }
    checkCover(*header, dataBytes);
    useNames(header->tensors);
    return 0;
}
