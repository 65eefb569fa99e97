// SPDX-License-Identifier: GPL-3.0-or-later
// Makes safetensors files for tests, right ones and wrong ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe::test {

/// The bytes of a file with this header text, in front of `data`. No padding is added.
std::string safetensorsBytes(std::string_view header, std::string_view data);

/// "\"NAME\":{\"dtype\":...}" for a header.
std::string headerEntry(std::string_view name, std::string_view dtype,
    const std::vector<std::uint64_t>& shape, std::uint64_t begin, std::uint64_t end);

/// Collects tensors and lays them out one after another.
class SafetensorsBuilder {
public:
    void add(std::string_view name, std::string_view dtype,
        const std::vector<std::uint64_t>& shape, std::string_view data);
    /// F32 values 0, 1, 2, ... or given ones.
    void addFloats(std::string_view name, const std::vector<std::uint64_t>& shape,
        const std::vector<float>& values = {});
    std::string header() const { return '{' + m_entries + '}'; }
    std::string bytes() const { return safetensorsBytes(header(), m_data); }

private:
    std::string m_entries;
    std::string m_data;
};

} // namespace bitloupe::test
