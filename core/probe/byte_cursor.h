// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and texts of a small file in memory, one after another. Private to probe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bitloupe {

/// Takes numbers and texts from untrusted bytes, in order; empty or false at the end.
class ByteCursor {
public:
    explicit ByteCursor(std::span<const std::byte> bytes)
        : m_bytes(bytes)
    {
    }
    std::uint64_t left() const { return m_bytes.size() - m_at; }

    template <typename T> std::optional<T> take()
    {
        T value;
        if (left() < sizeof(T))
            return std::nullopt;
        std::memcpy(&value, m_bytes.data() + m_at, sizeof(T));
        m_at += sizeof(T);
        return value;
    }
    std::optional<std::string_view> text(std::uint64_t length);
    bool floats(std::uint64_t count, std::vector<float>& out);

private:
    std::span<const std::byte> m_bytes;
    std::uint64_t m_at = 0;
};

} // namespace bitloupe
