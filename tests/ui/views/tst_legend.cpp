// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend.h"

#include <QApplication>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace bitloupe::ui;

namespace {

QImage firstSwatch(const BitsLegend& legend)
{
    const auto* chip = legend.findChild<QToolButton*>();
    return chip ? chip->icon().pixmap(chip->iconSize()).toImage() : QImage();
}

} // namespace

class TestLegend : public QObject {
    Q_OBJECT
private slots:
    void chips_follow_a_change_of_the_palette()
    {
        BitsLegend legend;
        legend.setPalette(QPalette(QColor(QStringLiteral("#efefef"))));
        legend.setCounts({{4, 7}});
        const QImage light = firstSwatch(legend);
        QVERIFY(!light.isNull());
        legend.setPalette(QPalette(QColor(QStringLiteral("#2e3033"))));
        QVERIFY(firstSwatch(legend) != light);
        legend.setPalette(QPalette(QColor(QStringLiteral("#efefef"))));
        QCOMPARE(firstSwatch(legend), light);
    }

    void counts_stay_when_the_palette_changes()
    {
        BitsLegend legend;
        legend.setCounts({{4, 7}});
        legend.setPalette(QPalette(QColor(QStringLiteral("#2e3033"))));
        bool found = false;
        const auto chips = legend.findChildren<QToolButton*>();
        for (const QToolButton* chip : chips)
            found |= chip->text().trimmed() == QLatin1String("7");
        QVERIFY(found);
    }

    void ticks_are_the_ends_and_round_values_between()
    {
        const auto texts = [](const ScaleEnds& ends) {
            QStringList list;
            for (const ScaleTick& tick : scaleTicks(ends))
                list.append(tick.text);
            return list.join(QLatin1Char(' '));
        };
        QCOMPARE(texts({2e-5, 4e-3, true}), QStringLiteral("2e-5 1e-4 1e-3 4e-3"));
        QCOMPARE(texts({0, 3}), QStringLiteral("0 1 2 3"));
        QCOMPARE(texts({-1.5, 1.5}), QString::fromUtf8("−1.5 0 +1.5"));
        QCOMPARE(texts({0, 3, false, true, true}), QString::fromUtf8("≤ 0 1 2 ≥ 3"));
        QCOMPARE(texts({4, 4}), QStringLiteral("4"));
        QCOMPARE(texts({std::nan(""), std::nan("")}), QString());
        for (const ScaleEnds& ends : {ScaleEnds {1e-9, 1e9, true}, ScaleEnds {-3, 1, true}}) {
            double last = -1;
            for (const ScaleTick& tick : scaleTicks(ends)) {
                QVERIFY(tick.share > last && tick.share <= 1);
                last = tick.share;
            }
        }
    }

    void hatching_is_explained_only_where_there_is_some()
    {
        HatchLegend legend;
        legend.setShown(false, false, false);
        QVERIFY(legend.isHidden());
        legend.setShown(true, true, false);
        QVERIFY(!legend.isHidden());
        QCOMPARE(legend.words().size(), 2);
        const int two = legend.sizeHint().width();
        legend.setShown(true, true, true);
        QVERIFY(legend.sizeHint().width() > two);
    }
};

QTEST_MAIN(TestLegend)
#include "tst_legend.moc"
