// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/command_line.h"
#include "app/gui.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string_view>

namespace {

using bitloupe::ExitCode;
using namespace std::string_view_literals;

bool isVerb(std::string_view word)
{
    return std::ranges::any_of(
        bitloupe::commands(), [&](const bitloupe::Command& one) { return one.name == word; });
}

bool isScreenshot(std::string_view word)
{
    return word == "--screenshot" || word.starts_with("--screenshot=");
}

// Options that only the window and its picture have; they may come first.
bool isForWindow(std::string_view word)
{
    constexpr auto names = std::to_array<std::string_view>({"--dark", "--size", "--by-damage"});
    return isScreenshot(word) || std::ranges::find(names, word) != names.end();
}

// Single-dash words other than -h are Qt's own (-platform, -style).
bool isForCommandLine(int argc, char** argv)
{
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (isVerb(first) || first == "-h")
        return true;
    return first.starts_with("--") && first != "--" && !isForWindow(first);
}

// A word that is neither a verb nor a path is a slip of the hand, not a model to open.
bool isMistaken(int argc, char** argv)
{
    if (argc < 2 || argv[1][0] == '-' || argv[1][0] == '\0')
        return false;
    std::error_code ignored;
    return !std::filesystem::exists(std::filesystem::symlink_status(argv[1], ignored));
}

#if BITLOUPE_GUI
// Qt ends the process when it finds no display, so that must be known before.
int startWindow(int argc, char** argv)
{
    const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
    const bool display =
        std::ranges::any_of(std::to_array({"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}),
            [](const char* name) { return std::getenv(name) != nullptr; });
    if (!display && std::ranges::any_of(arguments, isScreenshot)) {
        setenv("QT_QPA_PLATFORM", "offscreen", 1);
    } else if (!display && std::ranges::find(arguments, "-platform"sv) == arguments.end()) {
        bitloupe::printMessage("there is no display for a window; see bitloupe --help for what "
                               "works without one");
        return static_cast<int>(ExitCode::failed);
    }
    return bitloupe::runGui(argc, argv);
}
#else
int startWindow(int, char**)
{
    bitloupe::printMessage("this build has no window; see bitloupe --help for what it can do");
    return static_cast<int>(ExitCode::failed);
}
#endif

} // namespace

int main(int argc, char** argv)
{
    // Failed writes are to come back as errors, so that what was begun can be removed.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    if (isForCommandLine(argc, argv))
        return static_cast<int>(bitloupe::runCommandLine({argv, static_cast<std::size_t>(argc)}));
    if (isMistaken(argc, argv)) {
        bitloupe::printMessage(
            bitloupe::printable(argv[1]) + ": neither a command nor a file; see bitloupe --help");
        return static_cast<int>(ExitCode::usage);
    }
    return startWindow(argc, argv);
}
