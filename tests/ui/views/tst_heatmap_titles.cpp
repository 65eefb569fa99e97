// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_titles.h"

#include <QApplication>
#include <QFontMetrics>
#include <QTest>

using namespace bitloupe::ui;
using Titles = ColumnTexts::Titles;

namespace {

HeatmapData mixture()
{
    HeatmapData data;
    for (const char* title : {"embed", "q", "k", "v", "o", "router", "exp gate", "exp up",
             "exp down", "head"})
        data.columns.append({QLatin1String(title), QStringLiteral("16.0"), QStringLiteral("14 %")});
    return data;
}

PlotTheme theme() { return plotTheme(QApplication::palette(), QApplication::font()); }

} // namespace

class TestHeatmapTitles : public QObject {
    Q_OBJECT
private slots:
    void titles_stand_in_a_line_where_there_is_room()
    {
        const int roomy = comfortableColumn(mixture(), theme());
        const ColumnTexts texts = columnTexts(mixture(), theme(), roomy);
        QCOMPARE(texts.titles, Titles::line);
        QVERIFY(texts.footer && !texts.smallFooter);
        QVERIFY(columnTexts(mixture(), theme(), roomy - 1).titles != Titles::line);
    }

    void narrower_columns_never_take_a_larger_setting()
    {
        Titles before = Titles::line;
        bool smallBefore = false, footerBefore = true;
        for (int width = comfortableColumn(mixture(), theme()) + 5; width > 0; --width) {
            const ColumnTexts texts = columnTexts(mixture(), theme(), width);
            QVERIFY(texts.titles >= before);
            QVERIFY(texts.smallFooter || !smallBefore);
            QVERIFY(footerBefore || !texts.footer);
            QVERIFY(texts.height < 120);
            before = texts.titles;
            smallBefore = texts.smallFooter;
            footerBefore = texts.footer;
        }
        QCOMPARE(before, Titles::upright);
        QVERIFY(!footerBefore);
    }

    void words_fit_below_one_another_before_titles_stand_upright()
    {
        const HeatmapData data = mixture();
        const QFontMetrics metrics(theme().body);
        int words = 0;
        for (int width = comfortableColumn(data, theme()); width > 0; --width)
            if (columnTexts(data, theme(), width).titles == Titles::words) {
                ++words;
                QVERIFY(metrics.horizontalAdvance(QStringLiteral("down")) < width + 8);
            }
        QVERIFY(words > 0);
    }

    void what_is_left_out_is_in_the_tip()
    {
        HeatmapData data = mixture();
        const QString tip = columnTip(data, 6);
        for (const char* part : {"exp gate", "16.0", "14 %", "bpw", "bytes"})
            QVERIFY2(tip.contains(QLatin1String(part)), part);
        data.upperFooter = QStringLiteral("A");
        QVERIFY(columnTip(data, 6).contains(QLatin1String("A: 16.0")));
    }

    void empty_data_has_no_width()
    {
        QCOMPARE(columnTexts({}, theme(), 1).titles, Titles::line);
        QCOMPARE(comfortableColumn({}, theme()), 0);
    }
};

QTEST_MAIN(TestHeatmapTitles)
#include "tst_heatmap_titles.moc"
