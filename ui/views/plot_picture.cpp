// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/plot_picture.h"

#include <qcustomplot.h>

#include <QSvgGenerator>

namespace bitloupe::ui {
namespace {

QPalette paper()
{
    QPalette palette(QColor(0xef, 0xef, 0xef));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, QColor(0x1b, 0x1d, 0x20));
    palette.setColor(QPalette::Window, Qt::white);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::PlaceholderText, QColor(0x56, 0x5c, 0x64));
    palette.setColor(QPalette::Mid, QColor(0xc9, 0xcc, 0xd0));
    palette.setColor(QPalette::Highlight, QColor(0x1f, 0x6f, 0xa8));
    return palette;
}

// The view wears the palette of paper while this lives; nothing of it reaches the screen.
class OnPaper {
public:
    explicit OnPaper(QWidget& view)
        : m_view(view)
        , m_own(view.testAttribute(Qt::WA_SetPalette))
        , m_before(view.palette())
    {
        m_view.setUpdatesEnabled(false);
        m_view.setPalette(paper());
    }
    ~OnPaper()
    {
        m_view.setPalette(m_own ? m_before : QPalette());
        m_view.setUpdatesEnabled(true);
    }
    OnPaper(const OnPaper&) = delete;
    OnPaper& operator=(const OnPaper&) = delete;

private:
    QWidget& m_view;
    bool m_own;
    QPalette m_before;
};

QCustomPlot* plotOf(const QWidget& view)
{
    return view.findChild<QCustomPlot*>(QString(), Qt::FindDirectChildrenOnly);
}

bool saveSvg(QCustomPlot& plot, const QString& file, const QSize& size, double scale)
{
    QSvgGenerator generator;
    generator.setFileName(file);
    generator.setSize((QSizeF(size) * scale).toSize());
    generator.setViewBox(QRect(QPoint(), size));
    QCPPainter painter;
    if (!painter.begin(&generator))
        return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.fillRect(QRect(QPoint(), size), Qt::white);
    plot.toPainter(&painter, size.width(), size.height());
    return painter.end();
}

} // namespace

std::optional<PictureFormat> pictureFormatOf(const QString& file)
{
    for (const auto& [ending, format] : {std::pair(".png", PictureFormat::png),
             std::pair(".svg", PictureFormat::svg), std::pair(".pdf", PictureFormat::pdf)})
        if (file.endsWith(QLatin1String(ending), Qt::CaseInsensitive))
            return format;
    return std::nullopt;
}

QVector<QWidget*> plotsIn(const QWidget& window)
{
    QVector<QWidget*> views;
    const auto plots = window.findChildren<QCustomPlot*>();
    for (const QCustomPlot* plot : plots)
        if (plot->isVisible() && plot->parentWidget())
            views.append(plot->parentWidget());
    return views;
}

bool savePicture(QWidget& view, const QString& file, PictureFormat format, double scale)
{
    QCustomPlot* plot = plotOf(view);
    if (!plot || !(scale > 0))
        return false;
    const OnPaper onPaper(view);
    const QSize size = plot->size();
    switch (format) {
    case PictureFormat::png: return plot->savePng(file, size.width(), size.height(), scale);
    case PictureFormat::svg: return saveSvg(*plot, file, size, scale);
    case PictureFormat::pdf:
        return plot->savePdf(file, static_cast<int>(size.width() * scale),
            static_cast<int>(size.height() * scale));
    }
    return false;
}

} // namespace bitloupe::ui
