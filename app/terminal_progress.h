// SPDX-License-Identifier: GPL-3.0-or-later
// Progress of a job on standard error: a line that rewrites itself, JSON lines, or nothing.
#pragma once

#include "job/job.h"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace bitloupe {

enum class ProgressKind { none, bar, json };

/// The kind that `name` means; empty text: a bar on a terminal unless `quiet`. Empty for
/// anything else.
std::optional<ProgressKind> findProgressKind(std::string_view name, bool quiet);

/// "analysing  41 %  1.9 GB/s  0:23 left"; figures that are unknown are left out.
std::string progressLine(const Progress& progress, double seconds);

/// Thread-safe.
class TerminalProgress : public ProgressSink {
public:
    explicit TerminalProgress(ProgressKind kind);
    ~TerminalProgress() override;
    void progress(const Progress& progress) override;

    /// Takes the bar off the line, so that a message can stand there.
    void clearLine();

private:
    ProgressKind m_kind;
    std::mutex m_mutex;
    std::string_view m_phase;
    std::chrono::steady_clock::time_point m_phaseStart;
    bool m_shown = false;
};

} // namespace bitloupe
