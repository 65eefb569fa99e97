// SPDX-License-Identifier: GPL-3.0-or-later
// Shards stay open while their model lives, because windows are mapped from them; models of more
// than a thousand shards exist.
#pragma once

#include "base/result.h"

#include <cstddef>

namespace bitloupe {

/// Makes sure that `count` more files can be open, raising the process's soft limit when needed.
/// Errors: ioRead when the system's hard limit is too low.
Result<void> reserveDescriptors(std::size_t count);

} // namespace bitloupe
