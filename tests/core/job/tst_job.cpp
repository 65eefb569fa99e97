// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/job.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace bitloupe;

namespace {

class Recorder : public ProgressSink {
public:
    void progress(const Progress& state) override { seen.push_back(state); }
    std::vector<Progress> seen;
};

} // namespace

class TestJob : public QObject {
    Q_OBJECT
private slots:
    void progress_is_throttled_and_ends_complete()
    {
        Recorder recorder;
        Job job;
        job.sink = &recorder;
        {
            ProgressMeter meter(job, "analysing", 1'000'000);
            for (int i = 0; i < 1'000'000; ++i)
                meter.add(1);
        }
        QVERIFY(recorder.seen.size() < 200);
        QCOMPARE(recorder.seen.front().bytesDone, std::uint64_t {0});
        QCOMPARE(recorder.seen.back().bytesDone, std::uint64_t {1'000'000});
    }

    void no_sink_is_fine()
    {
        ProgressMeter meter({}, "analysing", 10);
        meter.add(10);
    }

    void a_paused_job_waits_and_goes_on()
    {
        PauseGate gate;
        Job job;
        job.gate = &gate;
        gate.pause();
        std::atomic<bool> passed = false;
        std::jthread worker([&] {
            QVERIFY(!job.stopRequested());
            passed = true;
        });
        QTest::qWait(20);
        QVERIFY(!passed);
        gate.resume();
        worker.join();
        QVERIFY(passed);
    }

    void a_paused_job_can_be_stopped()
    {
        PauseGate gate;
        std::stop_source source;
        Job job {source.get_token(), nullptr, &gate, 0};
        gate.pause();
        std::atomic<bool> stopped = false;
        std::jthread worker([&] { stopped = job.stopRequested(); });
        source.request_stop();
        worker.join();
        QVERIFY(stopped);
    }

    void thread_count_is_at_least_one_and_bounded()
    {
        Job job;
        QVERIFY(job.threadCount() >= 1);
        job.threads = 1'000'000;
        QCOMPARE(job.threadCount(), 256U);
    }
};

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
