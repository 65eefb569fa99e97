// SPDX-License-Identifier: GPL-3.0-or-later
// Longest time in which the GUI thread did not answer, and how much of that was its own doing.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

namespace bitloupe::test {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool timesCount = false; // sanitizers slow everything down
#else
inline constexpr bool timesCount = true;
#endif

/// What this thread has worked so far.
inline double threadCpuMs()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Ticks every 10 ms while it lives. A busy machine delays any thread, so a thread that only
/// sleeps is measured beside it: what delays that one too is not the window's fault.
class GapWatch : public QObject {
public:
    GapWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(10);
        connect(&m_timer, &QTimer::timeout, this, &GapWatch::tick);
        m_sleeper = std::jthread([this](const std::stop_token& stop) { sleepAndWatch(stop); });
        restart();
        m_timer.start();
    }

    void restart()
    {
        m_wall.start();
        m_cpu = threadCpuMs();
        m_worstWall = m_worstCpu = 0;
        m_worstSleeper = 0;
    }
    /// Milliseconds between two ticks, by the clock on the wall and of the thread's own work.
    double worstWall() const { return m_worstWall; }
    double worstCpu() const { return m_worstCpu; }
    double machineDelay() const { return m_worstSleeper; }

    QByteArray report() const
    {
        return QStringLiteral("wall %1 ms, own work %2 ms, machine %3 ms")
            .arg(m_worstWall)
            .arg(m_worstCpu)
            .arg(m_worstSleeper)
            .toUtf8();
    }

private:
    void tick()
    {
        m_worstWall = std::max(m_worstWall, double(m_wall.nsecsElapsed()) / 1e6);
        const double cpu = threadCpuMs();
        m_worstCpu = std::max(m_worstCpu, cpu - m_cpu);
        m_wall.restart();
        m_cpu = cpu;
    }

    void sleepAndWatch(const std::stop_token& stop)
    {
        using Clock = std::chrono::steady_clock;
        while (!stop.stop_requested()) {
            const auto before = Clock::now();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            const double slept
                = std::chrono::duration<double, std::milli>(Clock::now() - before).count();
            m_worstSleeper = std::max(m_worstSleeper.load(), slept);
        }
    }

    QTimer m_timer;
    QElapsedTimer m_wall;
    double m_cpu = 0, m_worstWall = 0, m_worstCpu = 0;
    std::atomic<double> m_worstSleeper = 0;
    std::jthread m_sleeper;
};

} // namespace bitloupe::test
