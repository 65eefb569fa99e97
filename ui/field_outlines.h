// SPDX-License-Identifier: GPL-3.0-or-later
// Qt's own style takes the outlines of fields and boxes from the window's colour, made darker: on a
// dark window nobody sees them. Other styles are left as they are.
#pragma once

class QColor;
class QPalette;

namespace bitloupe::ui {

/// In a dark palette, what stands out against both the window and its fields; else invalid.
QColor fieldOutline(const QPalette& palette);

/// Draws it, where the application's style is Fusion. Follows every later palette.
void outlineFields();

} // namespace bitloupe::ui
