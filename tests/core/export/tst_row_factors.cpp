// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/row_factors.h"

#include "core/probe/made_values.h"
#include "tests/support/codec_buffers.h"

#include <QTest>

using namespace bitloupe;
using bitloupe::testing::gaussian;

namespace {

constexpr std::size_t columns = 64, rowCount = 70;

std::shared_ptr<const FeedbackFactor> factorOf(std::string_view name)
{
    const auto values = gaussian(4 * columns * columns, name);
    std::vector<float> moments(columns * columns);
    for (std::size_t t = 0; t < 4 * columns; ++t)
        for (std::size_t i = 0; i < moments.size(); ++i)
            moments[i] += values[t * columns + i / columns] * values[t * columns + i % columns];
    const auto factor = FeedbackFactor::make(moments, columns, {});
    return factor ? *factor : nullptr;
}

RowFactors threeGroups()
{
    RowFactors factors {factorOf("common"), {factorOf("a"), factorOf("b"), factorOf("c")}, {}};
    for (std::size_t r = 0; r < 2 * rowCount; ++r)
        factors.groupOfRow.push_back(static_cast<std::uint8_t>(r * r % 3));
    return factors;
}

testing::RowBytes room(const Codec& codec, std::size_t count)
{
    return testing::RowBytes(rowLayout(codec, count * columns, DType::BF16).value());
}

} // namespace

class TestRowFactors : public QObject {
    Q_OBJECT

private slots:
    void each_row_is_encoded_with_the_factor_of_its_group()
    {
        const RowFactors factors = threeGroups();
        const auto rows = gaussian(rowCount * columns, "rows");
        const SourceCut cut {.rowBegin = 1, .rowStep = 2, .rowParts = 2};
        for (const char* name : {"affine-3-g32", "affine-4-g64", "q4_0"}) {
            const Codec& format = *findCodec(name);
            testing::RowBytes all = room(format, rowCount - 3);
            factors.encode(
                format, DType::BF16, cut, 3, std::span(rows).subspan(3 * columns), all.out());
            const auto back
                = testing::decoded(format, DType::BF16, all, (rowCount - 3) * columns);
            for (std::size_t r = 3; r < rowCount; ++r) {
                testing::RowBytes one = room(format, 1);
                const std::size_t group = (2 * r + 1) * (2 * r + 1) % 3;
                encodeRowsWithFeedback(format, DType::BF16, *factors.groups[group],
                    std::span(rows).subspan(r * columns, columns), one.out());
                const auto expected = testing::decoded(format, DType::BF16, one, columns);
                QVERIFY2(std::equal(expected.begin(), expected.end(),
                             back.begin() + static_cast<std::ptrdiff_t>((r - 3) * columns)),
                    name);
            }
        }
    }

    void without_groups_all_rows_take_the_common_factor()
    {
        const RowFactors factors {factorOf("common"), {}, {}};
        const auto rows = gaussian(rowCount * columns, "rows");
        const Codec& format = *findCodec("affine-4-g32");
        testing::RowBytes found = room(format, rowCount);
        testing::RowBytes expected = room(format, rowCount);
        factors.encode(format, DType::BF16, {}, 0, rows, found.out());
        encodeRowsWithFeedback(format, DType::BF16, *factors.common, rows, expected.out());
        QCOMPARE(testing::decoded(format, DType::BF16, found, rows.size()),
            testing::decoded(format, DType::BF16, expected, rows.size()));
    }
};

QTEST_APPLESS_MAIN(TestRowFactors)
#include "tst_row_factors.moc"
