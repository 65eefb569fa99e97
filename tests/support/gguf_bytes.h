// SPDX-License-Identifier: GPL-3.0-or-later
// Makes GGUF files for tests, right ones and wrong ones. The container knows nothing of our types:
// numbers are those of the format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe::test {

/// Little-endian bytes of a number.
template <typename T> std::string raw(T value)
{
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// u64 length, then the bytes.
std::string ggufText(std::string_view text);

/// The bytes of a pair; `value` is all that follows the type.
std::string ggufPair(std::string_view key, std::uint32_t type, std::string_view value);

/// The value of an array.
std::string ggufArray(std::uint32_t elementType, std::uint64_t count, std::string_view elements);

/// A tensor's entry in the header; sizes as they lie, the row first.
std::string ggufTensor(std::string_view name, const std::vector<std::uint64_t>& sizes,
    std::uint32_t type, std::uint64_t offset);

/// magic, version, counts.
std::string ggufStart(std::uint64_t tensors, std::uint64_t pairs, std::uint32_t version = 3);

/// Collects pairs and tensors and lays them out one after another.
class GgufBuilder {
public:
    void addPair(std::string_view key, std::uint32_t type, std::string_view value);
    void addText(std::string_view key, std::string_view text);
    void addU32(std::string_view key, std::uint32_t value);
    void addF32(std::string_view key, float value);
    void addTexts(std::string_view key, const std::vector<std::string>& texts);
    void add(std::string_view name, const std::vector<std::uint64_t>& sizes, std::uint32_t type,
        std::string_view data);
    /// F32 values 0, 1, 2, ... or given ones.
    void addFloats(std::string_view name, const std::vector<std::uint64_t>& sizes,
        const std::vector<float>& values = {});
    std::string header() const; // without padding
    std::string bytes() const;

    std::uint64_t alignment = 32; // of the layout; add the key for it as well

private:
    std::string m_pairs, m_tensors, m_data;
    std::uint64_t m_pairCount = 0, m_tensorCount = 0;
};

} // namespace bitloupe::test
