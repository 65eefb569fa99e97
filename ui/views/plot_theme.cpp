// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

// Whole decades, every n-th so that at most four are labelled; 1-2-5 steps within one decade.
class DecadeTicker : public QCPAxisTicker {
protected:
    QVector<double> createTickVector(double, const QCPRange& range) override
    {
        QVector<double> ticks;
        if (!(range.lower > 0) || !std::isfinite(range.upper))
            return ticks;
        const int first = static_cast<int>(std::ceil(std::log10(range.lower) - 1e-9));
        const int last = static_cast<int>(std::floor(std::log10(range.upper) + 1e-9));
        if (last - first < 1) {
            for (int decade = first - 1; decade <= last; ++decade)
                for (const int digit : {1, 2, 5})
                    ticks.append(digit * std::pow(10.0, decade));
            return ticks;
        }
        const int step = std::max((last - first + 3) / 4, 1);
        for (int decade = last; decade >= first; decade -= step)
            ticks.prepend(std::pow(10.0, decade));
        return ticks;
    }
    QVector<double> createSubTickVector(int, const QVector<double>&) override { return {}; }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        return shortNumber(tick);
    }
};

} // namespace

QString shortNumber(double value)
{
    const double size = std::abs(value);
    if (size == 0 || (size >= 0.00999 && size < 9999)) {
        QLocale locale;
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
        return locale.toString(value, 'g', 2 + (size >= 100) + (size >= 1000));
    }
    QString text = QString::number(value, 'e', 0);
    const int sign = text.at(text.indexOf(QLatin1Char('e')) + 1) == QLatin1Char('-') ? 1 : 0;
    const qsizetype e = text.indexOf(QLatin1Char('e'));
    const QString exponent = QString::number(text.mid(e + 2).toInt());
    return text.left(e + 1) + (sign ? QStringLiteral("-") : QString()) + exponent;
}

PlotTheme plotTheme(const QPalette& palette, const QFont& font)
{
    PlotTheme theme;
    theme.window = palette.color(QPalette::Window);
    theme.base = palette.color(QPalette::Base);
    theme.text = palette.color(QPalette::Text);
    theme.dark = theme.base.lightness() < 128;
    const auto pick = [&theme](const char* light, const char* dark) {
        return QColor(QLatin1String(theme.dark ? dark : light));
    };
    theme.muted = pick("#565c64", "#aeb4bb");
    theme.separator = pick("#c9ccd0", "#45494e");
    theme.grid = pick("#e4e6e8", "#34373b");
    theme.accent = pick("#1f6fa8", "#5aa9e6");
    theme.secondAccent = pick("#b35806", "#f0a04b");
    theme.warning = pick("#9a5b00", "#f0b04a");
    theme.error = pick("#b3261e", "#ff8a80");
    theme.good = pick("#1d6b3a", "#7fd09a");
    theme.barFill = pick("#9dc1dc", "#3d6688");
    theme.barEdge = pick("#5f96c0", "#5586ad"); // 3:1 on base, where the fill alone is less
    theme.hatch = pick("#9aa0a7", "#6d737a");
    theme.body = font;
    theme.small = font;
    if (font.pointSizeF() > 0)
        theme.small.setPointSizeF(font.pointSizeF() - 1);
    return theme;
}

void stylePlot(QCustomPlot& plot, const PlotTheme& theme)
{
    plot.setBackground(theme.base);
    for (QCPAxisRect* rect : plot.axisRects()) {
        rect->setBackground(theme.base);
        for (QCPAxis* axis : rect->axes()) {
            axis->setBasePen(QPen(theme.separator));
            axis->setTickPen(QPen(theme.separator));
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelColor(theme.muted);
            axis->setTickLabelFont(theme.small);
            axis->setLabelColor(theme.muted);
            axis->setLabelFont(theme.small);
            axis->setTickLengthIn(0);
            axis->setTickLengthOut(3);
            axis->grid()->setPen(QPen(theme.grid, 0));
            axis->grid()->setSubGridVisible(false);
            axis->grid()->setZeroLinePen(QPen(theme.grid, 0));
        }
    }
}

void framePlot(QCustomPlot& plot, const PlotTheme& theme)
{
    plot.setBackground(theme.window);
    for (QCPAxis* axis : {plot.xAxis2, plot.yAxis2}) {
        axis->setVisible(true);
        axis->setTicks(false);
        axis->setTickLabels(false);
    }
}

void restartPlot(QCustomPlot& plot, const PlotTheme& theme)
{
    plot.clearPlottables();
    plot.clearItems();
    stylePlot(plot, theme);
    framePlot(plot, theme);
}

QCPRange logRange(double lowest, double highest)
{
    if (!(lowest > 0) || !(highest > 0))
        return {0.1, 1};
    return lowest == highest ? QCPRange(lowest / 3, highest * 3)
                             : QCPRange(lowest / 1.5, highest * 1.5);
}

void useDecades(QCPAxis& axis)
{
    axis.setScaleType(QCPAxis::stLogarithmic);
    axis.setNumberFormat(QStringLiteral("g")); // else the plot spells powers of ten itself
    axis.setTicker(QSharedPointer<QCPAxisTicker>(new DecadeTicker));
}

} // namespace bitloupe::ui
