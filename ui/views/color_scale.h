// SPDX-License-Identifier: GPL-3.0-or-later
// Colours that carry meaning: magnitude maps, the bits palette, and digits readable on them.
// Pure functions of numbers; no widgets.
#pragma once

#include <QColor>
#include <QVector>

namespace bitloupe::ui {

enum class ColorMap { viridis, cividis, difference }; // the last one: of signs

/// Colour of a map at `position` in [0,1] (clamped), linear between its stops.
QColor mapColor(ColorMap map, double position, bool dark);
/// The stops of a map, evenly spaced over [0,1]. The middle of a difference is close to the ground
/// it is on, dark or not; the others are the same on both.
const QVector<QColor>& mapStops(ColorMap map, bool dark);

/// Colour of a difference: -1 blue, 0 neutral, 1 orange; beyond them as at them.
QColor differenceColor(double position, bool dark);

/// Colour of a bit width (2 3 4 5 6 8 16; others take the nearest) on a light or dark ground.
QColor bitsColor(int bits, bool dark);
/// The widths that have a colour of their own, rising.
const QVector<int>& paletteBits();

/// Black or white, whichever contrasts more with `background`.
QColor digitColor(const QColor& background);
/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace bitloupe::ui
