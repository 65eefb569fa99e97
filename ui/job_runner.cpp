// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/job_runner.h"

#include <QPointer>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace bitloupe::ui {

// What GUI thread and worker both touch. Everything below the mutex is guarded by it.
struct JobRunner::Shared {
    explicit Shared(JobRunner* owner)
        : runner(owner)
    {
    }

    struct Task {
        Work work;
        std::stop_source stop;
        quint64 generation;
    };

    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<Task> next; // not begun yet
    std::stop_source current; // of the task being run
    Progress latest;
    quint64 latestGeneration = 0;
    bool progressPosted = false;
    JobRunner* runner; // cleared by its destructor, under the mutex

    PauseGate gate;
    std::jthread thread;

    void progress(quint64 generation, const Progress& now);
    void run(const std::stop_token& quit);
    std::any perform(const Task& task);
};

// At most one progress event is under way to the GUI at any time; it reads the newest numbers.
void JobRunner::Shared::progress(quint64 generation, const Progress& now)
{
    const std::lock_guard lock(mutex);
    latest = now;
    latestGeneration = generation;
    if (progressPosted || !runner)
        return;
    progressPosted = true;
    QMetaObject::invokeMethod(
        runner,
        [this, owner = runner] {
            Progress shown;
            quint64 from = 0;
            {
                const std::lock_guard inner(mutex);
                progressPosted = false;
                shown = latest;
                from = latestGeneration;
            }
            // A job that was overtaken still reports until it notices.
            if (owner->m_running && from == owner->m_generation)
                emit owner->progressed(QString::fromUtf8(shown.phase.data(),
                                           static_cast<qsizetype>(shown.phase.size())),
                    shown.bytesDone, shown.bytesTotal);
        },
        Qt::QueuedConnection);
}

std::any JobRunner::Shared::perform(const Task& task)
{
    struct Sink : ProgressSink {
        Sink(Shared& state, quint64 number)
            : shared(state)
            , generation(number)
        {
        }
        void progress(const Progress& now) override { shared.progress(generation, now); }
        Shared& shared;
        quint64 generation;
    } sink(*this, task.generation);
    Job job;
    job.stop = task.stop.get_token();
    job.sink = &sink;
    job.gate = &gate;
    return task.work(job);
}

void JobRunner::Shared::run(const std::stop_token& quit)
{
    while (true) {
        std::unique_lock lock(mutex);
        if (!changed.wait(lock, quit, [this] { return next.has_value(); }))
            return;
        const Task task = std::move(*next);
        next.reset();
        current = task.stop;
        lock.unlock();
        std::any result = perform(task);
        lock.lock();
        if (runner)
            QMetaObject::invokeMethod(
                runner,
                [owner = runner, generation = task.generation, result = std::move(result)] {
                    owner->arrived(generation, result);
                },
                Qt::QueuedConnection);
    }
}

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>(this))
{
    // The worker holds the state by itself, not through this object.
    m_shared->thread = std::jthread(
        [state = m_shared.get()](const std::stop_token& quit) { state->run(quit); });
}

JobRunner::~JobRunner()
{
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->runner = nullptr;
        if (!m_queues) {
            m_shared->next.reset();
            m_shared->current.request_stop();
        }
    }
    m_shared->gate.resume();
    m_shared->thread.request_stop(); // it leaves once nothing is left to begin
    m_shared->thread.join();
    for (const Wanted& one : m_waiting)
        one.work(Job());
}

void JobRunner::startAny(Wanted wanted)
{
    m_done = std::move(wanted.done);
    ++m_generation;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->current.request_stop();
        m_shared->next = Shared::Task {std::move(wanted.work), std::stop_source(), m_generation};
    }
    m_shared->gate.resume();
    m_shared->changed.notify_all();
    if (!m_running) {
        m_running = true;
        emit runningChanged(true);
    }
}

void JobRunner::arrived(quint64 generation, const std::any& result)
{
    {
        // The worker posted the result under this lock. Qt's queue orders the two threads as
        // well, but by means that thread checkers cannot see.
        const std::lock_guard lock(m_shared->mutex);
    }
    if (generation != m_generation || !m_running)
        return;
    m_running = false;
    const Done done = std::move(m_done);
    m_done = {};
    emit runningChanged(false);
    const QPointer<JobRunner> alive(this);
    if (done)
        done(result);
    if (alive)
        startWaiting();
}

void JobRunner::startWaiting()
{
    if (m_running || m_waiting.empty())
        return;
    Wanted next = std::move(m_waiting.front());
    m_waiting.pop_front();
    startAny(std::move(next));
}

bool JobRunner::running() const { return m_running; }

void JobRunner::stop()
{
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->current.request_stop();
        if (m_shared->next)
            m_shared->next->stop.request_stop();
    }
    m_shared->gate.resume();
}

void JobRunner::forget()
{
    stop();
    ++m_generation;
    m_done = {};
    m_waiting.clear();
    if (m_running) {
        m_running = false;
        emit runningChanged(false);
    }
}

void JobRunner::setPaused(bool paused)
{
    if (paused)
        m_shared->gate.pause();
    else
        m_shared->gate.resume();
}

bool JobRunner::paused() const { return m_shared->gate.paused(); }

} // namespace bitloupe::ui
