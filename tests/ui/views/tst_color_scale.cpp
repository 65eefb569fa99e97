// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/color_scale.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace bitloupe::ui;

class TestColorScale : public QObject {
    Q_OBJECT
private slots:
    void digits_are_readable_everywhere_on_the_maps()
    {
        for (const ColorMap map : {ColorMap::viridis, ColorMap::cividis}) {
            for (int i = 0; i <= 1000; ++i) {
                const QColor ground = mapColor(map, i / 1000.0, false);
                QVERIFY2(contrastRatio(ground, digitColor(ground)) >= 4.5,
                    qPrintable(ground.name()));
            }
        }
    }

    void digits_are_readable_on_every_bit_colour()
    {
        for (const bool dark : {false, true})
            for (const int bits : paletteBits())
                QVERIFY(contrastRatio(bitsColor(bits, dark), digitColor(bitsColor(bits, dark)))
                    >= 5.1);
    }

    void bit_colours_differ()
    {
        for (const bool dark : {false, true}) {
            std::set<QRgb> seen;
            for (const int bits : paletteBits())
                seen.insert(bitsColor(bits, dark).rgb());
            QCOMPARE(qsizetype(seen.size()), paletteBits().size());
        }
    }

    void maps_begin_and_end_at_their_stops()
    {
        QCOMPARE(mapColor(ColorMap::viridis, 0, false).name(), QStringLiteral("#440154"));
        QCOMPARE(mapColor(ColorMap::viridis, 1, false).name(), QStringLiteral("#fde725"));
        QCOMPARE(mapColor(ColorMap::cividis, 0.5, false).name(), QStringLiteral("#7d7c78"));
    }

    void positions_out_of_range_are_clamped()
    {
        QCOMPARE(mapColor(ColorMap::viridis, -3, false), mapColor(ColorMap::viridis, 0, false));
        QCOMPARE(mapColor(ColorMap::viridis, 7, false), mapColor(ColorMap::viridis, 1, false));
        QCOMPARE(mapColor(ColorMap::viridis, std::nan(""), false), mapColor(ColorMap::viridis, 0, false));
    }

    void unknown_width_takes_the_nearest_colour()
    {
        QCOMPARE(bitsColor(32, false), bitsColor(16, false));
        QCOMPARE(bitsColor(1, true), bitsColor(2, true));
    }

    void contrast_of_black_on_white_is_21()
    {
        QVERIFY(std::abs(contrastRatio(Qt::black, Qt::white) - 21) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(TestColorScale)
#include "tst_color_scale.moc"
