// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/label_places.h"

#include <array>
#include <cmath>
#include <limits>

namespace bitloupe::ui {
namespace {

constexpr double markRadius = 7;

struct Scene {
    const QRectF& area;
    const QVector<QRectF>& obstacles;
    const QVector<QPointF>& curve;
    const QVector<LabelPlace>& taken;
};

double overlap(const QRectF& a, const QRectF& b)
{
    const QRectF common = a & b;
    return common.isEmpty() ? 0 : common.width() * common.height();
}

// Smaller is better: area covered of marks and labels weighs most, then the curve, then distance.
double costOf(const QRectF& box, const Scene& scene)
{
    double cost = 0;
    const QRectF outside = box.united(scene.area);
    cost += 1e4 * (outside.width() - scene.area.width() + outside.height() - scene.area.height());
    for (const QRectF& obstacle : scene.obstacles)
        cost += 10 * overlap(box, obstacle);
    for (const LabelPlace& other : scene.taken)
        cost += 50 * overlap(box.adjusted(-2, 0, 2, 0), other.box);
    for (const QPointF& point : scene.curve)
        cost += box.contains(point) ? 15 : 0;
    return cost;
}

// A leader may cross neither the marks of other points nor labels.
double leaderCost(const QRectF& box, const QPointF& point, const Scene& scene)
{
    double cost = 0;
    constexpr int steps = 12;
    for (int i = 1; i < steps; ++i) {
        const QPointF at = point + (box.center() - point) * i / steps;
        for (const QRectF& obstacle : scene.obstacles)
            cost += obstacle.contains(at) && obstacle.center() != point ? 150 : 0;
        for (const LabelPlace& other : scene.taken)
            cost += other.box.contains(at) ? 150 : 0;
    }
    return cost;
}

} // namespace

QVector<LabelPlace> placeLabels(const QVector<LabelWish>& wishes, const QRectF& area,
    const QVector<QRectF>& obstacles, const QVector<QPointF>& curve)
{
    // Right above first, as a reader of a falling curve expects; then round the point.
    constexpr std::array<std::array<double, 2>, 9> directions = {
        {{1, -0.6}, {0, -1}, {1, 0}, {1, 0.3}, {-1, 0.6}, {-1, -0.6}, {0, 1}, {1, 1},
            {-1, 0}}};
    QVector<LabelPlace> places;
    for (const LabelWish& wish : wishes) {
        const Scene scene {area, obstacles, curve, places};
        LabelPlace best;
        double lowest = std::numeric_limits<double>::infinity();
        for (const double distance : {markRadius, 18.0, 32.0, 48.0}) {
            for (std::size_t i = 0; i < directions.size(); ++i) {
                const auto [x, y] = directions[i];
                const QPointF centre = wish.point
                    + QPointF(x * (distance + wish.size.width() / 2),
                        y * (distance + wish.size.height() / 2));
                const QRectF box(centre.x() - wish.size.width() / 2,
                    centre.y() - wish.size.height() / 2, wish.size.width(), wish.size.height());
                const double crossed
                    = distance > markRadius ? leaderCost(box, wish.point, scene) : 0;
                const double cost = crossed + costOf(box, scene)
                    + (distance - markRadius) * 1.5 + double(i) * 2;
                if (cost < lowest) {
                    lowest = cost;
                    best = {box, distance > markRadius};
                }
            }
        }
        places.append(best);
    }
    return places;
}

} // namespace bitloupe::ui
