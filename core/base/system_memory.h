// SPDX-License-Identifier: GPL-3.0-or-later
// How much memory the machine has.
#pragma once

#include <cstdint>

namespace bitloupe {

/// Bytes of physical memory; 0 when the system does not say.
std::uint64_t physicalMemoryBytes();

} // namespace bitloupe
