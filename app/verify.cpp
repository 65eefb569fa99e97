// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_input.h"
#include "app/plan_text.h"
#include "app/text_table.h"
#include "base/text.h"
#include "export/export_model.h"
#include "report/documents.h"

namespace bitloupe {
namespace {

std::string worstTensor(const VerifyReport& report)
{
    const TensorCheck* worst = nullptr;
    for (const TensorCheck& check : report.checks)
        if (std::isfinite(check.nrmseFound) && (!worst || check.nrmseFound > worst->nrmseFound))
            worst = &check;
    if (!worst)
        return "unknown";
    return valueText(worst->nrmseFound) + " of the norm of " + printable(worst->name);
}

std::string describe(const VerifyReport& report, bool compared)
{
    std::string text = labelled("tensors",
        groupedText(report.tensors) + ", " + groupedText(report.checks.size())
            + " quantized matrices");
    text += labelled("weight files", bytesText(report.weightFileBytes));
    text += labelled(
        "largest error", compared ? worstTensor(report) : "unknown (no --source to compare with)");
    for (const std::string& problem : report.problems)
        text += labelled("problem", printable(problem, 500));
    return text + labelled("verified", report.problems.empty() ? "yes" : "no");
}

} // namespace

Result<Outcome> runVerify(const Options& options, const Session& session)
{
    std::shared_ptr<const Model> source;
    if (!options.source.empty()) {
        auto opened = openNamedModel(options.source, session);
        if (!opened)
            return opened.error();
        source = *std::move(opened);
    }
    const auto report = verifyExport(options.model, source, session.job);
    if (!report)
        return report.error();
    const ExitCode code = report->problems.empty() ? ExitCode::done : ExitCode::mismatch;
    if (code != ExitCode::done)
        session.note(std::string(errcSentence(Errc::verifyMismatch)) + ": "
            + printable(report->problems.front(), 500)
            + (report->problems.size() > 1
                    ? " (and " + groupedText(report->problems.size() - 1) + " more)"
                    : ""));
    return Outcome {
        options.json ? verifyReportToJson(*report) : describe(*report, source != nullptr), code};
}

} // namespace bitloupe
