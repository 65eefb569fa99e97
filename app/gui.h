// SPDX-License-Identifier: GPL-3.0-or-later
// The way into the window. Knows nothing of Qt; defined only in builds that have a window.
#pragma once

namespace bitloupe {

/// Runs the application with the arguments of main; returns the exit code.
int runGui(int argc, char** argv);

} // namespace bitloupe
