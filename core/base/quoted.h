// SPDX-License-Identifier: GPL-3.0-or-later
// Names from files, as sentences cite them.
#pragma once

#include "base/text.h"

namespace bitloupe {

/// The name made safe for one line, between quotes.
inline std::string inQuotes(std::string_view name, std::size_t maxBytes = 200)
{
    return '"' + printable(name, maxBytes) + '"';
}

} // namespace bitloupe
