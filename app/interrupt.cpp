// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interrupt.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace bitloupe {
namespace {

constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};
constexpr char endOfWatch = 'e';

// A handler may touch little more than a descriptor.
volatile std::sig_atomic_t writeEnd = -1;

extern "C" void onSignal(int)
{
    const int saved = errno;
    const char byte = 's';
    [[maybe_unused]] const auto ignored = write(writeEnd, &byte, 1);
    errno = saved;
}

void watch(int readEnd, std::stop_source stop)
{
    char byte = 0;
    for (;;) {
        const auto count = read(readEnd, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count != 1 || byte == endOfWatch)
            return;
        stop.request_stop();
    }
}

// A signal that the parent ignores (nohup) stays ignored.
void setHandler(int signal, void (*handler)(int))
{
    struct sigaction old { };
    if (sigaction(signal, nullptr, &old) != 0 || old.sa_handler == SIG_IGN)
        return;
    struct sigaction action { };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

} // namespace

InterruptGuard::InterruptGuard()
{
    std::array<int, 2> ends {};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return; // signals then end the process the default way
    m_readEnd = ends[0];
    writeEnd = ends[1];
    m_watcher = std::jthread([end = m_readEnd, stop = m_stop] { watch(end, stop); });
    for (const int signal : signals)
        setHandler(signal, onSignal);
}

InterruptGuard::~InterruptGuard()
{
    if (m_readEnd < 0)
        return;
    for (const int signal : signals)
        setHandler(signal, SIG_DFL);
    [[maybe_unused]] const auto ignored = write(writeEnd, &endOfWatch, 1);
    m_watcher.join();
    close(m_readEnd);
    close(writeEnd);
    writeEnd = -1;
}

} // namespace bitloupe
