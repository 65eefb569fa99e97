// SPDX-License-Identifier: GPL-3.0-or-later
// From the options of plan, or a plan file, to a plan with all that it rests on.
#pragma once

#include "app/command.h"
#include "export/export_target.h"
#include "model/model.h"
#include "plan/memory.h"
#include "plan/plan.h"
#include "probe/probe_depth.h"

#include <memory>
#include <optional>

namespace bitloupe {

struct DeviceRequest {
    Device device {}; // with the reserve of the target's client
    std::uint64_t context = 0;
    std::uint64_t sequences = 1;
    KvType kvType = KvType::f16;
};

/// The options of plan, understood: everything that can be said before a model is open.
struct PlanRequest {
    const ExportTarget* target = nullptr;
    std::optional<double> bitsPerWeight;
    std::optional<std::uint64_t> fileBytes;
    std::optional<DeviceRequest> device;
    std::optional<std::uint64_t> expertBytes; // the other budget is then for all but the experts
    PlanOptions options; // budget empty: it may need the model
    bool forViewing = false; // GGUF models that the target does not take are planned all the same
    ProfileOptions profile;
};

/// Errors: badArgument.
Result<PlanRequest> planRequest(const Options& options);

struct PlannedModel {
    std::shared_ptr<const Model> model;
    TargetProfile profile;
    Evidence evidence;
    Plan plan;
    std::optional<DeviceRequest> device;
    ProbeChoice probe; // what the evidence asked for
    std::shared_ptr<const Moments> moments {}; // behind the evidence; null: read from a plan
    std::size_t borrowed = 0; // so many first rules are pins of --like
};

/// Opens, analyses and solves. Errors: of all these steps.
Result<PlannedModel> planModel(
    const PlanRequest& request, const Options& options, const Session& session);

/// Opens the model and reads the plan from the file that --plan names. Options that would make
/// another plan are refused. Errors: badArgument, badJson, badPlan, and those of opening.
Result<PlannedModel> readPlannedModel(const Options& options, const Session& session);

} // namespace bitloupe
