// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exit_code.h"

namespace bitloupe {

ExitCode exitCodeFor(Errc code)
{
    switch (code) {
    case Errc::ioWrite:
    case Errc::targetExists:
    case Errc::noSpace:
    case Errc::outOfMemory:
        return ExitCode::failed;
    case Errc::badArgument:
        return ExitCode::usage;
    case Errc::infeasibleBudget:
        return ExitCode::infeasible;
    case Errc::verifyMismatch:
        return ExitCode::mismatch;
    case Errc::cancelled:
        return ExitCode::interrupted;
    default:
        return ExitCode::badInput;
    }
}

} // namespace bitloupe
