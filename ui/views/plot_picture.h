// SPDX-License-Identifier: GPL-3.0-or-later
// Plots as pictures for other programs: always on a light background, whatever the window wears.
#pragma once

#include <QString>
#include <QVector>

#include <optional>

class QWidget;

namespace bitloupe::ui {

enum class PictureFormat { png, svg, pdf };

/// By the ending of a file's name.
std::optional<PictureFormat> pictureFormatOf(const QString& file);

/// Views with a plot inside `window` that are to be seen, in the order they were made.
QVector<QWidget*> plotsIn(const QWidget& window);

/// Writes the plot of a view, `scale` times as large as it is now; false when that was impossible.
/// A scale multiplies the pixels of PNG; SVG and PDF keep lines and text in proportion.
bool savePicture(QWidget& view, const QString& file, PictureFormat format, double scale);

} // namespace bitloupe::ui
