// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/scale_bar.h"

#include "ui/views/plot_theme.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double tickRoom = 40;

struct Tick {
    double share, value;
};

QVector<Tick> ticksBetween(double lowest, double highest, bool logScale)
{
    QVector<Tick> ticks;
    const double decades = logScale ? std::log10(highest / lowest) : 0;
    if (decades < 1.5) {
        for (const double share : {1 / 3.0, 2 / 3.0})
            ticks.append({share,
                logScale ? lowest * std::pow(highest / lowest, share)
                         : lowest + (highest - lowest) * share});
        return ticks;
    }
    const int step = std::max((static_cast<int>(std::floor(decades)) + 1) / 2, 1);
    for (int power = static_cast<int>(std::ceil(std::log10(lowest)));; power += step) {
        const double share = (power - std::log10(lowest)) / decades;
        if (share > 0.85)
            return ticks;
        if (share > 0.15)
            ticks.append({share, std::pow(10.0, power)});
    }
}

} // namespace

QVector<ScaleTick> scaleTicks(const ScaleEnds& ends)
{
    if (std::isnan(ends.lowest))
        return {};
    if (!(ends.highest > ends.lowest))
        return {{0.5, shortNumber(ends.lowest)}};
    const auto sign = [](bool clipped, const char* text) {
        return clipped ? QString::fromUtf8(text) : QString();
    };
    if (ends.lowest == -ends.highest) {
        const QString number = shortNumber(ends.highest);
        return {{0, sign(ends.lowerClipped, "≤ ") + QChar(0x2212) + number},
            {0.5, QStringLiteral("0")},
            {1, sign(ends.upperClipped, "≥ ") + QLatin1Char('+') + number}};
    }
    QVector<ScaleTick> ticks
        = {{0, sign(ends.lowerClipped, "≤ ") + shortNumber(ends.lowest)}};
    const auto between
        = ticksBetween(ends.lowest, ends.highest, ends.logScale && ends.lowest > 0);
    for (const Tick& tick : between)
        ticks.append({tick.share, shortNumber(tick.value)});
    ticks.append({1, sign(ends.upperClipped, "≥ ") + shortNumber(ends.highest)});
    return ticks;
}

void paintScaleBar(
    QPainter& painter, const QRectF& bar, const ScaleBar& scale, const PlotTheme& theme)
{
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    const QVector<QColor>& stops = mapStops(scale.map, theme.dark);
    for (int i = 0; i < stops.size(); ++i)
        gradient.setColorAt(double(i) / double(stops.size() - 1), stops[i]);
    painter.fillRect(bar, gradient);
    painter.setFont(theme.small);
    painter.setPen(theme.muted);
    double last = -tickRoom;
    for (qsizetype i = 0; i < scale.ticks.size(); ++i) {
        const double x = bar.left() + std::round((bar.width() - 1) * scale.ticks[i].share);
        const bool end = i + 1 == scale.ticks.size();
        if (!end && (x - last < tickRoom || (i > 0 && bar.right() - x < tickRoom)))
            continue;
        last = x;
        painter.fillRect(QRectF(x, bar.bottom(), 1, 3), theme.muted);
        painter.drawText(QRectF(x - 28, bar.bottom() + 3, 56, 14),
            Qt::AlignCenter | Qt::TextDontClip, scale.ticks[i].text);
    }
}

} // namespace bitloupe::ui
