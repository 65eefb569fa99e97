// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/safetensors_entry.h"

#include "base/text.h"
#include "model/json_scanner.h"
#include "model/safetensors_header.h"

#include <array>
#include <optional>

namespace bitloupe {
namespace {

/// What the value that comes next belongs to.
enum class Field { none, entry, metadata, metadataValue, dtype, shape, offsets, unknown };

class EntryReader : public JsonHandler {
public:
    Result<void> on(JsonEvent event, std::string_view text) override
    {
        switch (event) {
        case JsonEvent::key:
            return key(text);
        case JsonEvent::beginObject:
        case JsonEvent::beginArray:
            return begin(event);
        case JsonEvent::endObject:
        case JsonEvent::endArray:
            return end();
        default:
            return scalar(event, text);
        }
    }

    SafetensorsEntries entries;

private:
    Result<void> key(std::string_view text);
    Result<void> begin(JsonEvent event);
    Result<void> end();
    Result<void> scalar(JsonEvent event, std::string_view text);
    Result<void> number(std::string_view text);
    Result<void> finishTensor();
    void dtype(std::string_view text);
    Error wrong(Errc code, std::string detail) const { return {code, m_tensor.name, detail}; }

    int m_depth = 0; // containers open: 1 in the root, 2 in an entry, 3 in a list
    Field m_field = Field::none;
    bool m_metadata = false; // the entry that is open is __metadata__
    TensorInfo m_tensor;
    bool m_hasDtype = false, m_hasShape = false, m_hasOffsets = false;
    std::array<std::uint64_t, 2> m_offsets {};
    std::size_t m_offsetCount = 0;
};

Result<void> EntryReader::key(std::string_view text)
{
    if (m_depth == 1) {
        m_metadata = text == "__metadata__";
        m_field = m_metadata ? Field::metadata : Field::entry;
        m_tensor = {};
        m_tensor.name = text;
        m_hasDtype = m_hasShape = m_hasOffsets = false;
        m_offsetCount = 0;
    } else if (m_depth == 2 && m_metadata) {
        m_field = Field::metadataValue;
    } else if (m_depth == 2) {
        m_field = text == "dtype"       ? Field::dtype
            : text == "shape"           ? Field::shape
            : text == "data_offsets"    ? Field::offsets
                                        : Field::unknown;
    }
    return {};
}

Result<void> EntryReader::begin(JsonEvent event)
{
    const bool object = event == JsonEvent::beginObject;
    ++m_depth;
    if (m_depth == 1)
        return object ? Result<void>() : Error {Errc::badHeader, {}, "expected a JSON object"};
    if (m_field == Field::unknown)
        return {};
    if (m_depth == 2 && object)
        return {};
    if (m_depth == 3 && !object && m_field == Field::shape) {
        m_hasShape = true;
        return {};
    }
    if (m_depth == 3 && !object && m_field == Field::offsets) {
        m_hasOffsets = true;
        return {};
    }
    const Errc code = m_field == Field::shape ? Errc::badShape
        : m_field == Field::offsets           ? Errc::badOffset
                                              : Errc::badHeader;
    return wrong(code, object ? "found an object out of place" : "found a list out of place");
}

Result<void> EntryReader::end()
{
    --m_depth;
    return m_depth == 1 && !m_metadata ? finishTensor() : Result<void>();
}

Result<void> EntryReader::scalar(JsonEvent event, std::string_view text)
{
    switch (m_field) {
    case Field::unknown:
        return {};
    case Field::metadata:
        if (event == JsonEvent::null)
            return {};
        return wrong(Errc::badHeader, "expected an object or null");
    case Field::metadataValue:
        if (event == JsonEvent::string)
            return {};
        return wrong(Errc::badHeader, "the values must be strings");
    case Field::dtype:
        if (event != JsonEvent::string)
            return wrong(Errc::badHeader, "the dtype must be a string");
        dtype(text);
        return {};
    case Field::shape:
    case Field::offsets:
        if (event == JsonEvent::number && m_depth == 3)
            return number(text);
        return wrong(m_field == Field::shape ? Errc::badShape : Errc::badOffset,
            "expected a list of non-negative integers");
    default:
        return wrong(Errc::badHeader, "expected a JSON object");
    }
}

Result<void> EntryReader::number(std::string_view text)
{
    const Errc code = m_field == Field::shape ? Errc::badShape : Errc::badOffset;
    if (!isJsonInteger(text) || text.front() == '-')
        return wrong(code, "found " + printable(text, 40) + ", expected a non-negative integer");
    const auto value = parseUnsigned(text);
    if (!value)
        return wrong(Errc::numberOverflow, printable(text, 40) + " does not fit 64 bits");
    if (m_field == Field::shape) {
        if (m_tensor.shape.size() == maxRank)
            return wrong(code, "more than " + std::to_string(maxRank) + " dimensions");
        m_tensor.shape.push_back(*value);
        return {};
    }
    if (m_offsetCount == m_offsets.size())
        return wrong(code, "more than two data_offsets");
    m_offsets[m_offsetCount++] = *value;
    return {};
}

void EntryReader::dtype(std::string_view text)
{
    m_hasDtype = true;
    const auto known = findDType(text);
    if (known && !dtypeInfo(*known).isBlock())
        m_tensor.dtype = *known;
    else
        entries.unknownDtypes.push_back({m_tensor.name, std::string(text)});
}

Result<void> EntryReader::finishTensor()
{
    if (!m_hasDtype || !m_hasShape || !m_hasOffsets)
        return wrong(Errc::badHeader,
            !m_hasDtype         ? "the dtype is missing"
                : !m_hasShape   ? "the shape is missing"
                                : "the data_offsets are missing");
    if (m_offsetCount != 2)
        return wrong(Errc::badOffset,
            "found " + std::to_string(m_offsetCount) + " data_offsets, expected 2");
    if (m_offsets[1] < m_offsets[0])
        return wrong(Errc::badOffset,
            "ends at " + std::to_string(m_offsets[1]) + " before it begins at "
                + std::to_string(m_offsets[0]));
    m_tensor.byteOffset = m_offsets[0];
    m_tensor.byteSize = m_offsets[1] - m_offsets[0];
    entries.tensors.push_back(std::move(m_tensor));
    return {};
}

} // namespace

Result<SafetensorsEntries> readSafetensorsEntries(std::string_view json)
{
    JsonLimits limits;
    limits.maxBytes = maxSafetensorsHeader;
    limits.maxValues = 30'000'000;
    limits.malformed = Errc::badHeader;
    limits.duplicateRootKey = Errc::duplicateName;
    EntryReader reader;
    if (auto scanned = scanJson(json, limits, reader); !scanned)
        return scanned.error();
    return std::move(reader.entries);
}

} // namespace bitloupe
