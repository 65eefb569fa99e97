// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_titles.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int gap = 4; // between neighbours; the bold title of the current column takes some of it
constexpr int tallestTitle = 84;

// Columns as wide as that keep centred texts of these widths apart.
int widthFor(const QVector<int>& widths)
{
    int needed = widths.size() == 1 ? widths.first() : 0;
    for (qsizetype i = 1; i < widths.size(); ++i)
        needed = std::max(needed, (widths[i - 1] + widths[i] + 1) / 2 + gap);
    return needed;
}

int widthOfTitles(const HeatmapData& data, const PlotTheme& theme, bool words)
{
    const QFontMetrics metrics(theme.body);
    QVector<int> widths;
    for (const HeatmapColumn& column : data.columns) {
        int width = 0;
        const QStringList parts = words ? column.title.split(u' ') : QStringList {column.title};
        for (const QString& part : parts)
            width = std::max(width, metrics.horizontalAdvance(part));
        widths.append(width);
    }
    return widthFor(widths);
}

int widthOfFooters(const HeatmapData& data, const QFont& font)
{
    const QFontMetrics metrics(font);
    QVector<int> widths;
    const int usual = metrics.horizontalAdvance(QStringLiteral("00 %")); // for widths that stay
    for (const HeatmapColumn& column : data.columns)
        widths.append(std::max({usual, metrics.horizontalAdvance(column.bitsPerWeight),
            metrics.horizontalAdvance(column.share)}));
    return widthFor(widths);
}

qsizetype mostWords(const HeatmapData& data)
{
    qsizetype most = 1;
    for (const HeatmapColumn& column : data.columns)
        most = std::max(most, column.title.count(u' ') + 1);
    return most;
}

int longestTitle(const HeatmapData& data, const PlotTheme& theme)
{
    int longest = 0;
    for (const HeatmapColumn& column : data.columns)
        longest = std::max(
            longest, QFontMetrics(theme.body).horizontalAdvance(column.title));
    return std::min(longest, tallestTitle) + 6; // it may be bold
}

} // namespace

int comfortableColumn(const HeatmapData& data, const PlotTheme& theme)
{
    return std::max(widthOfTitles(data, theme, false), widthOfFooters(data, theme.body));
}

ColumnTexts columnTexts(const HeatmapData& data, const PlotTheme& theme, double columnWidth)
{
    ColumnTexts texts;
    texts.smallFooter = columnWidth < widthOfFooters(data, theme.body);
    texts.footer = columnWidth >= widthOfFooters(data, theme.small);
    if (columnWidth >= widthOfTitles(data, theme, false))
        return texts;
    if (columnWidth >= widthOfTitles(data, theme, true)) {
        texts.titles = ColumnTexts::Titles::words;
        texts.height = 8 + static_cast<int>(mostWords(data)) * QFontMetrics(theme.body).height();
    } else {
        texts.titles = ColumnTexts::Titles::upright;
        texts.height = 10 + longestTitle(data, theme);
    }
    return texts;
}

QString upperFooterTitle(const HeatmapData& data)
{
    return data.upperFooter.isEmpty() ? QCoreApplication::translate("HeatmapView", "bpw")
                                      : data.upperFooter;
}

QString lowerFooterTitle(const HeatmapData& data)
{
    return data.lowerFooter.isEmpty() ? QCoreApplication::translate("HeatmapView", "bytes")
                                      : data.lowerFooter;
}

QString columnTip(const HeatmapData& data, int column)
{
    const HeatmapColumn& one = data.columns[column];
    QString text = one.title;
    if (!one.bitsPerWeight.isEmpty())
        text += QStringLiteral("\n%1: %2").arg(upperFooterTitle(data), one.bitsPerWeight);
    if (!one.share.isEmpty())
        text += QStringLiteral("\n%1: %2").arg(lowerFooterTitle(data), one.share);
    return text;
}

void paintColumnTitle(QPainter& painter, const ColumnTexts& texts, const QString& title,
    const QRectF& cells)
{
    const double middle = cells.center().x(), bottom = cells.top() - 2;
    if (texts.titles != ColumnTexts::Titles::upright) {
        QString lines = title;
        if (texts.titles == ColumnTexts::Titles::words)
            lines.replace(u' ', u'\n');
        constexpr double wide = 400; // only the neighbours limit it, and they were asked
        painter.drawText(QRectF(middle - wide / 2, 0, wide, bottom),
            int(Qt::AlignHCenter | Qt::AlignBottom), lines);
        return;
    }
    painter.save();
    painter.translate(middle, bottom - 2);
    painter.rotate(-90);
    const double line = painter.fontMetrics().height();
    painter.drawText(QRectF(0, -line / 2, texts.height, line),
        int(Qt::AlignLeft | Qt::AlignVCenter),
        painter.fontMetrics().elidedText(title, Qt::ElideRight, texts.height - 6));
    painter.restore();
}

} // namespace bitloupe::ui
