// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/heatmap_caption.h"

#include "ui/views/plot_theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace bitloupe::ui {
namespace {

constexpr int margin = 16, lineHeight = 20;
constexpr int keyHeight = scaleHeight + 4;
constexpr int barWidth = 170, besideBar = 30; // for halves of the outer numbers
constexpr int swatchWidth = 22, swatchHeight = 16, gap = 6;

QFont bold(const QFont& font)
{
    QFont heavy = font;
    heavy.setBold(true);
    return heavy;
}

int keyWidth(const HeatmapCaption& caption, const PlotTheme& theme)
{
    if (caption.bits.isEmpty())
        return barWidth + 2 * besideBar;
    const QFontMetrics metrics(theme.body);
    int width = 0;
    for (const int count : caption.bits)
        width += swatchWidth + metrics.horizontalAdvance(QString::number(count)) + 3 * gap;
    return width;
}

bool fitsOneLine(const HeatmapCaption& caption, int width, const PlotTheme& theme)
{
    const int title = QFontMetrics(bold(theme.body)).horizontalAdvance(caption.title);
    return title + keyWidth(caption, theme) + 3 * margin <= width;
}

void paintBits(
    QPainter& painter, int left, int top, const HeatmapCaption& caption, const PlotTheme& theme)
{
    const QFontMetrics metrics(theme.body);
    for (auto one = caption.bits.cbegin(); one != caption.bits.cend(); ++one) {
        const QRect swatch(left, top, swatchWidth, swatchHeight);
        const QColor color = bitsColor(one.key(), theme.dark);
        painter.fillRect(swatch, color);
        painter.setFont(theme.small);
        painter.setPen(digitColor(color));
        painter.drawText(swatch, Qt::AlignCenter, QString::number(one.key()));
        const QString count = QString::number(one.value());
        const int width = metrics.horizontalAdvance(count);
        painter.setFont(theme.body);
        painter.setPen(theme.text);
        painter.drawText(QRect(swatch.right() + 1 + gap, top, width, swatchHeight),
            Qt::AlignVCenter | Qt::TextDontClip, count);
        left += swatchWidth + width + 3 * gap;
    }
}

} // namespace

int captionHeight(const HeatmapCaption& caption, int width, const PlotTheme& theme)
{
    if (caption.title.isEmpty())
        return 0;
    return margin / 2 + keyHeight + (fitsOneLine(caption, width, theme) ? 0 : lineHeight);
}

void paintCaption(
    QPainter& painter, int width, const HeatmapCaption& caption, const PlotTheme& theme)
{
    const bool oneLine = fitsOneLine(caption, width, theme);
    const QRect title(margin, margin / 2, width - 2 * margin, lineHeight);
    painter.setFont(bold(theme.body));
    painter.setPen(theme.text);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignTop,
        painter.fontMetrics().elidedText(caption.title, Qt::ElideMiddle, title.width()));
    const int left = oneLine ? width - margin - keyWidth(caption, theme) : margin;
    const int top = oneLine ? title.top() : title.bottom() + 1;
    if (caption.bits.isEmpty())
        paintScaleBar(painter,
            QRectF(left + besideBar, top + 2, barWidth, scaleBarHeight), caption.scale, theme);
    else
        paintBits(painter, left, top, caption, theme);
}

} // namespace bitloupe::ui
