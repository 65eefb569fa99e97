// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_input.h"
#include "app/plan_text.h"
#include "base/output_directory.h"
#include "export/recipe_text.h"
#include "report/documents.h"

namespace bitloupe {
namespace {

// The plan in the words of other quantizers.
Result<void> writeRecipes(const Options& options, const PlannedModel& planned)
{
    const bool asked = !options.tensorTypes.empty() || !options.customQ.empty();
    if (asked && planned.profile.targetId != "gguf")
        return Error {Errc::badArgument, "--tensor-types, --custom-q",
            "have a meaning with --target gguf only"};
    if (!options.tensorTypes.empty())
        if (auto written = writeFileAtomically(options.tensorTypes,
                llamaTensorTypes(planned.profile, planned.plan), false);
            !written)
            return written;
    if (options.customQ.empty())
        return {};
    return writeFileAtomically(
        options.customQ, customQuantRules(planned.profile, planned.plan), false);
}

} // namespace

Result<Outcome> runPlan(const Options& options, const Session& session)
{
    auto request = planRequest(options);
    if (!request)
        return request.error();
    request->forViewing = true;
    const auto planned = planModel(*request, options, session);
    if (!planned)
        return planned.error();
    const std::string json =
        planToJson(*planned->model, planned->profile, planned->evidence, planned->plan);
    if (!options.output.empty())
        if (auto written = writeResult(options.output, json, "bitloupe-plan/"); !written)
            return written.error();
    if (auto written = writeRecipes(options, *planned); !written)
        return written.error();
    return Outcome {options.json ? json : planText(*planned)};
}

} // namespace bitloupe
