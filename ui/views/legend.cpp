// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend.h"

#include "ui/views/paint_layer.h"
#include "ui/views/plot_theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int barWidth = 170;
constexpr int narrowestBar = 60;
constexpr int barMargins = 40; // for halves of the outer numbers
constexpr int hatchWidth = 14;

// A filled square with the width's colour, for a chip.
QIcon swatch(int bits, bool dark, const QFont& font)
{
    QPixmap pixmap(44, 32);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(bitsColor(bits, dark));
    QPainter painter(&pixmap);
    painter.setFont(font);
    painter.setPen(digitColor(bitsColor(bits, dark)));
    painter.drawText(QRectF(0, 0, 22, 16), Qt::AlignCenter, QString::number(bits));
    return QIcon(pixmap);
}

} // namespace

ColorLegend::ColorLegend(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Colour scale"));
    setToolTip(tr("Click to set the ends of the colours"));
}

QSize ColorLegend::sizeHint() const { return {barWidth + barMargins, 32}; }

QSize ColorLegend::minimumSizeHint() const { return {narrowestBar + barMargins, 32}; }

void ColorLegend::setScale(ColorMap map, const ScaleEnds& ends)
{
    m_scale = {map, scaleTicks(ends)};
    setAccessibleDescription(std::isnan(ends.lowest)
            ? tr("no values yet")
            : tr("from %1 to %2").arg(shortNumber(ends.lowest), shortNumber(ends.highest)));
    update();
}

void ColorLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const PlotTheme theme = plotTheme(palette(), font());
    const QRectF bar(18, 2, std::min(barWidth, width() - barMargins), scaleBarHeight);
    paintScaleBar(painter, bar, m_scale, theme);
    if (hasFocus()) {
        painter.setPen(QPen(theme.text, 1, Qt::DotLine));
        painter.drawRect(bar.adjusted(-2, -2, 1, 1));
    }
}

void ColorLegend::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit editRequested();
}

void ColorLegend::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter)
        emit editRequested();
    else
        QWidget::keyPressEvent(event);
}

void ColorLegend::focusInEvent(QFocusEvent*) { update(); }
void ColorLegend::focusOutEvent(QFocusEvent*) { update(); }

HatchLegend::HatchLegend(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void HatchLegend::setShown(bool unknown, bool notFinite, bool failed)
{
    m_unknown = unknown;
    m_notFinite = notFinite;
    m_failed = failed;
    setAccessibleName(tr("Hatched: %1").arg(words().join(QStringLiteral(", "))));
    setVisible(unknown || notFinite || failed);
    updateGeometry();
    update();
}

QStringList HatchLegend::words() const
{
    QStringList list;
    if (m_unknown)
        list.append(tr("unknown"));
    if (m_notFinite)
        list.append(tr("NaN or infinite"));
    if (m_failed)
        list.append(tr("! not measured"));
    return list;
}

QSize HatchLegend::sizeHint() const
{
    const QFontMetrics metrics(plotTheme(palette(), font()).small);
    int width = 0;
    const QStringList all = words();
    for (const QString& word : all)
        width += hatchWidth + 5 + metrics.horizontalAdvance(word) + 12;
    return {width, 32};
}

void HatchLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const PlotTheme theme = plotTheme(palette(), font());
    painter.setFont(theme.small);
    double left = 0;
    const QStringList all = words();
    for (qsizetype i = 0; i < all.size(); ++i) {
        const bool unknown = m_unknown && i == 0;
        painter.fillRect(QRectF(left, 1, hatchWidth, 12),
            hatchBrush(unknown ? theme.hatch : theme.error, devicePixelRatioF()));
        const int width = painter.fontMetrics().horizontalAdvance(all[i]);
        painter.setPen(theme.muted);
        painter.drawText(QRectF(left + hatchWidth + 5, 0, width + 2, 14),
            Qt::AlignLeft | Qt::AlignVCenter, all[i]);
        left += hatchWidth + 5 + width + 12;
    }
}

void HatchLegend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

BitsLegend::BitsLegend(QWidget* parent)
    : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (const int bits : paletteBits()) {
        auto* chip = new QToolButton(this);
        chip->setCheckable(true);
        chip->setAutoRaise(true);
        chip->setIconSize({22, 16});
        chip->setFocusPolicy(Qt::TabFocus);
        connect(chip, &QToolButton::toggled, this, &BitsLegend::filterChanged);
        row->addWidget(chip);
        m_chips.insert(bits, chip);
    }
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(tr("Bits of the plan"));
    setCounts({});
}

void BitsLegend::setCounts(const QMap<int, int>& decisionsByBits)
{
    m_counts = decisionsByBits;
    const PlotTheme theme = plotTheme(palette(), font());
    for (auto chip = m_chips.cbegin(); chip != m_chips.cend(); ++chip) {
        const int count = decisionsByBits.value(chip.key());
        chip.value()->setIcon(swatch(chip.key(), theme.dark, theme.small));
        chip.value()->setText(QLatin1Char(' ') + QString::number(count));
        chip.value()->setToolTip(tr("%n tensor(s) at %1 bits; click to show only these", nullptr, count)
                                     .arg(chip.key()));
        chip.value()->setAccessibleName(tr("%1 bits: %2").arg(chip.key()).arg(count));
    }
    setChipStyle(Qt::ToolButtonIconOnly);
    m_without = layout()->sizeHint();
    setChipStyle(Qt::ToolButtonTextBesideIcon);
    m_withCounts = layout()->sizeHint();
    updateGeometry();
    showCountsIfRoom();
}

QSize BitsLegend::sizeHint() const { return m_withCounts; }

QSize BitsLegend::minimumSizeHint() const { return m_without; }

void BitsLegend::setChipStyle(Qt::ToolButtonStyle style)
{
    for (QToolButton* chip : qAsConst(m_chips))
        chip->setToolButtonStyle(style);
}

void BitsLegend::showCountsIfRoom()
{
    setChipStyle(
        width() < m_withCounts.width() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

void BitsLegend::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showCountsIfRoom();
}

void BitsLegend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        setCounts(QMap<int, int>(m_counts)); // the swatches are pictures
}

QList<int> BitsLegend::filter() const
{
    QList<int> on;
    for (auto chip = m_chips.cbegin(); chip != m_chips.cend(); ++chip)
        if (chip.value()->isChecked())
            on.append(chip.key());
    return on;
}

} // namespace bitloupe::ui
