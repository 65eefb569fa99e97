// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/parallel.h"

#include <QTest>

#include <atomic>
#include <new>
#include <stdexcept>
#include <vector>

using namespace bitloupe;

class TestParallel : public QObject {
    Q_OBJECT
private slots:
    void visits_every_index_once_data()
    {
        QTest::addColumn<unsigned>("threads");
        for (const unsigned threads : {1U, 2U, 7U, 64U})
            QTest::addRow("%u threads", threads) << threads;
    }
    void visits_every_index_once()
    {
        QFETCH(unsigned, threads);
        std::vector<std::atomic<int>> visits(1'000);
        Job job;
        job.threads = threads;
        QVERIFY(parallelFor(job, visits.size(), [&](std::size_t i) -> Result<void> {
            ++visits[i];
            return {};
        }));
        for (const auto& count : visits)
            QCOMPARE(count.load(), 1);
    }

    void the_smallest_failing_index_is_reported()
    {
        Job job;
        job.threads = 1;
        const auto done = parallelFor(job, 100, [](std::size_t i) -> Result<void> {
            if (i >= 5)
                return Error {Errc::ioRead, std::to_string(i), {}};
            return {};
        });
        QCOMPARE(done.error().where, std::string("5"));
    }

    void exceptions_become_errors()
    {
        const auto noMemory
            = parallelFor({}, 8, [](std::size_t) -> Result<void> { throw std::bad_alloc(); });
        QCOMPARE(noMemory.error().code, Errc::outOfMemory);
        const auto other = parallelFor(
            {}, 8, [](std::size_t) -> Result<void> { throw std::runtime_error("odd"); });
        QCOMPARE(other.error().detail, std::string("odd"));
    }

    void stops_when_asked()
    {
        std::stop_source source;
        Job job;
        job.stop = source.get_token();
        job.threads = 2;
        std::atomic<int> visits = 0;
        const auto done = parallelFor(job, 1'000'000, [&](std::size_t) -> Result<void> {
            if (++visits == 10)
                source.request_stop();
            return {};
        });
        QCOMPARE(done.error().code, Errc::cancelled);
        QVERIFY(visits < 20);
    }

    void nothing_to_do_is_fine()
    {
        QVERIFY(parallelFor({}, 0, [](std::size_t) -> Result<void> { return {}; }));
    }
};

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
