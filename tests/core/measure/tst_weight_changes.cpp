// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/weight_changes.h"
#include "support/synthetic_model.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <thread>

using namespace bitloupe;
using namespace bitloupe::testing;

class WeightChangesTest : public QObject {
    Q_OBJECT
private slots:
    void relative_change_is_that_of_the_values()
    {
        SyntheticModel a, b;
        std::vector<float> values = gaussianValues(600 * 1000, "x");
        a.add("x", DType::F32, {600, 1000}, values);
        for (float& value : values)
            value *= 1.25F;
        b.add("x", DType::F32, {600, 1000}, values);
        const auto changes = weightChanges(a.open(), b.open(), Job());
        QVERIFY(changes);
        QVERIFY(std::abs(changes->at(0).relative() - .25) < 1e-6);
    }

    void equal_models_have_no_change_and_zeros_none()
    {
        SyntheticModel a, b;
        for (SyntheticModel* one : {&a, &b}) {
            one->add("x", DType::BF16, {8, 8}, gaussianValues(64, "x"));
            one->add("zero", DType::BF16, {64}, std::vector<float>(64));
        }
        const auto changes = weightChanges(a.open(), b.open(), Job());
        QVERIFY(changes);
        for (const WeightChange& change : *changes)
            QCOMPARE(change.relative(), 0.0);
    }

    void what_cannot_be_compared_is_unknown()
    {
        SyntheticModel a, b;
        a.add("missing", DType::F32, {4, 4}, gaussianValues(16, "x"));
        a.add("nan", DType::F32, {2, 2}, {1, 2, 3, std::numeric_limits<float>::quiet_NaN()});
        a.add("shape", DType::F32, {4, 4}, gaussianValues(16, "x"));
        b.add("nan", DType::F32, {2, 2}, {1, 2, 3, 4});
        b.add("shape", DType::F32, {2, 8}, gaussianValues(16, "x"));
        const auto changes = weightChanges(a.open(), b.open(), Job());
        QVERIFY(changes);
        QCOMPARE(changes->size(), std::size_t(3));
        for (const WeightChange& change : *changes)
            QVERIFY(std::isnan(change.relative()));
    }

    void numbers_are_the_same_for_any_thread_count()
    {
        SyntheticModel a, b;
        for (int i = 0; i < 9; ++i) {
            const std::string name = "t" + std::to_string(i);
            a.add(name, DType::F32, {64, 64}, gaussianValues(4096, name));
            b.add(name, DType::F32, {64, 64}, gaussianValues(4096, name + "b"));
        }
        const auto left = a.open(), right = b.open();
        std::vector<std::vector<WeightChange>> all;
        for (const unsigned threads : {1U, 2U, 7U}) {
            Job job;
            job.threads = threads;
            all.push_back(weightChanges(left, right, job).value());
        }
        for (std::size_t i = 0; i < 9; ++i)
            for (std::size_t run = 1; run < 3; ++run)
                QCOMPARE(all[run][i].squaredDifference, all[0][i].squaredDifference);
    }

    void a_stopped_comparison_says_so()
    {
        SyntheticModel a;
        a.add("x", DType::F32, {64, 64}, gaussianValues(4096, "x"));
        std::stop_source source;
        source.request_stop();
        Job job;
        job.stop = source.get_token();
        const auto model = a.open();
        const auto changes = weightChanges(model, model, job);
        QVERIFY(!changes);
        QCOMPARE(changes.error().code, Errc::cancelled);
    }
};

QTEST_APPLESS_MAIN(WeightChangesTest)
#include "tst_weight_changes.moc"
