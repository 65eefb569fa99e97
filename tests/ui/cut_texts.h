// SPDX-License-Identifier: GPL-3.0-or-later
// Finds what a person cannot read whole: texts that are cut, parts that lie outside of what they
// lie in.
#pragma once

#include "ui/elided_combo_box.h"
#include "ui/elided_label.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QStringList>
#include <QStyleOptionComboBox>
#include <QTabBar>

namespace bitloupe::test {

inline QString nameOf(const QWidget& widget, const QString& text)
{
    return QStringLiteral("%1 \"%2\" %3x%4 at %5,%6")
        .arg(QLatin1String(widget.metaObject()->className()), text.left(60))
        .arg(widget.width())
        .arg(widget.height())
        .arg(widget.mapTo(widget.window(), QPoint()).x())
        .arg(widget.mapTo(widget.window(), QPoint()).y());
}

inline bool isCut(const QLabel& label)
{
    if (label.text().isEmpty() || dynamic_cast<const ui::ElidedLabel*>(&label))
        return false;
    if (label.wordWrap())
        return label.heightForWidth(label.width()) > label.height();
    return label.sizeHint().width() > label.width() || label.sizeHint().height() > label.height();
}

inline bool isCut(const QComboBox& box)
{
    if (dynamic_cast<const ui::ElidedComboBox*>(&box))
        return false;
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.frame = box.hasFrame();
    const QRect field = box.style()->subControlRect(
        QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    return box.fontMetrics().horizontalAdvance(box.currentText()) > field.width();
}

inline bool isCut(const QAbstractSpinBox& box)
{
    const auto* line = box.findChild<QLineEdit*>();
    return line && box.fontMetrics().horizontalAdvance(line->text()) > line->contentsRect().width();
}

inline bool isCut(const QTabBar& bar)
{
    return bar.count() > 0 && !bar.rect().contains(bar.tabRect(bar.count() - 1));
}

/// Only what scrolls may lie outside of what it lies in.
inline bool liesOutside(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    return parent && !widget.isWindow() && !parent->rect().contains(widget.geometry())
        && !qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
}

/// The window puts docks behind another, and tabs that it does not need, to the left of itself.
inline bool isPutAway(const QWidget& widget)
{
    for (const QWidget* one = &widget; one->parentWidget() && !one->isWindow();
         one = one->parentWidget())
        if (qobject_cast<const QMainWindow*>(one->parentWidget()))
            return one->geometry().right() < 0 && one->geometry().bottom() < 0;
    return false;
}

/// One line for each; empty when all can be read.
inline QStringList cutTexts(const QWidget& window)
{
    QStringList cut;
    const auto widgets = window.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (!widget->isVisibleTo(&window) || widget->window() != window.window()
            || isPutAway(*widget))
            continue;
        if (liesOutside(*widget))
            cut.append(QStringLiteral("outside: ") + nameOf(*widget, widget->accessibleName()));
        if (const auto* label = qobject_cast<const QLabel*>(widget); label && isCut(*label))
            cut.append(nameOf(*widget, label->text()));
        if (const auto* box = qobject_cast<const QComboBox*>(widget); box && isCut(*box))
            cut.append(nameOf(*widget, box->currentText()));
        if (const auto* box = qobject_cast<const QAbstractSpinBox*>(widget); box && isCut(*box))
            cut.append(nameOf(*widget, box->text()));
        if (const auto* bar = qobject_cast<const QTabBar*>(widget); bar && isCut(*bar))
            cut.append(nameOf(*widget, bar->tabText(bar->count() - 1)));
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget);
            button && !button->text().isEmpty()
            && button->minimumSizeHint().width() > button->width())
            cut.append(nameOf(*widget, button->text()));
    }
    return cut;
}

} // namespace bitloupe::test
