// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <vector>

namespace bitloupe {
namespace {

// Keeps the failure with the smallest index, so that the reported one depends on timing as
// little as possible.
class FirstError {
public:
    void set(std::size_t index, Error error)
    {
        const std::lock_guard lock(m_mutex);
        m_failed.store(true, std::memory_order_relaxed);
        if (!m_error || index < m_index) {
            m_index = index;
            m_error = std::move(error);
        }
    }
    bool failed() const { return m_failed.load(std::memory_order_relaxed); }
    const std::optional<Error>& error() const { return m_error; }

private:
    std::mutex m_mutex;
    std::atomic<bool> m_failed = false;
    std::size_t m_index = 0;
    std::optional<Error> m_error;
};

Result<void> runOne(const std::function<Result<void>(std::size_t)>& work, std::size_t index)
{
    // A worker's exception must not reach std::terminate (bad_alloc is the one expected).
    try {
        return work(index);
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, {}};
    } catch (const std::exception& unexpected) {
        return Error {Errc::unsupported, "internal", unexpected.what()};
    }
}

} // namespace

Result<void> parallelFor(const Job& job, std::size_t count,
    const std::function<Result<void>(std::size_t index)>& work)
{
    std::atomic<std::size_t> next = 0;
    FirstError firstError;
    const auto worker = [&] {
        while (!firstError.failed()) {
            const std::size_t index = next.fetch_add(1, std::memory_order_relaxed);
            if (index >= count)
                return;
            if (job.stopRequested()) {
                firstError.set(index, Job::cancelled());
                return;
            }
            if (auto done = runOne(work, index); !done)
                firstError.set(index, done.error());
        }
    };
    {
        std::vector<std::jthread> helpers;
        const std::size_t wanted = std::min<std::size_t>(job.threadCount(), count);
        // Fewer threads than asked for is slower, not wrong.
        try {
            for (std::size_t i = 1; i < wanted; ++i)
                helpers.emplace_back(worker);
        } catch (const std::exception&) {
        }
        worker();
    }
    if (firstError.error())
        return *firstError.error();
    return {};
}

} // namespace bitloupe
