// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the key-values of a GGUF header. Private to the GGUF reader.
#pragma once

#include "model/gguf_cursor.h"

#include <vector>

namespace bitloupe {

/// The next `count` pairs. Errors: badHeader (types, lengths, one key twice), those of the cursor.
Result<std::vector<GgufPair>> readGgufPairs(GgufCursor& cursor, std::uint64_t count);

/// What general.alignment says, or the default. Errors: badHeader unless it is a u32 and a power
/// of two not above maxGgufAlignment.
Result<std::uint64_t> ggufAlignment(const GgufMetadata& metadata);

} // namespace bitloupe
