// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/memory_bar.h"

#include <QPainter>
#include <QPalette>

#include <algorithm>

namespace bitloupe::ui {
namespace {

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

} // namespace

MemoryBar::MemoryBar(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(12);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Memory use"));
}

QColor MemoryBar::segmentColor(int index, const QPalette& palette)
{
    const bool dark = isDark(palette);
    switch (index) {
    case 0:
        return palette.color(QPalette::Highlight);
    case 1:
        return QColor(QLatin1String(dark ? "#f0a04b" : "#b35806"));
    case 2:
        return QColor(QLatin1String(dark ? "#9aa0a7" : "#7b8087"));
    default:
        return QColor(QLatin1String(dark ? "#60656b" : "#b3b8be"));
    }
}

void MemoryBar::setSegments(const QVector<double>& segments, double total)
{
    m_segments = segments;
    m_total = total;
    update();
}

void MemoryBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    double used = 0;
    for (const double segment : m_segments)
        used += segment;
    const double whole = std::max({m_total, used, 1.0});
    double at = 0;
    for (int i = 0; i < m_segments.size(); ++i) {
        const double end = at + m_segments[i];
        const QRectF part(width() * at / whole, 0, width() * (end - at) / whole, height());
        painter.fillRect(part, segmentColor(i, palette()));
        at = end;
    }
    if (used > m_total && m_total > 0) {
        const double limit = width() * m_total / whole;
        const QColor error(QLatin1String(isDark(palette()) ? "#ff8a80" : "#b3261e"));
        painter.fillRect(QRectF(limit, 0, width() - limit, height()), error);
    }
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace bitloupe::ui
