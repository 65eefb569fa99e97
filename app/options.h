// SPDX-License-Identifier: GPL-3.0-or-later
// What a command line said, as text: meaning is given to it by the verb that uses it.
#pragma once

#include "app/exit_code.h"

#include <span>
#include <string>
#include <variant>
#include <vector>

namespace bitloupe {

struct Command;

struct Options {
    // all verbs
    bool json = false;
    bool quiet = false;
    std::string threads;
    std::string progress;
    // by verb
    std::string model; // bytes of a path; the exported directory for verify
    std::string output;
    std::string source;
    bool noCache = false;
    std::string probe;
    std::string imatrix;
    std::string saveImatrix;
    // plan, and export without a plan file
    std::string target;
    std::string targetBpw;
    std::string targetSize;
    std::string device;
    std::string context;
    std::string kvType;
    std::string sequences;
    std::string expertsSize;
    std::string strategy;
    std::string like;
    std::vector<std::string> sets;
    std::vector<std::string> floors;
    bool force = false;
    std::string floatType;
    std::string splitSize;
    bool allowRequantize = false;
    std::string tensorTypes;
    std::string customQ;
    // export
    std::string plan;
    std::string encoder;
    bool keepBadTensors = false;
    bool dryRun = false;
};

/// Which options a verb takes; all take the common ones.
enum OptionGroup : unsigned {
    noOptions = 0,
    analysisOptions = 1U << 0,
    outputFileOption = 1U << 1,
    outputDirectoryOption = 1U << 2,
    planOptions = 1U << 3,
    exportOptions = 1U << 4,
    sourceOption = 1U << 5,
    saveImatrixOption = 1U << 6,
    recipeOptions = 1U << 7,
};

/// A command line that asks for a verb.
struct Invocation {
    const Command* command = nullptr;
    Options options;
};

/// A command line that is answered at once: help, version, usage error.
struct EarlyEnd {
    ExitCode code = ExitCode::done;
    std::string text; // one line when it is an error
};

std::variant<Invocation, EarlyEnd> parseCommandLine(
    std::span<const char* const> arguments, std::span<const Command> commands);

} // namespace bitloupe
