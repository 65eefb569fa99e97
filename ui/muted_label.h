// SPDX-License-Identifier: GPL-3.0-or-later
// A label in the palette's colour for what is said in passing.
#pragma once

#include <QLabel>

namespace bitloupe::ui {

inline QLabel* mutedLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace bitloupe::ui
