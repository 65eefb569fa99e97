// SPDX-License-Identifier: GPL-3.0-or-later
// Plots as pictures for other programs: always on a light background, whatever the window wears.
#pragma once

#include "base/result.h"
#include "job/job.h"

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QVector>

#include <optional>

class QPainter;
class QWidget;

namespace bitloupe::ui {

enum class PictureFormat { png, svg, pdf };

/// What a view adds to its plot in a picture, where widgets around it say so in the window.
class PictureFrame {
public:
    virtual ~PictureFrame() = default;
    virtual int captionHeight() const = 0; // 0: none
    virtual void paintCaption(QPainter& painter) const = 0; // as wide as the plot, from its top
    /// How much of the plot there is to see from its top; the rest is left out.
    virtual int plotHeight() const = 0;
};

/// What a view without a frame is about, such as a tensor's name: its pictures begin with it and with
/// what the view is called. Empty: nothing is added.
void setPictureSubject(QWidget& view, const QString& subject);

/// By the ending of a file's name.
std::optional<PictureFormat> pictureFormatOf(const QString& file);

/// Views with a plot inside `window` that are to be seen, in the order they were made.
QVector<QWidget*> plotsIn(const QWidget& window);

/// A plot drawn, but neither encoded nor written.
struct Picture {
    QImage image; // pixels, where they are to be encoded
    QByteArray bytes; // else the file
};

/// Of a picture at scale 1.
QSize pictureSize(const QWidget& view);

/// The plot of a view with its frame, `scale` times as large as it is now; empty when that was
/// impossible. A scale multiplies the pixels of PNG; SVG and PDF keep lines and text in proportion.
Picture drawPicture(QWidget& view, PictureFormat format, double scale);

/// Encodes and writes, whole or not at all; on any thread. A stop is heeded at once while it
/// encodes. Errors: outOfMemory for an empty picture, ioWrite, noSpace, cancelled.
Result<void> writePicture(const Picture& picture, const QString& file, const Job& job = {});

/// Both on this thread.
Result<void> savePicture(QWidget& view, const QString& file, PictureFormat format, double scale);

} // namespace bitloupe::ui
