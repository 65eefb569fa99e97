// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend.h"

#include "ui/views/plot_theme.h"

#include <QHBoxLayout>
#include <QLinearGradient>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int barWidth = 170;
constexpr int barHeight = 10;

QString tickText(double value)
{
    const double size = std::abs(value);
    const bool plain = size == 0 || (size >= 0.01 && size < 1000);
    return plain ? QString::number(value, 'g', 2) : QString::number(value, 'e', 0);
}

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
    , m_lowest(std::nan(""))
    , m_highest(std::nan(""))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour scale"));
}

QSize ColorLegend::sizeHint() const { return {barWidth + 130, 30}; }

void ColorLegend::setScale(
    ColorMap map, double lowest, double highest, bool logScale, bool clipped)
{
    m_map = map;
    m_lowest = lowest;
    m_highest = highest;
    m_logScale = logScale && lowest > 0;
    m_clipped = clipped;
    setAccessibleDescription(std::isnan(lowest)
            ? tr("no values yet")
            : tr("from %1 to %2").arg(tickText(lowest), tickText(highest)));
    update();
}

void ColorLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const PlotTheme theme = plotTheme(palette(), font());
    const QRectF bar(18, 2, barWidth, barHeight);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    const QVector<QColor>& stops = mapStops(m_map);
    for (int i = 0; i < stops.size(); ++i)
        gradient.setColorAt(double(i) / double(stops.size() - 1), stops[i]);
    painter.fillRect(bar, gradient);
    painter.setFont(theme.small);
    painter.setPen(theme.muted);
    for (int i = 0; i < 4 && !std::isnan(m_lowest); ++i) {
        const double share = i / 3.0;
        const double value = m_logScale ? m_lowest * std::pow(m_highest / m_lowest, share)
                                        : m_lowest + (m_highest - m_lowest) * share;
        const double x = bar.left() + bar.width() * share;
        const QString sign = i == 3 && m_clipped ? QStringLiteral("≥ ") : QString();
        painter.drawText(
            QRectF(x - 28, bar.bottom() + 1, 56, 14), Qt::AlignCenter, sign + tickText(value));
    }
    const QRectF square(bar.right() + 34, 1, 14, 12);
    painter.fillRect(square, QBrush(theme.hatch, Qt::BDiagPattern));
    painter.drawText(QRectF(square.right() + 5, 0, 80, 14), Qt::AlignLeft | Qt::AlignVCenter,
        tr("unknown"));
}

BitsLegend::BitsLegend(QWidget* parent)
    : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (const int bits : paletteBits()) {
        auto* chip = new QToolButton(this);
        chip->setCheckable(true);
        chip->setAutoRaise(true);
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setIconSize({22, 16});
        chip->setFocusPolicy(Qt::TabFocus);
        connect(chip, &QToolButton::toggled, this, &BitsLegend::filterChanged);
        row->addWidget(chip);
        m_chips.insert(bits, chip);
    }
    setAccessibleName(tr("Bits of the plan"));
    setCounts({});
}

void BitsLegend::setCounts(const QMap<int, int>& decisionsByBits)
{
    const PlotTheme theme = plotTheme(palette(), font());
    for (auto chip = m_chips.cbegin(); chip != m_chips.cend(); ++chip) {
        const int count = decisionsByBits.value(chip.key());
        chip.value()->setIcon(swatch(chip.key(), theme.dark, theme.small));
        chip.value()->setText(QString::number(count));
        chip.value()->setToolTip(tr("%n tensor(s) at %1 bits; click to show only these", nullptr, count)
                                     .arg(chip.key()));
        chip.value()->setAccessibleName(tr("%1 bits: %2").arg(chip.key()).arg(count));
    }
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
