// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/difference_heatmap.h"

#include "ui/heatmap_builder.h"
#include "ui/qt_text.h"
#include "ui/views/plot_theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

double differenceOf(const ComparedPair& pair, std::size_t d, DifferenceKind kind)
{
    const ComparedCell &a = pair.a.side.cells[d], &b = pair.b.side.cells[d];
    if (kind == DifferenceKind::change)
        return pair.change(d);
    if (!a.present() || !b.present())
        return unknownValue;
    switch (kind) {
    case DifferenceKind::bits: return a.bits - b.bits;
    case DifferenceKind::damage: return a.damage - b.damage;
    default: return static_cast<double>(a.bytes) - static_cast<double>(b.bytes);
    }
}

double signedRoot(double value) { return std::copysign(std::sqrt(std::abs(value)), value); }

QString rangeLabel(const ComparedPair& pair, const QVector<int>& decisions)
{
    QString first;
    std::optional<int> least, most;
    for (const int decision : decisions) {
        const auto d = static_cast<std::size_t>(decision);
        const ComparedCell &a = pair.a.side.cells[d], &b = pair.b.side.cells[d];
        const auto bits = bitsDifference(a, b);
        if (!bits)
            return QStringLiteral("?");
        if (first.isEmpty())
            first = signedBits(a, b);
        least = std::min(least.value_or(*bits), *bits);
        most = std::max(most.value_or(*bits), *bits);
    }
    return least == most ? first
                         : QStringLiteral("%1…%2").arg(*least).arg(*most).replace(
                             QLatin1Char('-'), QChar(0x2212));
}

void fillCell(HeatmapCell& cell, const ComparedPair& pair, DifferenceKind kind)
{
    if (cell.decision < 0)
        return;
    const QVector<int> decisions = cell.decisions();
    double sum = 0;
    for (const int decision : decisions)
        sum += differenceOf(pair, static_cast<std::size_t>(decision), kind);
    const bool mean = kind == DifferenceKind::bits || kind == DifferenceKind::change;
    cell.value = signedRoot(mean ? sum / double(decisions.size()) : sum);
    cell.label = rangeLabel(pair, decisions);
}

QString bitsPerWeight(double bytes, double elements)
{
    return elements > 0 ? QLocale().toString(8 * bytes / elements, 'f', 2) : QString();
}

// Bits per weight of both sides below each column, damage by layer beside the rows.
void addSums(HeatmapData& data, const ComparedPair& pair)
{
    const auto columns = static_cast<int>(data.columns.size());
    QVector<double> a(columns), b(columns), elements(columns);
    for (int row = 0; row < data.rows.size(); ++row) {
        double damage = 0;
        bool some = false;
        for (int column = 0; column < columns; ++column)
            for (const int decision : data.cell(row, column).decisions()) {
                const auto d = static_cast<std::size_t>(decision);
                some = true;
                damage += differenceOf(pair, d, DifferenceKind::damage);
                a[column] += static_cast<double>(pair.a.side.cells[d].bytes);
                b[column] += static_cast<double>(pair.b.side.cells[d].bytes);
                elements[column] += static_cast<double>(pair.profile->decisions[d].elements);
            }
        data.rows[row].uniformDamage = unknownValue;
        data.rows[row].damage = some ? damage : unknownValue;
    }
    for (int column = 0; column < columns; ++column) {
        data.columns[column].bitsPerWeight = bitsPerWeight(a[column], elements[column]);
        data.columns[column].share = bitsPerWeight(b[column], elements[column]);
    }
}

} // namespace

HeatmapData differenceHeatmap(
    const HeatmapGrid& grid, const ComparedPair& pair, DifferenceKind kind, int opened)
{
    HeatmapData data = grid.blank;
    for (int at = 0; at < data.gridCells(); ++at)
        if (opened >= 0 && data.cells[at].decision == opened && data.cells[at].experts > 0) {
            data.openStrip(at, blankExperts(data.cells[at]));
            break;
        }
    for (HeatmapCell& cell : data.cells)
        fillCell(cell, pair, kind);
    addSums(data, pair);
    data.barTitle = DifferenceLegend::tr("Damage by layer, A − B");
    data.uniformTitle.clear();
    data.upperFooter = DifferenceLegend::tr("A bpw");
    data.lowerFooter = DifferenceLegend::tr("B bpw");
    return data;
}

double largestDifference(const HeatmapData& data)
{
    double largest = 0;
    for (const HeatmapCell& cell : data.cells)
        if (cell.decision >= 0 && std::isfinite(cell.value))
            largest = std::max(largest, std::abs(cell.value));
    return largest;
}

DifferenceLegend::DifferenceLegend(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour scale of the difference"));
}

QSize DifferenceLegend::sizeHint() const { return {210, 32}; }

void DifferenceLegend::setScale(DifferenceKind kind, double largest)
{
    const auto text = [kind](double value) {
        switch (kind) {
        case DifferenceKind::bits: return QLocale().toString(value, 'f', 0);
        case DifferenceKind::bytes: return sizeToQt(static_cast<std::uint64_t>(value));
        default: return scoreToQt(value, 2);
        }
    };
    m_scale = {ColorMap::difference, {{0.5, QStringLiteral("0")}}};
    if (largest > 0)
        m_scale.ticks = {{0, QChar(0x2212) + text(largest)}, m_scale.ticks.first(),
            {1, QLatin1Char('+') + text(largest)}};
    update();
}

void DifferenceLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintScaleBar(painter, QRectF(30, 2, width() - 60, scaleBarHeight), m_scale,
        plotTheme(palette(), font()));
}

} // namespace bitloupe::ui
