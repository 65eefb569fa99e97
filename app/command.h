// SPDX-License-Identifier: GPL-3.0-or-later
// What a verb of the command line is: a row of a table and a function from options to text.
#pragma once

#include "app/exit_code.h"
#include "app/options.h"
#include "base/result.h"
#include "job/job.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace bitloupe {

/// What a verb prints on standard output, in one piece and at its end.
struct Outcome {
    std::string text;
    ExitCode code = ExitCode::done;
};

/// What a verb runs in: a job that a signal stops, and a voice for messages.
struct Session {
    Job job;
    std::function<void(const std::string& sentence)> note; // one line on standard error
};

struct Command {
    std::string_view name;
    std::string_view argument; // name of the positional argument; empty: none
    std::string_view summary;
    unsigned groups; // of OptionGroup
    Result<Outcome> (*run)(const Options& options, const Session& session);
};

/// All verbs, in the order of the help text.
std::span<const Command> commands();

Result<Outcome> runInspect(const Options& options, const Session& session);
Result<Outcome> runAnalyze(const Options& options, const Session& session);
Result<Outcome> runPlan(const Options& options, const Session& session);
Result<Outcome> runExport(const Options& options, const Session& session);
Result<Outcome> runVerify(const Options& options, const Session& session);
Result<Outcome> runPresets(const Options& options, const Session& session);

} // namespace bitloupe
