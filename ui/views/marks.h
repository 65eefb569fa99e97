// SPDX-License-Identifier: GPL-3.0-or-later
// The small signs of cells and list rows: pinned, linked.
#pragma once

#include <QIcon>
#include <QPainter>
#include <QPalette>

namespace bitloupe::ui {

/// A drawing pin, pointing down, in a square.
void paintPin(QPainter& painter, const QRectF& square, const QColor& color);
/// Two links of a chain.
void paintChain(QPainter& painter, const QRectF& square, const QColor& color);

/// Both signs as an icon for lists, for plain and for selected rows; null when there is none.
QIcon markIcon(bool pinned, bool linked, const QPalette& palette);

} // namespace bitloupe::ui
