// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend.h"

#include "ui/views/paint_layer.h"
#include "ui/views/plot_theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLinearGradient>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int barWidth = 170;
constexpr int narrowestBar = 60;
constexpr int barMargins = 40; // for halves of the outer numbers
constexpr double tickRoom = 40;
constexpr int barHeight = 10;
constexpr int hatchWidth = 14;

struct Tick {
    double share, value;
};

// The ends, and between them round values: decades on a log scale, else thirds.
QVector<Tick> ticksOf(double lowest, double highest, bool logScale)
{
    if (!(highest > lowest)) // one value, drawn in the middle of the scale
        return {{0.5, lowest}};
    QVector<Tick> ticks = {{0, lowest}};
    const double decades = logScale ? std::log10(highest / lowest) : 0;
    if (decades >= 1.5) {
        const int count = static_cast<int>(std::floor(decades));
        const int step = std::max((count + 1) / 2, 1);
        for (int power = static_cast<int>(std::ceil(std::log10(lowest)));; power += step) {
            const double share = (power - std::log10(lowest)) / decades;
            if (share > 0.85)
                break;
            if (share > 0.15)
                ticks.append({share, std::pow(10.0, power)});
        }
    } else {
        for (const double share : {1 / 3.0, 2 / 3.0})
            ticks.append({share,
                logScale ? lowest * std::pow(highest / lowest, share)
                         : lowest + (highest - lowest) * share});
    }
    ticks.append({1, highest});
    return ticks;
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
    , m_scale {ColorMap::viridis, std::nan(""), std::nan("")}
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Colour scale"));
    setToolTip(tr("Click to set the ends of the colours"));
}

QSize ColorLegend::sizeHint() const { return {barWidth + barMargins, 32}; }

QSize ColorLegend::minimumSizeHint() const { return {narrowestBar + barMargins, 32}; }

void ColorLegend::setScale(const Scale& scale)
{
    m_scale = scale;
    m_scale.logScale = scale.logScale && scale.lowest > 0;
    setAccessibleDescription(std::isnan(scale.lowest)
            ? tr("no values yet")
            : tr("from %1 to %2").arg(shortNumber(scale.lowest), shortNumber(scale.highest)));
    update();
}

void ColorLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const PlotTheme theme = plotTheme(palette(), font());
    const QRectF bar(18, 2, std::min(barWidth, width() - barMargins), barHeight);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    const QVector<QColor>& stops = mapStops(m_scale.map);
    for (int i = 0; i < stops.size(); ++i)
        gradient.setColorAt(double(i) / double(stops.size() - 1), stops[i]);
    painter.fillRect(bar, gradient);
    if (hasFocus()) {
        painter.setPen(QPen(theme.text, 1, Qt::DotLine));
        painter.drawRect(bar.adjusted(-2, -2, 1, 1));
    }
    painter.setFont(theme.small);
    painter.setPen(theme.muted);
    const QVector<Tick> ticks = std::isnan(m_scale.lowest)
        ? QVector<Tick>()
        : ticksOf(m_scale.lowest, m_scale.highest, m_scale.logScale);
    // The ends always, and what fits between them.
    double last = -tickRoom;
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        const double x = bar.left() + std::round((bar.width() - 1) * ticks[i].share);
        const bool end = i + 1 == ticks.size();
        if (!end && (x - last < tickRoom || (i > 0 && bar.right() - x < tickRoom)))
            continue;
        last = x;
        painter.fillRect(QRectF(x, bar.bottom(), 1, 3), theme.muted);
        const QString sign = end && m_scale.upperClipped ? QStringLiteral("≥ ")
            : i == 0 && m_scale.lowerClipped             ? QStringLiteral("≤ ")
                                                         : QString();
        painter.drawText(QRectF(x - 28, bar.bottom() + 3, 56, 14), Qt::AlignCenter,
            sign + shortNumber(ticks[i].value));
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
