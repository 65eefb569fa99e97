// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/copies.h"
#include "measure/measure.h"
#include "support/synthetic_model.h"

#include <QTest>

#include <algorithm>

using namespace bitloupe;
using namespace bitloupe::testing;

class CopiesTest : public QObject {
    Q_OBJECT
private slots:
    void a_matrix_with_the_numbers_of_another_is_named()
    {
        SyntheticModel made;
        const std::vector<float> values = gaussianValues(64 * 64, "x");
        std::vector<float> other = values;
        other[7] += 1;
        made.add("a", DType::BF16, {64, 64}, values);
        made.add("b", DType::BF16, {64, 64}, other);
        made.add("c", DType::BF16, {64, 64}, values);
        made.add("d", DType::BF16, {32, 128}, values);
        made.add("e", DType::BF16, {64, 64}, values);
        const auto model = made.open();
        const auto analysis = measureModel(model, {}, Job());
        QVERIFY(analysis);
        const auto copies = findCopies(*model, *analysis);
        QCOMPARE(copies.size(), std::size_t(2));
        QCOMPARE(model->tensor(copies[0].tensor).name, std::string("c"));
        QCOMPARE(model->tensor(copies[1].tensor).name, std::string("e"));
        for (const TensorCopy& copy : copies)
            QCOMPARE(model->tensor(copy.original).name, std::string("a"));
    }

    void vectors_and_constants_are_no_copies()
    {
        SyntheticModel made;
        for (const char* name : {"a", "b"}) {
            made.add(std::string(name) + "1", DType::BF16, {256}, gaussianValues(256, "x"));
            made.add(std::string(name) + "2", DType::BF16, {32, 32}, std::vector<float>(1024, 1));
        }
        const auto model = made.open();
        const auto analysis = measureModel(model, {}, Job());
        QVERIFY(analysis);
        QVERIFY(findCopies(*model, *analysis).empty());
    }

    void what_is_not_measured_yet_is_no_copy()
    {
        SyntheticModel made;
        for (const char* name : {"a", "b"})
            made.add(name, DType::BF16, {64, 64}, gaussianValues(4096, "x"));
        const auto model = made.open();
        auto analysis = measureModel(model, {}, Job());
        QVERIFY(analysis);
        QCOMPARE(findCopies(*model, *analysis).size(), std::size_t(1));
        analysis->tensors[1].state = TensorState::waiting;
        QVERIFY(findCopies(*model, *analysis).empty());
    }
};

QTEST_GUILESS_MAIN(CopiesTest)
#include "tst_copies.moc"
