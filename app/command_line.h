// SPDX-License-Identifier: GPL-3.0-or-later
// A whole headless run: arguments in, exit code out, results on standard output, messages on
// standard error.
#pragma once

#include "app/exit_code.h"

#include <span>
#include <string_view>

namespace bitloupe {

/// `arguments` as main got them, program name first.
ExitCode runCommandLine(std::span<const char* const> arguments);

/// Writes "bitloupe: SENTENCE" as one line on standard error.
void printMessage(std::string_view sentence);

} // namespace bitloupe
