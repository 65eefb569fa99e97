// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/label_places.h"
#include "ui/views/plot_theme.h"

#include <QTest>

using namespace bitloupe::ui;

namespace {

const QRectF area(0, 0, 300, 120);

QRectF around(const QPointF& point) { return {point.x() - 6, point.y() - 6, 12, 12}; }

} // namespace

class TestLabelPlaces : public QObject {
    Q_OBJECT
private slots:
    void a_lone_label_stands_beside_its_point_without_a_leader()
    {
        const QPointF point(100, 60);
        const auto places = placeLabels({{point, {50, 12}}}, area, {around(point)}, {});
        QCOMPARE(places.size(), 1);
        QVERIFY(!places[0].leader);
        QVERIFY(!places[0].box.intersects(QRectF(point - QPointF(3, 3), QSizeF(6, 6))));
    }

    void labels_stay_inside_at_the_corners()
    {
        for (const QPointF& point :
            {area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight()}) {
            const auto places = placeLabels({{point, {60, 12}}}, area, {}, {});
            QVERIFY(area.contains(places[0].box));
        }
    }

    void labels_of_one_spot_do_not_cover_each_other()
    {
        const QPointF point(150, 60);
        const auto places = placeLabels({{point, {60, 12}}, {point, {60, 12}}, {point, {60, 12}}},
            area, {around(point)}, {});
        QVERIFY(!places[0].box.intersects(places[1].box));
        QVERIFY(!places[0].box.intersects(places[2].box));
        QVERIFY(!places[1].box.intersects(places[2].box));
    }

    void short_numbers_have_two_digits_and_a_bare_exponent()
    {
        QCOMPARE(shortNumber(0), QStringLiteral("0"));
        QCOMPARE(shortNumber(0.131), QStringLiteral("0.13"));
        QCOMPARE(shortNumber(0.01), QStringLiteral("0.01"));
        QCOMPARE(shortNumber(0.00002), QStringLiteral("2e-5"));
        QCOMPARE(shortNumber(-0.0036), QStringLiteral("-4e-3"));
        QCOMPARE(shortNumber(1000), QStringLiteral("1000"));
        QCOMPARE(shortNumber(1e5), QStringLiteral("1e5"));
    }
};

QTEST_APPLESS_MAIN(TestLabelPlaces)
#include "tst_label_places.moc"
