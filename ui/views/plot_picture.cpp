// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/plot_picture.h"

#include "base/output_directory.h"
#include "ui/qt_text.h"
#include "ui/views/plot_theme.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <QThreadPool>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <memory>
#include <mutex>

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

constexpr const char* subjectProperty = "pictureSubject";
constexpr int titleMargin = 8, titleLine = 18;

QString pictureSubject(const QWidget& view) { return view.property(subjectProperty).toString(); }

// In bold what it is about, below it what the view shows.
class TitleFrame final : public PictureFrame {
public:
    TitleFrame(const QWidget& view, const QCustomPlot& plot)
        : m_view(view)
        , m_plot(plot)
    {
    }
    int captionHeight() const override
    {
        return pictureSubject(m_view).isEmpty() ? 0 : 2 * titleMargin + 2 * titleLine;
    }
    int plotHeight() const override { return m_plot.height(); }
    void paintCaption(QPainter& painter) const override
    {
        const PlotTheme theme = plotTheme(m_view.palette(), m_view.font());
        QFont bold = theme.body;
        bold.setBold(true);
        QRect line(titleMargin, titleMargin, m_plot.width() - 2 * titleMargin, titleLine);
        for (const auto& [text, font] : {std::pair(pictureSubject(m_view), bold),
                 std::pair(m_view.accessibleName(), theme.body)}) {
            painter.setFont(font);
            painter.setPen(theme.text);
            painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                painter.fontMetrics().elidedText(text, Qt::ElideMiddle, line.width()));
            line.translate(0, titleLine);
        }
    }

private:
    const QWidget& m_view;
    const QCustomPlot& m_plot;
};

// A plot with what its view puts around it.
struct Subject {
    explicit Subject(QCustomPlot& of)
        : plot(of)
        , title(*of.parentWidget(), of)
        , own(dynamic_cast<const PictureFrame*>(of.parentWidget()))
    {
    }
    QCustomPlot& plot;
    TitleFrame title;
    const PictureFrame* own; // null: it has none

    const PictureFrame& frame() const { return own != nullptr ? *own : title; }
    int captionHeight() const { return frame().captionHeight(); }
    int plotHeight() const
    {
        return std::min(frame().plotHeight(), plot.height());
    }
    QSize size() const { return {plot.width(), captionHeight() + plotHeight()}; }
};

QImage imageOf(const Subject& subject, double scale)
{
    QImage image((QSizeF(subject.size()) * scale).toSize(), QImage::Format_RGB32);
    const QPixmap plot
        = subject.plot.toPixmap(subject.plot.width(), subject.plot.height(), scale);
    QPainter painter;
    if (image.isNull() || plot.isNull() || !painter.begin(&image))
        return {};
    image.fill(Qt::white);
    painter.drawPixmap(
        QPoint(0, static_cast<int>(std::lround(subject.captionHeight() * scale))), plot);
    painter.scale(scale, scale);
    if (subject.captionHeight() > 0)
        subject.frame().paintCaption(painter);
    return image;
}

void drawOnto(QPaintDevice& device, const Subject& subject)
{
    QCPPainter painter;
    if (!painter.begin(&device))
        return;
    const QRect whole(QPoint(), subject.size());
    painter.setWindow(whole);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.fillRect(whole, Qt::white);
    if (subject.captionHeight() > 0) {
        subject.frame().paintCaption(painter);
        painter.translate(0, subject.captionHeight());
    }
    subject.plot.toPainter(&painter, subject.plot.width(), subject.plot.height());
}

QByteArray svgOf(const Subject& subject, double scale)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(subject.plot.logicalDpiX()); // or its letters were not those of the screen
    generator.setSize((QSizeF(subject.size()) * scale).toSize());
    generator.setViewBox(QRect(QPoint(), subject.size()));
    drawOnto(generator, subject);
    return buffer.data();
}

QByteArray pdfOf(const Subject& subject, double scale)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(subject.plot.logicalDpiX()); // 1,200 else: letters a dozen times too large
        writer.setPageSize(QPageSize(
            QSizeF(subject.size()) * scale, QPageSize::Point, QString(), QPageSize::ExactMatch));
        writer.setPageMargins({});
        drawOnto(writer, subject);
    }
    return buffer.data();
}

struct Encoding {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<QByteArray> bytes;
};

// The encoder knows no stop, and says on the standard error what it cannot write. So it ends in a
// thread of its own that nobody has to wait for; the application does when it ends.
QByteArray pngOf(const QImage& image, const Job& job)
{
    const auto encoding = std::make_shared<Encoding>();
    QThreadPool::globalInstance()->start([encoding, image] {
        QBuffer buffer;
        const bool encoded = image.save(&buffer, "PNG");
        const std::lock_guard lock(encoding->mutex);
        encoding->bytes = encoded ? buffer.data() : QByteArray();
        encoding->changed.notify_all();
    });
    std::unique_lock lock(encoding->mutex);
    encoding->changed.wait(lock, job.stop, [&] { return encoding->bytes.has_value(); });
    return encoding->bytes.value_or(QByteArray());
}

} // namespace

void setPictureSubject(QWidget& view, const QString& subject)
{
    view.setProperty(subjectProperty, subject);
}

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

QSize pictureSize(const QWidget& view)
{
    QCustomPlot* plot = plotOf(view);
    return plot != nullptr ? Subject(*plot).size() : QSize();
}

Picture drawPicture(QWidget& view, PictureFormat format, double scale)
{
    QCustomPlot* plot = plotOf(view);
    if (!plot || !(scale > 0))
        return {};
    const OnPaper onPaper(view);
    const Subject subject(*plot);
    switch (format) {
    case PictureFormat::png: return {imageOf(subject, scale), {}};
    case PictureFormat::svg: return {{}, svgOf(subject, scale)};
    case PictureFormat::pdf: return {{}, pdfOf(subject, scale)};
    }
    return {};
}

Result<void> writePicture(const Picture& picture, const QString& file, const Job& job)
{
    const QByteArray bytes = picture.image.isNull() ? picture.bytes : pngOf(picture.image, job);
    if (job.stopRequested())
        return Job::cancelled();
    if (bytes.isEmpty())
        return Error {Errc::outOfMemory, {}, "the picture is too large"};
    return writeFileAtomically(toPath(file),
        std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), true);
}

Result<void> savePicture(QWidget& view, const QString& file, PictureFormat format, double scale)
{
    return writePicture(drawPicture(view, format, scale), file);
}

} // namespace bitloupe::ui
