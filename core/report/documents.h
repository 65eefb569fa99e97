// SPDX-License-Identifier: GPL-3.0-or-later
// Analysis, plan and verb results as JSON text, and back. Strict JSON (NaN is null), keys in a
// fixed order, shortest numbers, no clock, host, path or thread count.
#pragma once

#include "export/export_model.h"
#include "measure/analysis.h"
#include "model/model.h"
#include "plan/memory.h"
#include "plan/plan.h"
#include "plan/solve.h"

#include <optional>
#include <string>
#include <string_view>

namespace bitloupe {

/// Schema "bitloupe-analysis/1". Tensors by name.
std::string analysisToJson(const Model& model, const Analysis& analysis);
/// Errors: badJson, badPlan when the digest is another model's.
Result<Analysis> analysisFromJson(const Model& model, std::string_view text);

/// Schema "bitloupe-self-text/1": the ids and what they were made with.
std::string selfTextToJson(const Model& model, const SelfText& text);
/// Errors: badJson, badPlan.
Result<SelfText> selfTextFromJson(const Model& model, std::string_view text);

/// Schema "bitloupe-plan/1": options, choices by decision name and codec, the frontier under the
/// same rules, and the evidence.
std::string planToJson(
    const Model& model, const TargetProfile& profile, const Evidence& evidence, const Plan& plan);
struct ReadPlan {
    Plan plan;
    Evidence evidence;
};
/// Errors: badJson; badPlan when model, target, a decision name or a codec do not fit.
Result<ReadPlan> planFromJson(
    const Model& model, const TargetProfile& profile, std::string_view text);
/// What a plan file was made for, before a profile exists.
struct PlanTarget {
    std::string id;
    std::optional<DType> floatType; // of kept floats; empty: an old file, which does not say
    std::uint64_t splitBytes = 0; // of data in one file; 0: no limit
};
/// Errors: badJson, badPlan.
Result<PlanTarget> planTarget(std::string_view text);

/// In which form the weights are quantized, in words; empty when they are floats.
std::string quantizationText(const Model& model);
std::string inspectionToJson(const Model& model);
std::string exportReportToJson(const ExportReport& report);
std::string verifyReportToJson(const VerifyReport& report);
std::string errorToJson(const Error& error);
std::string presetsToJson();

/// One line: phase, bytes done, bytes in all (null when unknown).
std::string progressToJson(const Progress& progress);

} // namespace bitloupe
