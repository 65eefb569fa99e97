// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_input.h"
#include "app/plan_text.h"
#include "report/documents.h"

namespace bitloupe {

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
    return Outcome {options.json ? json : planText(*planned)};
}

} // namespace bitloupe
