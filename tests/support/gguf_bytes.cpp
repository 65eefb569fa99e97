// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/gguf_bytes.h"

namespace bitloupe::test {

std::string ggufText(std::string_view text)
{
    return raw<std::uint64_t>(text.size()) + std::string(text);
}

std::string ggufPair(std::string_view key, std::uint32_t type, std::string_view value)
{
    return ggufText(key) + raw(type) + std::string(value);
}

std::string ggufArray(std::uint32_t elementType, std::uint64_t count, std::string_view elements)
{
    return raw(elementType) + raw(count) + std::string(elements);
}

std::string ggufTensor(std::string_view name, const std::vector<std::uint64_t>& sizes,
    std::uint32_t type, std::uint64_t offset)
{
    std::string bytes = ggufText(name) + raw(static_cast<std::uint32_t>(sizes.size()));
    for (const std::uint64_t size : sizes)
        bytes += raw(size);
    return bytes + raw(type) + raw(offset);
}

std::string ggufStart(std::uint64_t tensors, std::uint64_t pairs, std::uint32_t version)
{
    return "GGUF" + raw(version) + raw(tensors) + raw(pairs);
}

void GgufBuilder::addPair(std::string_view key, std::uint32_t type, std::string_view value)
{
    m_pairs += ggufPair(key, type, value);
    ++m_pairCount;
}

void GgufBuilder::addText(std::string_view key, std::string_view text)
{
    addPair(key, 8, ggufText(text));
}

void GgufBuilder::addU32(std::string_view key, std::uint32_t value) { addPair(key, 4, raw(value)); }

void GgufBuilder::addF32(std::string_view key, float value) { addPair(key, 6, raw(value)); }

void GgufBuilder::addTexts(std::string_view key, const std::vector<std::string>& texts)
{
    std::string elements;
    for (const std::string& text : texts)
        elements += ggufText(text);
    addPair(key, 9, ggufArray(8, texts.size(), elements));
}

void GgufBuilder::add(std::string_view name, const std::vector<std::uint64_t>& sizes,
    std::uint32_t type, std::string_view data)
{
    m_tensors += ggufTensor(name, sizes, type, m_data.size());
    m_data += data;
    m_data.resize((m_data.size() + alignment - 1) / alignment * alignment);
    ++m_tensorCount;
}

void GgufBuilder::addFloats(std::string_view name, const std::vector<std::uint64_t>& sizes,
    const std::vector<float>& values)
{
    std::uint64_t count = 1;
    for (const std::uint64_t size : sizes)
        count *= size;
    std::vector<float> floats = values;
    for (std::uint64_t i = floats.size(); i < count; ++i)
        floats.push_back(static_cast<float>(i));
    add(name, sizes, 0, {reinterpret_cast<const char*>(floats.data()), count * sizeof(float)});
}

std::string GgufBuilder::header() const
{
    return ggufStart(m_tensorCount, m_pairCount) + m_pairs + m_tensors;
}

std::string GgufBuilder::bytes() const
{
    std::string bytes = header();
    bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
    return bytes + m_data;
}

} // namespace bitloupe::test
