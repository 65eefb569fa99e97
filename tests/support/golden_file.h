// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the safetensors files of tests/golden with as little code as will do: they are known to be
// well-formed, and the tests should not trust the reader under test.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

namespace bitloupe::testing {

class GoldenFile {
public:
    explicit GoldenFile(const std::string& path)
    {
        std::ifstream file(path, std::ios::binary);
        m_bytes.assign(std::istreambuf_iterator<char>(file), {});
        std::uint64_t headerSize = 0;
        if (m_bytes.size() < sizeof headerSize)
            return;
        std::memcpy(&headerSize, m_bytes.data(), sizeof headerSize);
        m_dataBegin = sizeof headerSize + headerSize;
        m_header = nlohmann::json::parse(m_bytes.data() + sizeof headerSize,
            m_bytes.data() + m_dataBegin, nullptr, false);
    }

    bool has(const std::string& name) const { return m_header.contains(name); }

    /// Bytes of a tensor; empty when there is none.
    std::span<const std::byte> bytes(const std::string& name) const
    {
        if (!has(name))
            return {};
        const auto& offsets = m_header[name]["data_offsets"];
        const auto begin = offsets[0].get<std::size_t>();
        const auto end = offsets[1].get<std::size_t>();
        return std::as_bytes(std::span(m_bytes)).subspan(m_dataBegin + begin, end - begin);
    }

    std::size_t rows(const std::string& name) const
    {
        return m_header[name]["shape"][0].get<std::size_t>();
    }

private:
    std::vector<char> m_bytes;
    std::size_t m_dataBegin = 0;
    nlohmann::json m_header;
};

} // namespace bitloupe::testing
