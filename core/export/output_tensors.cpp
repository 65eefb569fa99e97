// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/output_tensors.h"

#include "base/checked.h"
#include "export/json_text.h"

namespace bitloupe {
namespace {

OutputTensor part(const Decision& decision, std::string name, DType dtype, TensorPart kind,
    std::uint64_t rowBytes)
{
    OutputTensor tensor;
    tensor.name = std::move(name);
    tensor.dtype = dtype;
    tensor.shape = decision.shape;
    tensor.part = kind;
    tensor.rowBytes = rowBytes;
    tensor.bytes = decision.slabs * decision.rows * rowBytes;
    const auto bits = static_cast<std::uint64_t>(dtypeInfo(dtype).bits);
    if (bits != 0 && !tensor.shape.empty() && tensor.bytes != 0)
        tensor.shape.back() = rowBytes * 8 / bits;
    return tensor;
}

std::uint64_t digits(std::uint64_t value) { return std::to_string(value).size(); }

} // namespace

std::string shapeText(const Shape& shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i == 0 ? "" : ",") + std::to_string(shape[i]);
    return text + "]";
}

std::vector<OutputTensor> outputTensors(
    const Decision& decision, const Codec& codec, DType scaleType)
{
    const auto layout = rowLayout(codec, decision.columns, scaleType);
    if (!layout || !checkedMul(decision.slabs, decision.rows))
        return {};
    if (!checkedMul(decision.slabs * decision.rows, layout->total()))
        return {};
    if (codec.family == CodecFamily::stored || dtypeInfo(codec.storedType).isBlock()) {
        OutputTensor whole = part(
            decision, decision.tensorName, codec.storedType, TensorPart::codes, layout->codes);
        whole.shape = decision.shape; // ranks above 3 are rows of several axes
        return {std::move(whole)};
    }
    std::vector<OutputTensor> parts;
    parts.push_back(part(decision, decision.name + ".weight", codec.storedType, TensorPart::codes,
        layout->codes));
    parts.push_back(
        part(decision, decision.name + ".scales", scaleType, TensorPart::scales, layout->scales));
    parts.push_back(
        part(decision, decision.name + ".biases", scaleType, TensorPart::biases, layout->biases));
    return parts;
}

std::string headerEntry(const OutputTensor& tensor, std::uint64_t begin, std::uint64_t end)
{
    return "," + jsonString(tensor.name) + ":{\"dtype\":\""
        + std::string(dtypeInfo(tensor.dtype).name) + "\",\"shape\":" + shapeText(tensor.shape)
        + ",\"data_offsets\":[" + std::to_string(begin) + "," + std::to_string(end) + "]}";
}

std::uint64_t headerEntryBytes(const OutputTensor& tensor, unsigned offsetDigits)
{
    return headerEntry(tensor, 0, 0).size() - 2 * digits(0) + 2 * std::uint64_t {offsetDigits};
}

} // namespace bitloupe
