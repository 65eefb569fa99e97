// SPDX-License-Identifier: GPL-3.0-or-later
// A label that says less where there is little room, rather than be cut.
#pragma once

#include <QLabel>

#include <utility>

namespace bitloupe::ui {

class ShortenedLabel : public QLabel {
public:
    using QLabel::QLabel;

    void setTexts(QString whole, QString brief)
    {
        m_whole = std::move(whole);
        m_brief = std::move(brief);
        choose();
    }
    QSize minimumSizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(m_brief), QLabel::minimumSizeHint().height()};
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        choose();
    }

private:
    void choose()
    {
        const bool fits = fontMetrics().horizontalAdvance(m_whole) <= contentsRect().width();
        const QString& wanted = fits ? m_whole : m_brief;
        if (text() != wanted)
            setText(wanted);
    }

    QString m_whole, m_brief;
};

} // namespace bitloupe::ui
