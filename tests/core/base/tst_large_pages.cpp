// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/large_pages.h"

#include <QTest>

#include <cstdint>
#include <numeric>

using namespace bitloupe;

class TestLargePages : public QObject {
    Q_OBJECT
private slots:
    void arrays_of_every_size_keep_what_is_written()
    {
        // Growing passes through both kinds of memory; the sanitized run sees a wrong release.
        LargeVector<std::uint32_t> numbers;
        for (std::uint32_t i = 0; i < 1'500'000; ++i)
            numbers.push_back(i);
        QCOMPARE(std::accumulate(numbers.begin(), numbers.end(), std::uint64_t(0)),
            std::uint64_t(1'499'999) * 750'000);
        numbers.resize(10);
        numbers.shrink_to_fit();
        QCOMPARE(numbers.back(), 9U);
    }

    void large_ones_begin_on_a_large_page()
    {
        const LargeVector<double> large(std::size_t(1) << 19);
        QCOMPARE(reinterpret_cast<std::uintptr_t>(large.data()) % (std::uintptr_t(2) << 20), 0U);
    }
};

QTEST_APPLESS_MAIN(TestLargePages)
#include "tst_large_pages.moc"
