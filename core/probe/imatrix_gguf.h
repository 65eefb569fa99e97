// SPDX-License-Identifier: GPL-3.0-or-later
// The GGUF form of an importance file. Private to probe.
#pragma once

#include "probe/imatrix.h"

#include <cstddef>
#include <span>

namespace bitloupe {

bool startsAsGguf(std::span<const std::byte> bytes);

/// For each tensor NAME the file has F32 tensors NAME.in_sum2, sums of squares for each matrix and
/// column, and NAME.counts, how many tokens each matrix saw.
/// Errors: badHeader, and as parseGgufHeader.
Result<Imatrix> readGgufImatrix(std::span<const std::byte> bytes);

} // namespace bitloupe
