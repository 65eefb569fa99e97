// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mapping_guard.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <mutex>

#include <sys/mman.h>
#include <unistd.h>

namespace bitloupe {
namespace {

struct Slot {
    std::atomic<std::uintptr_t> begin = 0;
    std::atomic<std::uintptr_t> end = 0;
    std::atomic<bool> taken = false;
};

// The one mutable global of core: a signal handler can be told of ranges in no other way.
std::array<Slot, 512> slots;
std::uintptr_t pageSize = 4096;
struct sigaction previousAction;

bool isGuarded(std::uintptr_t address)
{
    for (const Slot& slot : slots) {
        const std::uintptr_t begin = slot.begin.load(std::memory_order_acquire);
        if (begin != 0 && address >= begin && address < slot.end.load(std::memory_order_acquire))
            return true;
    }
    return false;
}

// Async-signal-safe: atomics and mmap alone.
void onBusError(int, siginfo_t* info, void*)
{
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    if (isGuarded(address)) {
        void* page = reinterpret_cast<void*>(address & ~(pageSize - 1));
        if (mmap(page, pageSize, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0)
            != MAP_FAILED)
            return;
    }
    // Not ours: put back what was there and let the instruction fault again.
    sigaction(SIGBUS, &previousAction, nullptr);
}

void installHandler()
{
    static std::once_flag once;
    std::call_once(once, [] {
        pageSize = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
        struct sigaction action = {};
        action.sa_sigaction = onBusError;
        action.sa_flags = SA_SIGINFO;
        sigemptyset(&action.sa_mask);
        sigaction(SIGBUS, &action, &previousAction);
    });
}

} // namespace

int guardMapping(void* base, std::size_t size)
{
    installHandler();
    for (std::size_t i = 0; i < slots.size(); ++i) {
        bool free = false;
        if (!slots[i].taken.compare_exchange_strong(free, true))
            continue;
        const auto begin = reinterpret_cast<std::uintptr_t>(base);
        slots[i].end.store(begin + size, std::memory_order_release);
        slots[i].begin.store(begin, std::memory_order_release);
        return static_cast<int>(i);
    }
    return -1;
}

void unguardMapping(int slot)
{
    Slot& entry = slots[static_cast<std::size_t>(slot)];
    entry.begin.store(0, std::memory_order_release);
    entry.end.store(0, std::memory_order_release);
    entry.taken.store(false, std::memory_order_release);
}

} // namespace bitloupe
