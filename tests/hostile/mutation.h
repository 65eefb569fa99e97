// SPDX-License-Identifier: GPL-3.0-or-later
// Seeded damage to files: the same seed makes the same damage everywhere.
#pragma once

#include <cstdint>
#include <string>

namespace bitloupe::test {

/// One to four random edits: a byte changed or removed, a stretch copied elsewhere.
std::string mutated(std::string text, std::uint64_t seed);

} // namespace bitloupe::test
