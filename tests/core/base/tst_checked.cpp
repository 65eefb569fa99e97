// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/checked.h"

#include <QTest>

#include <array>

using namespace bitloupe;

class TestChecked : public QObject {
    Q_OBJECT
private slots:
    void overflow_is_empty()
    {
        QVERIFY(!checkedAdd(UINT64_MAX, 1));
        QVERIFY(!checkedMul(UINT64_C(1) << 32, UINT64_C(1) << 32));
        QCOMPARE(checkedMul(3, 4).value(), 12U);
    }

    void zero_does_not_excuse_an_overflow()
    {
        const std::array<std::uint64_t, 3> wraps = {UINT64_MAX, 2, 0};
        const std::array<std::uint64_t, 3> fine = {5, 0, 7};
        QVERIFY(!checkedProduct(wraps));
        QCOMPARE(checkedProduct(fine).value(), 0U);
        QCOMPARE(checkedProduct({}).value(), 1U);
    }

    void ranges_never_wrap()
    {
        QVERIFY(rangeInside(10, 0, 10));
        QVERIFY(!rangeInside(11, 0, 10));
        QVERIFY(!rangeInside(5, UINT64_MAX, 10));
    }

    void nothing_is_copied_between_null_pointers()
    {
        copyBytes(nullptr, nullptr, 0); // the sanitized run reports a memcpy of null
        int to = 1;
        const int from = 2;
        copyBytes(&to, &from, sizeof to);
        QCOMPARE(to, 2);
    }
};

QTEST_APPLESS_MAIN(TestChecked)
#include "tst_checked.moc"
