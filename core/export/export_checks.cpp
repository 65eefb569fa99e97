// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_checks.h"

#include "base/file_system.h"
#include "model/hub_cache.h"

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

Error badPlan(std::string detail) { return {Errc::badPlan, "plan", std::move(detail)}; }

Result<void> checkPlan(const Model& model, const TargetProfile& profile, const Plan& plan)
{
    if (!plan.targetId.empty() && plan.targetId != profile.targetId)
        return badPlan("found target " + plan.targetId + ", expected " + profile.targetId);
    if (!plan.modelDigest.empty() && plan.modelDigest != model.digest())
        return badPlan("it was made for another model");
    if (plan.choices.size() != profile.decisions.size())
        return badPlan("found " + std::to_string(plan.choices.size()) + " choices, expected "
            + std::to_string(profile.decisions.size()));
    for (std::size_t d = 0; d < plan.choices.size(); ++d)
        if (plan.choices[d].option >= profile.decisions[d].options.size())
            return badPlan("no such option for " + profile.decisions[d].name);
    return {};
}

// The source's folder; of a hub cache entry, all of the entry.
fs::path sourceFolder(const Model& model)
{
    const auto entry = hubEntryOfSnapshot(model.directory);
    return entry ? entry->root : model.directory;
}

} // namespace

Result<void> checkExport(const Model& model, const TargetProfile& profile, const Plan& plan,
    const fs::path& destination)
{
    if (model.quantized)
        return Error {Errc::alreadyQuantized, model.name, model.quantized->text()};
    if (auto done = checkPlan(model, profile, plan); !done)
        return done;
    std::error_code error;
    if (fs::exists(fs::symlink_status(destination, error)))
        return Error {Errc::targetExists, destination.string(), "choose a new name"};
    // A GGUF source is a file among others: what is written beside it touches nothing of it.
    if (model.format != ModelFormat::gguf && isInside(destination, sourceFolder(model)))
        return Error {Errc::targetExists, destination.string(),
            "it lies inside the source's own folder " + sourceFolder(model).string()};
    return {};
}

Result<void> checkBudget(const Plan& plan, std::uint64_t fileBytes, std::uint64_t dataBytes)
{
    if (!plan.options.budget)
        return {};
    const Budget& budget = *plan.options.budget;
    const std::uint64_t bytes = budget.kind == BudgetKind::fileBytes ? fileBytes : dataBytes;
    if (bytes <= budget.bytes)
        return {};
    return Error {Errc::infeasibleBudget, "plan",
        "with what is kept unquantized found " + std::to_string(bytes) + " bytes, expected at most "
            + std::to_string(budget.bytes) + ": plan again"};
}

} // namespace bitloupe
