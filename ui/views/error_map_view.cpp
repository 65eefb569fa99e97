// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/error_map_view.h"

#include "ui/views/color_scale.h"
#include "ui/views/plot_theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int gap = 8;

// Where all but one in a thousand lie: one outlier would leave the rest without colour.
double endOfColours(QVector<float> values)
{
    if (values.isEmpty())
        return 0;
    for (float& value : values)
        value = std::abs(value);
    const qsizetype at = (values.size() - 1) * 999 / 1000;
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return double(values[at]);
}

QImage pictureOf(const QVector<float>& values, int rows, int columns, double largest, bool dark)
{
    QRgb table[256];
    for (int i = 0; i < 256; ++i)
        table[i] = differenceColor((i - 127.5) / 127.5, dark).rgb();
    QImage image(columns, rows, QImage::Format_RGB32);
    for (int row = 0; row < rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < columns; ++column) {
            const double share = largest > 0 ? double(values[row * columns + column]) / largest : 0;
            line[column] = table[std::clamp(static_cast<int>(127.5 + 127.5 * share), 0, 255)];
        }
    }
    return image;
}

} // namespace

ErrorMapView::ErrorMapView(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Weights before and after, and their error"));
}

void ErrorMapView::setData(const ErrorMapData& data)
{
    m_data = data;
    m_reason.clear();
    makePictures();
    update();
}

void ErrorMapView::setReason(const QString& reason)
{
    m_data = {};
    m_reason = reason;
    setAccessibleDescription(reason);
    update();
}

void ErrorMapView::makePictures()
{
    if (m_data.before.isEmpty())
        return;
    QVector<float> lost = m_data.after;
    for (qsizetype i = 0; i < lost.size(); ++i)
        lost[i] -= m_data.before[i];
    m_largest = endOfColours(m_data.before);
    m_largestLoss = endOfColours(lost);
    const bool dark = plotTheme(palette(), font()).dark;
    m_pictures[0] = pictureOf(m_data.before, m_data.rows, m_data.columns, m_largest, dark);
    m_pictures[1] = pictureOf(m_data.after, m_data.rows, m_data.columns, m_largest, dark);
    m_pictures[2] = pictureOf(lost, m_data.rows, m_data.columns, m_largestLoss, dark);
    setAccessibleDescription(tr("weights to %1, errors to %2")
                                 .arg(shortNumber(m_largest), shortNumber(m_largestLoss)));
}

QRect ErrorMapView::squareAt(int which) const
{
    const int text = 2 * QFontMetrics(plotTheme(palette(), font()).small).height() + 4;
    const int side = std::max(std::min((width() - 2 * gap) / 3, height() - text), 16);
    const int shownColumns = std::max(m_data.columns, 1), shownRows = std::max(m_data.rows, 1);
    const double scale = double(side) / std::max(shownColumns, shownRows);
    const int left = (width() - 3 * side - 2 * gap) / 2 + which * (side + gap);
    return QRect(left, text / 2, std::max(1, int(shownColumns * scale)),
        std::max(1, int(shownRows * scale)));
}

void ErrorMapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const PlotTheme theme = plotTheme(palette(), font());
    painter.setPen(theme.muted);
    if (m_data.before.isEmpty()) {
        painter.drawText(rect().adjusted(8, 0, -8, 0), Qt::AlignCenter | Qt::TextWordWrap, m_reason);
        return;
    }
    painter.setFont(theme.small);
    const QString titles[] = {tr("Before"), tr("After"), tr("Error")};
    const double ends[] = {m_largest, m_largest, m_largestLoss};
    const int line = painter.fontMetrics().height();
    for (int which = 0; which < 3; ++which) {
        const QRect at = squareAt(which);
        // More weights than pixels are averaged, or lines of them would be left out.
        const bool shrinks = at.width() * devicePixelRatioF() < m_data.columns;
        painter.setRenderHint(QPainter::SmoothPixmapTransform, shrinks);
        painter.drawImage(at, m_pictures[which]);
        painter.drawText(
            QRect(at.left(), at.top() - line - 1, at.width(), line), Qt::AlignCenter, titles[which]);
        painter.drawText(QRect(at.left() - gap / 2, at.bottom() + 1, at.width() + gap, line),
            Qt::AlignCenter, tr("±%1").arg(shortNumber(ends[which])));
    }
}

QString ErrorMapView::textAt(const QPoint& point) const
{
    for (int which = 0; which < 3 && !m_data.before.isEmpty(); ++which) {
        const QRect at = squareAt(which);
        if (!at.contains(point))
            continue;
        const int row = (point.y() - at.top()) * m_data.rows / at.height();
        const int column = (point.x() - at.left()) * m_data.columns / at.width();
        const qsizetype i = row * m_data.columns + column;
        return tr("Row %1, column %2: %3 becomes %4")
            .arg(m_data.firstRow + row)
            .arg(m_data.firstColumn + column)
            .arg(QLocale().toString(m_data.before[i], 'g', 4),
                QLocale().toString(m_data.after[i], 'g', 4));
    }
    return {};
}

bool ErrorMapView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), textAt(help->pos()), this);
    return true;
}

void ErrorMapView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        makePictures();
        update();
    }
}

} // namespace bitloupe::ui
