// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "app/command.h"
#include "app/interrupt.h"
#include "app/terminal_progress.h"
#include "base/text.h"
#include "report/documents.h"

#include <cstdio>
#include <new>
#include <utility>

namespace bitloupe {
namespace {

constexpr std::uint64_t mostThreads = 256;

// A result that did not arrive whole is a failure, whatever the verb thought of it.
bool printResult(std::string text)
{
    if (!text.empty() && text.back() != '\n')
        text += '\n';
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size()
        && std::fflush(stdout) == 0;
}

ExitCode finish(std::string text, ExitCode code)
{
    if (printResult(std::move(text)))
        return code;
    printMessage("standard output: cannot write");
    return ExitCode::failed;
}

ExitCode reportError(const Error& error, bool json)
{
    printMessage(error.message());
    const ExitCode code = exitCodeFor(error.code);
    return json ? finish(errorToJson(error), code) : code;
}

// Usage errors come before the options are understood.
bool asksForJson(std::span<const char* const> arguments)
{
    for (const std::string_view argument : arguments.subspan(1)) {
        if (argument == "--")
            return false;
        if (argument == "--json")
            return true;
    }
    return false;
}

Result<unsigned> threadCount(const std::string& text)
{
    if (text.empty())
        return 0U;
    const auto count = parseUnsigned(text);
    if (!count || *count == 0 || *count > mostThreads)
        return Error {
            Errc::badArgument, "--threads", "found " + text + ", expected a number from 1 to 256"};
    return static_cast<unsigned>(*count);
}

// Exceptions end here: core has none of its own, libraries and the allocator do.
Result<Outcome> runGuarded(const Invocation& invocation, const Session& session)
{
    try {
        return invocation.command->run(invocation.options, session);
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, {}};
    } catch (const std::exception& unexpected) {
        return Error {Errc::unsupported, "internal", unexpected.what()};
    }
}

ExitCode runVerb(const Invocation& invocation)
{
    const Options& options = invocation.options;
    const auto threads = threadCount(options.threads);
    if (!threads)
        return reportError(threads.error(), options.json);
    const auto kind = findProgressKind(options.progress, options.quiet);
    if (!kind)
        return reportError({Errc::badArgument, "--progress",
                               "found " + options.progress + ", expected json, bar or none"},
            options.json);
    const InterruptGuard interrupt;
    TerminalProgress progress(*kind);
    Session session;
    session.job.stop = interrupt.token();
    session.job.sink = &progress;
    session.job.threads = *threads;
    session.note = [&](const std::string& sentence) {
        progress.clearLine();
        if (!options.quiet)
            printMessage(sentence);
    };
    auto outcome = runGuarded(invocation, session);
    progress.clearLine();
    if (!outcome)
        return reportError(outcome.error(), options.json);
    return finish(std::move(outcome->text), outcome->code);
}

} // namespace

void printMessage(std::string_view sentence)
{
    const std::string line = "bitloupe: " + std::string(sentence) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

ExitCode runCommandLine(std::span<const char* const> arguments)
{
    const auto parsed = parseCommandLine(arguments, commands());
    if (const auto* invocation = std::get_if<Invocation>(&parsed))
        return runVerb(*invocation);
    const EarlyEnd& end = *std::get_if<EarlyEnd>(&parsed);
    if (end.code == ExitCode::done)
        return finish(end.text, end.code);
    const Error error {Errc::badArgument, "usage", end.text};
    printMessage(end.text + "; see bitloupe --help");
    return asksForJson(arguments) ? finish(errorToJson(error), end.code) : end.code;
}

} // namespace bitloupe
