// SPDX-License-Identifier: GPL-3.0-or-later
// What the plan promised of a decision beside what its encoder did. Private to export.
#pragma once

#include "export/encode_weights.h"
#include "export/export_model.h"

namespace bitloupe {

/// The check of a quantized decision but for what is found in the file. Planned errors are the
/// analysis': they speak of round and search, and of whole sources only; `steered` says that the
/// moments behind the evidence steered the search. `evidence` may be null.
TensorCheck checkAgainstPlan(const Decision& decision, const DecisionEvidence* evidence,
    std::uint16_t choice, const DecisionSums& encoded, bool steered);

/// SHA-256 of the ids as 32-bit little-endian numbers.
std::string selfTextDigest(const SelfText& text);

} // namespace bitloupe
