// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plain_palette.h"

namespace bitloupe::ui {

QPalette plainPalette(bool dark)
{
    const auto color = [dark](const char* light, const char* night) {
        return QColor(QLatin1String(dark ? night : light));
    };
    QPalette palette(color("#efefef", "#2e3033"));
    const auto set = [&palette](QPalette::ColorRole role, const QColor& value) {
        palette.setColor(role, value);
    };
    const QColor text = color("#1b1d20", "#eceef0");
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
             QPalette::ToolTipText})
        set(role, text);
    set(QPalette::Base, color("#ffffff", "#222427"));
    set(QPalette::AlternateBase, color("#f5f5f5", "#2a2c2f"));
    set(QPalette::ToolTipBase, color("#ffffff", "#2e3033"));
    set(QPalette::PlaceholderText, color("#565c64", "#aeb4bb"));
    set(QPalette::Mid, color("#c9ccd0", "#45494e"));
    set(QPalette::Highlight, color("#1f6fa8", "#2a75b3"));
    set(QPalette::HighlightedText, Qt::white);
    set(QPalette::Link, color("#1f6fa8", "#6db3e8"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color("#9aa0a7", "#6d737a"));
    return palette;
}

} // namespace bitloupe::ui
