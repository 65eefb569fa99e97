// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/job.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace bitloupe {
namespace {

constexpr std::int64_t reportIntervalNs = 33'000'000;

std::int64_t nowNs()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

} // namespace

void PauseGate::pause()
{
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void PauseGate::resume()
{
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
    }
    m_changed.notify_all();
}

bool PauseGate::paused() const
{
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

void PauseGate::wait(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return !m_paused; });
}

bool Job::stopRequested() const
{
    if (gate && gate->paused())
        gate->wait(stop);
    return stop.stop_requested();
}

unsigned Job::threadCount() const
{
    if (threads != 0)
        return std::min(threads, 256U);
    return std::clamp(std::thread::hardware_concurrency(), 1U, 256U);
}

ProgressMeter::ProgressMeter(const Job& job, std::string_view phase, std::uint64_t bytesTotal)
    : m_sink(job.sink)
    , m_phase(phase)
    , m_total(bytesTotal)
{
    if (m_sink)
        m_sink->progress({m_phase, 0, m_total});
}

ProgressMeter::~ProgressMeter()
{
    if (m_sink)
        m_sink->progress({m_phase, m_done, m_total});
}

void ProgressMeter::add(std::uint64_t bytes)
{
    if (!m_sink)
        return;
    // The sink is called under the lock so that the numbers it sees never fall.
    const std::lock_guard lock(m_mutex);
    m_done += bytes;
    const std::int64_t now = nowNs();
    if (now - m_lastReportNs < reportIntervalNs)
        return;
    m_lastReportNs = now;
    m_sink->progress({m_phase, m_done, m_total});
}

} // namespace bitloupe
