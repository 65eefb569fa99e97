// SPDX-License-Identifier: GPL-3.0-or-later
// What every long function takes last: how to stop, how to pause, whom to tell, how many threads.
#pragma once

#include "base/result.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string_view>

namespace bitloupe {

/// Where a job stands. Bytes are bytes of the source for reading phases, of the target for
/// writing phases; total 0 means unknown.
struct Progress {
    std::string_view phase; // static text: "reading header", "analysing", "spectrum", "writing", ...
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0;
};

/// Receives progress, from any thread, at most about 30 times a second and at the end of a phase.
class ProgressSink {
public:
    virtual ~ProgressSink() = default;
    virtual void progress(const Progress& progress) = 0;
};

/// Shared with the one who may pause a job. Thread-safe.
class PauseGate {
public:
    void pause();
    void resume();
    bool paused() const;
    /// Blocks while paused and not stopped.
    void wait(const std::stop_token& stop);

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false;
};

/// Plain values, copied freely; the pointees outlive the call.
struct Job {
    std::stop_token stop {};
    ProgressSink* sink = nullptr;
    PauseGate* gate = nullptr;
    unsigned threads = 0; // 0: as many as the machine has

    /// True when the caller should return Errc::cancelled now; waits here while paused.
    bool stopRequested() const;
    unsigned threadCount() const;
    static Error cancelled() { return {Errc::cancelled, {}, {}}; }
};

/// Counts bytes from many threads and throttles what the sink sees. Thread-safe.
class ProgressMeter {
public:
    ProgressMeter(const Job& job, std::string_view phase, std::uint64_t bytesTotal);
    ~ProgressMeter(); // reports the end state
    void add(std::uint64_t bytes);

private:
    ProgressSink* m_sink;
    std::string_view m_phase;
    std::uint64_t m_total;
    std::mutex m_mutex;
    std::uint64_t m_done = 0;
    std::int64_t m_lastReportNs = 0;
};

} // namespace bitloupe
