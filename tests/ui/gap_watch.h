// SPDX-License-Identifier: GPL-3.0-or-later
// Longest time in which the GUI thread did not answer, and how much of that was its own doing.
#pragma once

#include "support/cpu_time.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace bitloupe::test {

/// Ticks every 10 ms while it lives; of the thread that makes it. A busy machine delays any thread.
/// What the system counts as waiting for a processor is taken off; of what it does not count, such
/// as a processor that a virtual machine has not got, a thread that only sleeps tells how much.
class GapWatch : public QObject {
public:
    GapWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(tickMs);
        connect(&m_timer, &QTimer::timeout, this, &GapWatch::tick);
        m_sleeper = std::jthread([this](const std::stop_token& stop) { sleepAndWatch(stop); });
        restart();
        m_timer.start();
    }

    void restart()
    {
        m_wall.start();
        m_cpu = threadCpuMs();
        m_queued = m_queue.ms();
        m_worstWall = m_worstCpu = m_worstGap = 0;
        m_worstSleeper = 0;
    }
    /// Milliseconds between two ticks, by the clock on the wall and of the thread's own work.
    double worstWall() const { return m_worstWall; }
    double worstCpu() const { return m_worstCpu; }
    /// Work and waiting for anything but a processor.
    double worstGap() const { return m_worstGap; }
    /// What delayed even a thread that does nothing.
    double machineDelay() const { return m_worstSleeper; }

    /// No gap of 50 ms or more that is the window's own; always true where times do not count. Two
    /// ticks are 10 ms apart even when nothing holds them up.
    bool alwaysAnswered() const
    {
        constexpr double longest = 50;
        return !timesCount
            || (m_worstCpu < longest && m_worstGap - tickMs < longest + m_worstSleeper);
    }

    QByteArray report() const
    {
        return QStringLiteral("wall %1 ms, own work %2 ms, gap %3 ms, machine %4 ms")
            .arg(m_worstWall)
            .arg(m_worstCpu)
            .arg(m_worstGap)
            .arg(m_worstSleeper)
            .toUtf8();
    }

private:
    static constexpr int tickMs = 10;

    void tick()
    {
        const double wall = double(m_wall.nsecsElapsed()) / 1e6, cpu = threadCpuMs(),
                     queued = m_queue.ms();
        m_worstWall = std::max(m_worstWall, wall);
        m_worstCpu = std::max(m_worstCpu, cpu - m_cpu);
        if (m_queue.known())
            m_worstGap = std::max(m_worstGap, wall - (queued - m_queued));
        m_wall.restart();
        m_cpu = cpu;
        m_queued = queued;
    }

    void sleepAndWatch(const std::stop_token& stop)
    {
        using Clock = std::chrono::steady_clock;
        const QueueTime queue;
        while (!stop.stop_requested()) {
            const auto before = Clock::now();
            const double queued = queue.ms();
            std::this_thread::sleep_for(std::chrono::milliseconds(tickMs));
            const double slept
                = std::chrono::duration<double, std::milli>(Clock::now() - before).count();
            const double late = slept - tickMs - (queue.ms() - queued);
            m_worstSleeper = std::max(m_worstSleeper.load(), late);
        }
    }

    QTimer m_timer;
    QElapsedTimer m_wall;
    const QueueTime m_queue;
    double m_cpu = 0, m_queued = 0, m_worstWall = 0, m_worstCpu = 0, m_worstGap = 0;
    std::atomic<double> m_worstSleeper = 0;
    std::jthread m_sleeper;
};

} // namespace bitloupe::test
