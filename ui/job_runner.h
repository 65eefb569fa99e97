// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one long function at a time on a worker thread and brings its result home. The latest
// start wins: an older job is stopped and its result dropped. Queued jobs wait for their turn
// instead and all report.
#pragma once

#include "job/job.h"

#include <QObject>

#include <any>
#include <deque>
#include <functional>
#include <memory>
#include <new>

namespace bitloupe::ui {

/// Lives on the GUI thread. Destroying it stops the job and waits for the worker to leave it; queued
/// jobs are all done first, as nobody could see that a file was not saved.
class JobRunner : public QObject {
    Q_OBJECT
public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;

    /// `work` runs on the worker with a Job to pass on and returns a Result; `done` gets it on the
    /// GUI thread, unless another start or a forget() came between.
    template <typename Work, typename Done>
    void start(Work work, Done done)
    {
        startAny(taskOf(std::move(work), std::move(done)));
    }

    /// As start, but after the jobs before it instead of in their place: for work such as saving,
    /// of which each outcome counts. One runner is used in one of the two ways.
    template <typename Work, typename Done>
    void enqueue(Work work, Done done)
    {
        m_queues = true;
        m_waiting.push_back(taskOf(std::move(work), std::move(done)));
        startWaiting();
    }

    bool running() const;
    /// Asks the job to stop; its result (Errc::cancelled) still comes to `done`.
    void stop();
    /// Asks it to stop and drops its result, and all that wait.
    void forget();
    void setPaused(bool paused);
    bool paused() const;

signals:
    void progressed(const QString& phase, quint64 bytesDone, quint64 bytesTotal);
    void runningChanged(bool running);

private:
    using Work = std::function<std::any(const Job&)>;
    using Done = std::function<void(const std::any&)>;
    struct Wanted {
        Work work;
        Done done;
    };

    template <typename From, typename To>
    static Wanted taskOf(From work, To done)
    {
        // std::any wants copies; a shared pointer lets results be moved instead.
        using Value = decltype(work(std::declval<const Job&>()));
        return {[work = std::move(work)](const Job& job) -> std::any {
                    try {
                        return std::make_shared<Value>(work(job));
                    } catch (const std::bad_alloc&) {
                        return std::make_shared<Value>(Error {Errc::outOfMemory, {}, {}});
                    }
                },
            [done = std::move(done)](const std::any& result) {
                done(std::move(*std::any_cast<const std::shared_ptr<Value>&>(result)));
            }};
    }

    void startAny(Wanted wanted);
    void startWaiting();
    void arrived(quint64 generation, const std::any& result);

    struct Shared;
    std::shared_ptr<Shared> m_shared;
    Done m_done;
    std::deque<Wanted> m_waiting;
    quint64 m_generation = 0;
    bool m_running = false;
    bool m_queues = false;
};

} // namespace bitloupe::ui
