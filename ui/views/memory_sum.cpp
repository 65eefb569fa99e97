// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/memory_sum.h"

#include "ui/qt_text.h"
#include "ui/views/memory_bar.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPixmap>

namespace bitloupe::ui {
namespace {

constexpr int squareSize = 9;

QFont boldFont(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

MemorySum::MemorySum(const QStringList& names, QWidget* parent)
    : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    m_bar = new MemoryBar(this);
    grid->addWidget(m_bar, 0, 0, 1, 3);
    QStringList lines = names;
    lines.append(tr("Free"));
    for (int i = 0; i < lines.size(); ++i) {
        if (lines[i].isEmpty()) {
            m_squares.append(nullptr);
            m_values.append(nullptr);
            continue;
        }
        auto* name = new QLabel(lines[i], this);
        m_values.append(new QLabel(this));
        m_values.back()->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        if (i < names.size()) {
            m_squares.append(new QLabel(this));
            grid->addWidget(m_squares.back(), 1 + i, 0);
        } else {
            name->setFont(boldFont(font()));
            m_values.back()->setFont(name->font());
        }
        m_values.back()->setAccessibleName(lines[i]);
        grid->addWidget(name, 1 + i, 1);
        grid->addWidget(m_values.back(), 1 + i, 2);
    }
    m_fits = new QLabel(this);
    m_fits->setFont(boldFont(font()));
    m_fits->setWordWrap(true);
    const int end = 1 + static_cast<int>(lines.size());
    grid->addWidget(m_fits, end, 0, 1, 3);
    grid->setRowStretch(end + 1, 1);
    grid->setColumnStretch(1, 1);
    paintSquares();
}

void MemorySum::paintSquares()
{
    for (int i = 0; i < m_squares.size(); ++i) {
        QPixmap square(squareSize, squareSize);
        square.fill(MemoryBar::segmentColor(i, palette()));
        if (m_squares[i])
            m_squares[i]->setPixmap(square);
    }
}

void MemorySum::setTerms(const QVector<std::optional<std::uint64_t>>& terms, std::uint64_t usable,
    const QString& whyUnknown)
{
    QVector<double> segments;
    std::uint64_t needed = 0;
    bool known = true;
    for (int i = 0; i < terms.size(); ++i) {
        const auto& term = terms[i];
        if (m_values[i])
            m_values[i]->setText(term ? sizeToQt(*term) : tr("unknown"));
        segments.append(term ? double(*term) : 0);
        needed += term.value_or(0);
        known = known && term.has_value();
    }
    m_bar->setSegments(segments, double(usable));
    const bool fits = needed <= usable;
    m_overfull = !fits;
    m_values.back()->setText(!known ? tr("unknown") : sizeToQt(fits ? usable - needed : 0));
    const QString verdict = fits ? tr("Fits: %1 of %2") : tr("Does not fit: %1 of %2");
    m_fits->setToolTip({});
    m_fits->setText(known || !fits ? verdict.arg(sizeToQt(needed), sizeToQt(usable)) : whyUnknown);
}

void MemorySum::clear()
{
    m_overfull = false;
    m_bar->setSegments({}, 0);
    for (QLabel* value : qAsConst(m_values))
        if (value)
            value->clear();
    m_fits->clear();
}

void MemorySum::say(const QString& verdict, const QString& details)
{
    m_fits->setText(verdict);
    m_fits->setToolTip(Qt::convertFromPlainText(details, Qt::WhiteSpaceNormal));
}

QString MemorySum::verdict() const { return m_fits->text(); }

void MemorySum::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintSquares();
}

} // namespace bitloupe::ui
