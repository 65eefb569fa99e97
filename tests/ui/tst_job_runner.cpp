// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/job_runner.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <semaphore>
#include <vector>

using namespace bitloupe;
using bitloupe::ui::JobRunner;

namespace {

// Works until it is stopped or let go.
struct Gate {
    std::atomic<bool> entered = false, open = false;
    Result<int> pass(const Job& job, int value)
    {
        entered = true;
        while (!open) {
            if (job.stopRequested())
                return Job::cancelled();
            std::this_thread::yield();
        }
        return value;
    }
};

// A runner inside a job that waits at `gate`, and how that job ended.
struct Waiting {
    JobRunner runner;
    Gate gate;
    std::optional<Errc> code;
    bool called = false;

    bool start()
    {
        runner.start([this](const Job& job) { return gate.pass(job, 1); },
            [this](Result<int> result) {
                called = true;
                if (!result)
                    code = result.error().code;
            });
        return QTest::qWaitFor([this] { return gate.entered.load(); });
    }
};

} // namespace

class TestJobRunner : public QObject {
    Q_OBJECT
private slots:
    void brings_the_result_to_the_gui_thread();
    void latest_start_wins();
    void overtaken_job_never_calls_back_even_when_it_ends_well();
    void stopped_job_reports_cancelled();
    void forgotten_job_never_calls_back();
    void paused_job_goes_on_after_resume();
    void paused_job_can_be_stopped();
    void destroying_it_stops_and_joins();
    void progress_is_coalesced_and_ends_with_the_newest();
    void overtaken_progress_is_not_shown();
    void memory_exhaustion_becomes_an_error();
    void starting_from_the_callback_works();
    void queued_jobs_all_report_in_their_order();
    void forgetting_drops_what_waits();
    void queued_jobs_are_done_before_it_goes();
};

void TestJobRunner::brings_the_result_to_the_gui_thread()
{
    JobRunner runner;
    QSignalSpy running(&runner, &JobRunner::runningChanged);
    QThread* worker = nullptr;
    QThread* home = nullptr;
    int value = 0;
    runner.start(
        [&worker](const Job&) -> Result<int> {
            worker = QThread::currentThread();
            return 7;
        },
        [&](Result<int> result) {
            home = QThread::currentThread();
            value = *result;
        });
    QVERIFY(runner.running());
    QTRY_COMPARE(value, 7);
    QCOMPARE(home, QThread::currentThread());
    QVERIFY(worker != home);
    QCOMPARE(running.count(), 2);
}

void TestJobRunner::latest_start_wins()
{
    JobRunner runner;
    Gate first;
    std::vector<int> results;
    runner.start([&first](const Job& job) { return first.pass(job, 1); },
        [&results](Result<int>) { results.push_back(1); });
    QTRY_VERIFY(first.entered);
    for (int i = 2; i < 50; ++i)
        runner.start([i](const Job&) -> Result<int> { return i; },
            [&results](Result<int> result) { results.push_back(*result); });
    QTRY_VERIFY(!runner.running());
    QCOMPARE(results, std::vector<int> {49});
}

void TestJobRunner::overtaken_job_never_calls_back_even_when_it_ends_well()
{
    JobRunner runner;
    std::binary_semaphore ended(0);
    bool called = false;
    runner.start(
        [&ended](const Job&) -> Result<int> {
            ended.release();
            return 1;
        },
        [&called](Result<int>) { called = true; });
    ended.acquire(); // its result may be in the event queue already
    int value = 0;
    runner.start([](const Job&) -> Result<int> { return 2; },
        [&value](Result<int> result) { value = *result; });
    QTRY_COMPARE(value, 2);
    QVERIFY(!called);
}

void TestJobRunner::stopped_job_reports_cancelled()
{
    Waiting waiting;
    QVERIFY(waiting.start());
    waiting.runner.stop();
    QTRY_VERIFY(waiting.called);
    QCOMPARE(waiting.code, Errc::cancelled);
    QVERIFY(!waiting.runner.running());
}

void TestJobRunner::forgotten_job_never_calls_back()
{
    Waiting waiting;
    QVERIFY(waiting.start());
    waiting.runner.forget();
    QVERIFY(!waiting.runner.running());
    int value = 0;
    waiting.runner.start([](const Job&) -> Result<int> { return 3; },
        [&value](Result<int> result) { value = *result; });
    QTRY_COMPARE(value, 3);
    QVERIFY(!waiting.called);
}

void TestJobRunner::paused_job_goes_on_after_resume()
{
    JobRunner runner;
    std::atomic<int> steps = 0;
    std::atomic<bool> enough = false;
    bool done = false;
    runner.start(
        [&](const Job& job) -> Result<int> {
            while (!enough) {
                if (job.stopRequested())
                    return Job::cancelled();
                ++steps;
            }
            return 1;
        },
        [&done](Result<int> result) { done = result.has_value(); });
    QTRY_VERIFY(steps > 0);
    runner.setPaused(true);
    QVERIFY(runner.paused());
    enough = true;
    runner.setPaused(false);
    QTRY_VERIFY(done);
}

