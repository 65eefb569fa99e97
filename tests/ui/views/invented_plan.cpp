// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/invented_plan.h"

#include <QStringList>

#include <cmath>
#include <cstdint>

namespace bitloupe::ui {
namespace {

// The fraction part of a multiple of the golden ratio: even, and the same everywhere.
double scatter(int index)
{
    const double turns = (index + 1) * 0.6180339887498949;
    return turns - std::floor(turns);
}

HeatmapCell inventedCell(int decision, int row, int column, bool waiting)
{
    HeatmapCell cell;
    cell.decision = decision;
    const double noise = scatter(decision);
    const double depth = column / 8.0;
    cell.bits = noise < 0.15 ? 3 : noise < 0.75 ? 4 : noise < 0.95 ? 5 : 6;
    cell.provisional = waiting;
    if (!waiting)
        cell.value = 2e-5 * std::pow(10.0, 1.4 * depth + 0.9 * scatter(decision * 7 + row));
    return cell;
}

} // namespace

HeatmapData inventedHeatmap(int layers, int roleCount, int waiting)
{
    const QStringList names = {QStringLiteral("embd"), QStringLiteral("q"), QStringLiteral("k"),
        QStringLiteral("v"), QStringLiteral("o"), QStringLiteral("gate"), QStringLiteral("up"),
        QStringLiteral("down")};
    HeatmapData data;
    for (int column = 0; column < roleCount; ++column)
        data.columns.append({names[column % names.size()],
            QString::number(4 + scatter(column), 'f', 2), QStringLiteral("%1 %").arg(column + 9)});
    int decision = 0;
    for (int row = 0; row <= layers; ++row) {
        HeatmapRow one;
        one.title = row == 0 ? QStringLiteral("model") : QString::number(row - 1);
        const bool unscored = row > layers - waiting;
        if (!unscored) {
            one.damage = row == 0 ? 0.011 : 0.002 + 0.002 * scatter(row);
            one.uniformDamage = one.damage * (0.7 + 1.4 * scatter(row * 3));
        }
        data.rows.append(one);
        for (int column = 0; column < roleCount; ++column) {
            const bool there = (row == 0) == (column == 0);
            data.cells.append(
                there ? inventedCell(decision++, row, column, unscored) : HeatmapCell());
        }
    }
    data.cells[0].linked = true;
    data.barTitle = QStringLiteral("Damage by layer");
    data.uniformTitle = QStringLiteral("uniform 4 bits");
    return data;
}

FrontierData inventedFrontier()
{
    FrontierData data;
    for (int i = 0; i <= 200; ++i) {
        const double megabytes = 58.9 + (143.0 - 58.9) * i / 200;
        data.bytes.append(megabytes * 1e6);
        data.damage.append(0.55 * std::exp(-(megabytes - 58.9) / 10.5));
    }
    data.knee = 24;
    using Kind = FrontierMark::Kind;
    data.marks = {{Kind::uniform, QStringLiteral("uniform 3"), 59.2e6, 0.6},
        {Kind::uniform, QStringLiteral("uniform 4"), 75.7e6, 0.131},
        {Kind::uniform, QStringLiteral("uniform 5"), 92.5e6, 0.033},
        {Kind::uniform, QStringLiteral("uniform 6"), 109.3e6, 0.0085},
        {Kind::published, QStringLiteral("MINT"), 75.7e6, 0.148},
        {Kind::published, QStringLiteral("SWAN"), 119.7e6, 0.115}};
    data.planBytes = 75.7e6;
    data.planDamage = 0.104;
    data.lowestBytes = 58.9e6;
    data.highestBytes = 143.0e6;
    return data;
}

QVector<RateCurveView::Point> inventedCurve()
{
    QVector<RateCurveView::Point> points;
    for (const double bits : {2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
        points.append({bits + 0.5, 1.1 * std::pow(2.0, -bits), 1.5 * std::pow(2.0, -bits)});
    return points;
}

QVector<double> inventedHistogram()
{
    QVector<double> counts;
    for (int i = 0; i < 256; ++i) {
        const double x = std::abs(i - 127.5) / 16.0;
        const double count = 1.2e5 * std::exp(-x * x / (2 * (0.7 + 0.14 * x)));
        counts.append(std::floor(count + (scatter(i) > 0.93 ? 1 : 0)));
    }
    return counts;
}

QVector<double> inventedSpectrum()
{
    QVector<double> values;
    for (int i = 0; i < 64; ++i)
        values.append(22.0 / std::pow(i + 1.0, 0.42));
    return values;
}

} // namespace bitloupe::ui
