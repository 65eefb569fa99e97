// SPDX-License-Identifier: GPL-3.0-or-later
// Turns SIGINT, SIGTERM and SIGHUP into a stop request for as long as it lives.
#pragma once

#include <stop_token>
#include <thread>

namespace bitloupe {

/// At most one at a time: signal handlers are the process's. Single-thread.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    int m_readEnd = -1;
    std::jthread m_watcher;
};

} // namespace bitloupe