void TestJobRunner::paused_job_can_be_stopped()
{
    Waiting waiting;
    QVERIFY(waiting.start());
    waiting.runner.setPaused(true);
    waiting.runner.stop();
    QTRY_VERIFY(waiting.called);
    QCOMPARE(waiting.code, Errc::cancelled);
}

void TestJobRunner::destroying_it_stops_and_joins()
{
    for (const bool paused : {false, true}) {
        auto runner = std::make_unique<JobRunner>();
        Gate gate;
        bool called = false;
        std::atomic<bool> left = false;
        runner->start(
            [&](const Job& job) {
                const Result<int> result = gate.pass(job, 1);
                left = true;
                return result;
            },
            [&called](Result<int>) { called = true; });
        QTRY_VERIFY(gate.entered);
        runner->setPaused(paused);
        runner.reset();
        QVERIFY(left); // the worker is out before the destructor returns
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }
}

void TestJobRunner::progress_is_coalesced_and_ends_with_the_newest()
{
    JobRunner runner;
    QSignalSpy progressed(&runner, &JobRunner::progressed);
    std::binary_semaphore reported(0);
    Gate gate;
    runner.start(
        [&](const Job& job) -> Result<int> {
            for (quint64 i = 1; i <= 1000; ++i)
                job.sink->progress({"counting", i, 1000});
            reported.release();
            return gate.pass(job, 1);
        },
        [](Result<int>) {});
    reported.acquire();
    QTRY_COMPARE(progressed.count(), 1); // the GUI was not looking while the rest came
    QCOMPARE(progressed.first().at(0).toString(), QStringLiteral("counting"));
    QCOMPARE(progressed.first().at(1).toULongLong(), 1000ULL);
}

void TestJobRunner::overtaken_progress_is_not_shown()
{
    JobRunner runner;
    QSignalSpy progressed(&runner, &JobRunner::progressed);
    std::binary_semaphore reported(0);
    Gate second;
    runner.start(
        [&](const Job& job) -> Result<int> {
            job.sink->progress({"old", 1, 2});
            reported.release();
            return 1;
        },
        [](Result<int>) {});
    reported.acquire();
    runner.start([&second](const Job& job) { return second.pass(job, 2); }, [](Result<int>) {});
    QTRY_VERIFY(second.entered);
    QCoreApplication::processEvents();
    QCOMPARE(progressed.count(), 0);
}

void TestJobRunner::memory_exhaustion_becomes_an_error()
{
    JobRunner runner;
    std::optional<Errc> code;
    runner.start([](const Job&) -> Result<int> { throw std::bad_alloc(); },
        [&code](Result<int> result) { code = result.error().code; });
    QTRY_VERIFY(code.has_value());
    QCOMPARE(*code, Errc::outOfMemory);
}

void TestJobRunner::starting_from_the_callback_works()
{
    JobRunner runner;
    int value = 0;
    runner.start([](const Job&) -> Result<int> { return 1; },
        [&](Result<int>) {
            runner.start([](const Job&) -> Result<int> { return 2; },
                [&value](Result<int> result) { value = *result; });
        });
    QTRY_COMPARE(value, 2);
    QVERIFY(!runner.running());
}

void TestJobRunner::queued_jobs_all_report_in_their_order()
{
    JobRunner runner;
    std::vector<Errc> failures;
    std::vector<int> results;
    const auto note = [&](const Result<int>& result) {
        if (result)
            results.push_back(*result);
        else
            failures.push_back(result.error().code);
    };
    runner.enqueue([](const Job&) -> Result<int> { return Error {Errc::ioWrite, {}, {}}; }, note);
    runner.enqueue([](const Job&) -> Result<int> { return Error {Errc::noSpace, {}, {}}; }, note);
    for (int i = 1; i < 4; ++i)
        runner.enqueue([i](const Job& job) -> Result<int> {
            return job.stopRequested() ? Result<int>(Job::cancelled()) : Result<int>(i);
        }, note);
    QTRY_COMPARE(results.size(), std::size_t {3});
    QVERIFY((results == std::vector<int> {1, 2, 3}));
    QVERIFY((failures == std::vector<Errc> {Errc::ioWrite, Errc::noSpace}));
    QVERIFY(!runner.running());
}

void TestJobRunner::forgetting_drops_what_waits()
{
    Waiting waiting;
    QVERIFY(waiting.start());
    bool called = false;
    waiting.runner.enqueue(
        [](const Job&) -> Result<int> { return 2; }, [&called](Result<int>) { called = true; });
    waiting.runner.forget();
    int value = 0;
    waiting.runner.start([](const Job&) -> Result<int> { return 3; },
        [&value](Result<int> result) { value = *result; });
    QTRY_COMPARE(value, 3);
    QVERIFY(!called && !waiting.called);
}

void TestJobRunner::queued_jobs_are_done_before_it_goes()
{
    std::vector<int> done;
    bool called = false;
    {
        JobRunner runner;
        for (int i = 0; i < 3; ++i)
            runner.enqueue(
                [&done, i](const Job& job) -> Result<int> {
                    std::this_thread::sleep_for(std::chrono::milliseconds(20));
                    if (!job.stopRequested())
                        done.push_back(i);
                    return i;
                },
                [&called](Result<int>) { called = true; });
    }
    QCOMPARE(done, (std::vector<int> {0, 1, 2}));
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
