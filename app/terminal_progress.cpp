// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal_progress.h"

#include "base/text.h"
#include "report/documents.h"

#include <cstdio>

#include <unistd.h>

namespace bitloupe {
namespace {

constexpr double steadyAfterSeconds = 0.5; // rates before that are noise

std::string remainingText(double seconds)
{
    const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
    const std::string tail = numberText(static_cast<double>(whole % 60));
    return numberText(static_cast<double>(whole / 60)) + ":" + (tail.size() < 2 ? "0" : "") + tail;
}

void writeError(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

} // namespace

std::optional<ProgressKind> findProgressKind(std::string_view name, bool quiet)
{
    if (name.empty())
        return !quiet && isatty(STDERR_FILENO) == 1 ? ProgressKind::bar : ProgressKind::none;
    if (name == "none")
        return ProgressKind::none;
    if (name == "bar")
        return ProgressKind::bar;
    if (name == "json")
        return ProgressKind::json;
    return std::nullopt;
}

std::string progressLine(const Progress& progress, double seconds)
{
    std::string line(progress.phase);
    const auto done = static_cast<double>(progress.bytesDone);
    const auto total = static_cast<double>(progress.bytesTotal);
    if (progress.bytesTotal > 0)
        line += "  " + fixedText(100.0 * done / total, 0) + " %";
    if (seconds < steadyAfterSeconds || progress.bytesDone == 0)
        return line;
    line += "  " + sizeText(static_cast<std::uint64_t>(done / seconds)) + "/s";
    if (progress.bytesTotal > progress.bytesDone)
        line += "  " + remainingText((total - done) * seconds / done) + " left";
    return line;
}

TerminalProgress::TerminalProgress(ProgressKind kind)
    : m_kind(kind)
{
}

TerminalProgress::~TerminalProgress() { clearLine(); }

void TerminalProgress::progress(const Progress& progress)
{
    if (m_kind == ProgressKind::none)
        return;
    const std::lock_guard lock(m_mutex);
    if (m_kind == ProgressKind::json) {
        writeError(progressToJson(progress) + "\n");
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (progress.phase != m_phase) {
        m_phase = progress.phase;
        m_phaseStart = now;
    }
    const double seconds = std::chrono::duration<double>(now - m_phaseStart).count();
    writeError("\r\x1b[K" + progressLine(progress, seconds));
    m_shown = true;
}

void TerminalProgress::clearLine()
{
    const std::lock_guard lock(m_mutex);
    if (m_shown)
        writeError("\r\x1b[K");
    m_shown = false;
}

} // namespace bitloupe
