// SPDX-License-Identifier: GPL-3.0-or-later
// Side files (config.json, shard index) that lie, are damaged, or are merely odd.
#pragma once

#include "base/error.h"

#include <optional>
#include <string>
#include <vector>

namespace bitloupe::test {

struct JsonCase {
    std::string name;
    std::string text;
    std::optional<Errc> expected; // empty: must be accepted
};

/// For any strict JSON document.
std::vector<JsonCase> jsonDocuments();
/// For model.safetensors.index.json.
std::vector<JsonCase> indexDocuments();
/// For config.json.
std::vector<JsonCase> configDocuments();

} // namespace bitloupe::test
