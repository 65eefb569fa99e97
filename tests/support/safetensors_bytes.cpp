// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/safetensors_bytes.h"

#include <cstring>

namespace bitloupe::test {

std::string safetensorsBytes(std::string_view header, std::string_view data)
{
    const std::uint64_t size = header.size();
    std::string bytes(sizeof size, '\0');
    std::memcpy(bytes.data(), &size, sizeof size);
    bytes += header;
    bytes += data;
    return bytes;
}

std::string headerEntry(std::string_view name, std::string_view dtype,
    const std::vector<std::uint64_t>& shape, std::uint64_t begin, std::uint64_t end)
{
    std::string sizes;
    for (const std::uint64_t size : shape)
        sizes += (sizes.empty() ? "" : ",") + std::to_string(size);
    return '"' + std::string(name) + "\":{\"dtype\":\"" + std::string(dtype) + "\",\"shape\":["
        + sizes + "],\"data_offsets\":[" + std::to_string(begin) + ',' + std::to_string(end)
        + "]}";
}

void SafetensorsBuilder::add(std::string_view name, std::string_view dtype,
    const std::vector<std::uint64_t>& shape, std::string_view data)
{
    m_entries += (m_entries.empty() ? "" : ",")
        + headerEntry(name, dtype, shape, m_data.size(), m_data.size() + data.size());
    m_data += data;
}

void SafetensorsBuilder::addFloats(std::string_view name,
    const std::vector<std::uint64_t>& shape, const std::vector<float>& values)
{
    std::uint64_t count = 1;
    for (const std::uint64_t size : shape)
        count *= size;
    std::vector<float> floats = values;
    for (std::uint64_t i = floats.size(); i < count; ++i)
        floats.push_back(static_cast<float>(i));
    add(name, "F32", shape, {reinterpret_cast<const char*>(floats.data()), count * sizeof(float)});
}

} // namespace bitloupe::test
