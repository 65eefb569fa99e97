// SPDX-License-Identifier: GPL-3.0-or-later
// Safetensors headers that must be refused, each for one reason, and odd ones that must not.
#pragma once

#include "base/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bitloupe::test {

struct HeaderCase {
    std::string name;
    std::string json;
    std::uint64_t dataBytes = 0;
};

struct HostileHeader : HeaderCase {
    Errc expected = Errc::badHeader;
};

std::vector<HostileHeader> hostileHeaders();
std::vector<HeaderCase> oddHeaders();

} // namespace bitloupe::test
