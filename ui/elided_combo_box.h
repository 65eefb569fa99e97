// SPDX-License-Identifier: GPL-3.0-or-later
// A choice that gives way: a title that does not fit ends in an ellipsis, and is whole in the tool
// tip and in the list.
#pragma once

#include <QAbstractItemView>
#include <QComboBox>
#include <QStyleOptionComboBox>
#include <QStylePainter>

namespace bitloupe::ui {

class ElidedComboBox : public QComboBox {
public:
    using QComboBox::QComboBox;

    void showPopup() override
    {
        view()->setMinimumWidth(view()->sizeHintForColumn(0) + margin);
        QComboBox::showPopup();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QStylePainter painter(this);
        QStyleOptionComboBox option;
        initStyleOption(&option);
        const int room = style()
                             ->subControlRect(QStyle::CC_ComboBox, &option,
                                 QStyle::SC_ComboBoxEditField, this)
                             .width()
            - option.iconSize.width() * (option.currentIcon.isNull() ? 0 : 1) - 4;
        const QString whole = option.currentText;
        option.currentText = fontMetrics().elidedText(whole, Qt::ElideRight, room);
        setToolTip(option.currentText == whole ? QString() : whole.toHtmlEscaped());
        painter.drawComplexControl(QStyle::CC_ComboBox, option);
        painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    }

private:
    static constexpr int margin = 24; // the list's frame and scroll bar
};

} // namespace bitloupe::ui
