// SPDX-License-Identifier: GPL-3.0-or-later
// A line of plain text that gives way: what does not fit ends in an ellipsis, and is whole in the
// tool tip.
#pragma once

#include <QLabel>
#include <QPainter>
#include <QStyle>

namespace bitloupe::ui {

class ElidedLabel : public QLabel {
public:
    explicit ElidedLabel(QWidget* parent = nullptr)
        : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
    }
    QSize minimumSizeHint() const override
    {
        const QSize whole = QLabel::minimumSizeHint();
        return {qMin(whole.width(), fontMetrics().averageCharWidth() * fewestSigns), whole.height()};
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        const bool fits = fontMetrics().horizontalAdvance(text()) <= contentsRect().width();
        setToolTip(fits ? QString() : text().toHtmlEscaped());
        if (fits) {
            QLabel::paintEvent(event);
            return;
        }
        QPainter painter(this);
        const QString shown
            = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
        style()->drawItemText(&painter, contentsRect(),
            int(QStyle::visualAlignment(layoutDirection(), alignment())), palette(), isEnabled(),
            shown, foregroundRole());
    }

private:
    static constexpr int fewestSigns = 10;
};

} // namespace bitloupe::ui
