// SPDX-License-Identifier: GPL-3.0-or-later
// Times that do not depend on who else uses the machine.
#pragma once

#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace bitloupe::test {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool timesCount = false; // sanitizers slow everything down
#else
inline constexpr bool timesCount = true;
#endif

inline double clockMs(clockid_t clock)
{
    timespec now {};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// What this thread has worked so far.
inline double threadCpuMs() { return clockMs(CLOCK_THREAD_CPUTIME_ID); }

/// What all threads of this program have worked so far.
inline double processCpuMs() { return clockMs(CLOCK_PROCESS_CPUTIME_ID); }

/// How long the thread that made it was ready to run while others had the processors; Linux counts
/// it. What a thread waits beyond that, it waits for something.
class QueueTime {
public:
    QueueTime()
        : m_file(open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC))
    {
    }
    ~QueueTime()
    {
        if (m_file >= 0)
            close(m_file);
    }
    QueueTime(const QueueTime&) = delete;
    QueueTime& operator=(const QueueTime&) = delete;

    /// False where the system does not count it; then it is always 0.
    bool known() const { return m_file >= 0; }
    double ms() const
    {
        char text[128] = {};
        unsigned long long worked = 0, queued = 0;
        if (m_file < 0 || pread(m_file, text, sizeof text - 1, 0) <= 0
            || std::sscanf(text, "%llu %llu", &worked, &queued) != 2)
            return 0;
        return double(queued) / 1e6;
    }

private:
    int m_file;
};

} // namespace bitloupe::test
