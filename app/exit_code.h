// SPDX-License-Identifier: GPL-3.0-or-later
// The exit codes of every verb, and which failure ends in which.
#pragma once

#include "base/error.h"

namespace bitloupe {

enum class ExitCode : int {
    done = 0,
    failed = 1, // the machine refused: no space, no permission, target exists
    usage = 2,
    badInput = 3, // damaged or unsupported input; nothing was written
    infeasible = 4, // no plan fits the budget
    mismatch = 5, // verification found a difference
    interrupted = 130,
};

ExitCode exitCodeFor(Errc code);

} // namespace bitloupe
