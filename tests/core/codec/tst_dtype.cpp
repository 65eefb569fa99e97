// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/dtype.h"

#include <QTest>

#include <set>
#include <vector>

using namespace bitloupe;

class TestDType : public QObject {
    Q_OBJECT

private slots:
    void names_are_unique_and_found()
    {
        std::set<std::string_view> names;
        for (const DTypeInfo& info : dtypes()) {
            names.insert(info.name);
            QVERIFY(findDType(info.name) == info.dtype);
            QCOMPARE(&dtypeInfo(info.dtype), &info);
        }
        QCOMPARE(names.size(), dtypes().size());
        QCOMPARE(dtypes().size(), std::size_t { 49 });
    }

    void unknown_names_and_lower_case_are_not_found()
    {
        QVERIFY(!findDType("bf16"));
        QVERIFY(!findDType("INT4"));
        QVERIFY(!findDType(""));
    }

    void bytes_are_elements_times_width()
    {
        QCOMPARE(dtypeBytes(DType::BF16, 7).value_or(0), std::uint64_t { 14 });
        QCOMPARE(dtypeBytes(DType::C64, 3).value_or(0), std::uint64_t { 24 });
        QCOMPARE(dtypeBytes(DType::F4, 6).value_or(0), std::uint64_t { 3 });
        QCOMPARE(dtypeBytes(DType::F6_E2M3, 4).value_or(0), std::uint64_t { 3 });
        QCOMPARE(dtypeBytes(DType::F32, 0).value_or(1), std::uint64_t { 0 });
    }

    void bytes_that_overflow_or_are_not_whole_are_refused()
    {
        QVERIFY(!dtypeBytes(DType::F4, 3));
        QVERIFY(!dtypeBytes(DType::F6_E3M2, 2));
        QVERIFY(!dtypeBytes(DType::F64, std::uint64_t { 1 } << 58));
    }

    void columns_lie_in_whole_blocks()
    {
        const ColumnBytes plain = columnBytes(DType::BF16, 3, 5);
        QVERIFY(plain.begin == 6 && plain.size == 10 && plain.firstColumn == 0);
        const ColumnBytes blocks = columnBytes(DType::Q8_0, 40, 30); // of the second and third
        QVERIFY(blocks.begin == 34 && blocks.size == 68 && blocks.firstColumn == 8);
        QCOMPARE(columnBytes(DType::Q4_K, 0, 512).size, std::uint64_t { 288 });
    }

    void parts_of_rows_are_those_of_the_row()
    {
        std::vector<std::byte> row(4 * 34);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = static_cast<std::byte>(i % 34 < 2 ? 0x3c : i);
        std::vector<float> whole(128);
        widen(DType::Q8_0, row.data(), whole);
        for (const std::size_t begin : { 0u, 1u, 31u, 32u, 63u }) {
            for (const std::size_t count : { 1u, 31u, 33u, 65u }) {
                const ColumnBytes part = columnBytes(DType::Q8_0, begin, count);
                std::vector<float> found(count);
                widenColumns(DType::Q8_0, row.data() + part.begin, part.firstColumn, found);
                for (std::size_t i = 0; i < count; ++i)
                    QCOMPARE(found[i], whole[begin + i]);
            }
        }
    }

    void every_analysed_dtype_widens_one()
    {
        const std::vector<std::pair<DType, std::vector<unsigned char>>> ones {
            { DType::F8_E4M3, { 0x38 } },
            { DType::F8_E5M2, { 0x3c } },
            { DType::F16, { 0x00, 0x3c } },
            { DType::BF16, { 0x80, 0x3f } },
            { DType::F32, { 0, 0, 0x80, 0x3f } },
            { DType::F64, { 0, 0, 0, 0, 0, 0, 0xf0, 0x3f } },
        };
        std::size_t analysed = 0;
        for (const DTypeInfo& info : dtypes())
            analysed += info.analysed && !info.isBlock() ? 1 : 0;
        QCOMPARE(ones.size(), analysed);
        for (const auto& [dtype, bytes] : ones) {
            std::vector<float> out(1);
            widen(dtype, std::as_bytes(std::span(bytes)).data(), out);
            QCOMPARE(out[0], 1.0f);
        }
    }
};

QTEST_APPLESS_MAIN(TestDType)
#include "tst_dtype.moc"
