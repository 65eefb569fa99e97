// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a mapped file that shrinks underneath from killing the program: a fault inside a guarded
// range gets a page of zeros in place of SIGBUS; the reader finds out by comparing identities.
#pragma once

#include <cstddef>

namespace bitloupe {

/// Guards [base, base + size); the slot to release, or -1 when all are taken (do not map then).
/// Thread-safe. The first call installs the signal handler; faults elsewhere keep their meaning.
int guardMapping(void* base, std::size_t size);
void unguardMapping(int slot);

} // namespace bitloupe
