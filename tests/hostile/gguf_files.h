// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF files that must be refused, each for one reason, and odd ones that must not.
#pragma once

#include "base/error.h"

#include <string>
#include <vector>

namespace bitloupe::test {

struct GgufCase {
    std::string name;
    std::string bytes;
};

struct HostileGguf : GgufCase {
    Errc expected = Errc::badHeader;
    std::string words; // that the message holds
};

std::vector<HostileGguf> hostileGgufs();
std::vector<GgufCase> oddGgufs();

} // namespace bitloupe::test
