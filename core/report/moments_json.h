// SPDX-License-Identifier: GPL-3.0-or-later
// The probe's part of an analysis, and self-text, as JSON and back. Private to report.
#pragma once

#include "measure/analysis.h"
#include "model/model.h"
#include "report/json_writer.h"

#include <nlohmann/json_fwd.hpp>

namespace bitloupe {

/// Members "probe" and "self_text" of an analysis; nothing for an analysis without a probe.
void writeProbe(JsonWriter& json, const Model& model, const Analysis& analysis);
/// Fills in moments, self-text and what the probe added to each record. Vectors are base64 of
/// 32-bit little-endian floats. Errors: badPlan for anything of the wrong length or sign.
Result<void> readProbe(const nlohmann::json& root, const Model& model, Analysis& analysis);

/// Members of a self-text document.
void writeSelfTextMembers(JsonWriter& json, const SelfText& text);
Result<SelfText> readSelfTextMembers(const nlohmann::json& object, const Model& model);

} // namespace bitloupe
