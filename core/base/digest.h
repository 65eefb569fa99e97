// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 for manifests and cache keys.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace bitloupe {

/// Incremental SHA-256 (OpenSSL). Single-thread.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);
    /// 64 lower-case hex digits; the object is used up.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::string sha256Hex(std::string_view text);

} // namespace bitloupe
