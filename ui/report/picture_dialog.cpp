// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/picture_dialog.h"

#include "ui/error_text.h"
#include "ui/qt_text.h"
#include "ui/views/plot_picture.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

namespace bitloupe::ui {

PictureDialog::PictureDialog(QWidget& window)
    : QDialog(&window)
    , m_plot(new QComboBox(this))
    , m_format(new QComboBox(this))
    , m_scale(new QDoubleSpinBox(this))
    , m_size(new QLabel(this))
    , m_save(new QPushButton(tr("Save..."), this))
{
    setWindowTitle(tr("Save a picture"));
    const QVector<QWidget*> views = plotsIn(window);
    for (QWidget* view : views) {
        m_views.append(view);
        m_plot->addItem(view->accessibleName().isEmpty() ? tr("Plot") : view->accessibleName());
    }
    m_format->addItem(tr("PNG, pixels"), QStringLiteral("png"));
    m_format->addItem(tr("SVG, lines and text"), QStringLiteral("svg"));
    m_format->addItem(tr("PDF, lines and text"), QStringLiteral("pdf"));
    m_scale->setRange(0.5, 8);
    m_scale->setSingleStep(0.5);
    m_scale->setDecimals(1);
    m_scale->setValue(2);
    m_scale->setSuffix(tr(" x"));
    m_size->setForegroundRole(QPalette::PlaceholderText);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Plot"), m_plot);
    form->addRow(tr("&Format"), m_format);
    form->addRow(tr("&Scale"), m_scale);
    form->addRow(QString(), m_size);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_save, QDialogButtonBox::ActionRole);
    m_save->setDefault(true);
    m_save->setEnabled(!m_views.isEmpty());
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &PictureDialog::askAndSave);
    connect(m_plot, &QComboBox::currentIndexChanged, this, &PictureDialog::showSize);
    connect(m_scale, &QDoubleSpinBox::valueChanged, this, &PictureDialog::showSize);
    connect(this, &PictureDialog::saved, this, &QDialog::accept);
    connect(this, &PictureDialog::failed, this, [this](const Error& error) {
        if (!isVisible())
            return;
        QMessageBox box(QMessageBox::Warning, windowTitle(), errorText(error), QMessageBox::Ok, this);
        box.setDetailedText(errorSentence(error));
        box.exec();
    });
    showSize();
}

PictureDialog::~PictureDialog() { m_writer.stop(); }

QWidget* PictureDialog::view() const
{
    return m_views.value(m_plot->currentIndex());
}

void PictureDialog::showSize()
{
    if (!view()) {
        m_size->setText(tr("There is no plot to save."));
        return;
    }
    const QSize size = (QSizeF(pictureSize(*view())) * m_scale->value()).toSize();
    m_size->setText(tr("%1 × %2, on white").arg(size.width()).arg(size.height()));
}

void PictureDialog::saveTo(const QString& file)
{
    const auto format = pictureFormatOf(file);
    if (!view() || !format) {
        emit failed({Errc::badArgument, toPath(file).string(), "expected .png, .svg or .pdf"});
        return;
    }
    m_save->setEnabled(false);
    m_writer.enqueue(
        [picture = drawPicture(*view(), *format, m_scale->value()), file](
            const Job& job) -> Result<QString> {
            if (const auto written = writePicture(picture, file, job); !written)
                return written.error();
            return file;
        },
        [this](const Result<QString>& written) {
            m_save->setEnabled(true);
            if (written)
                emit saved(*written);
            else if (written.error().code != Errc::cancelled)
                emit failed(written.error());
            if (!isVisible())
                emit ended();
        });
}

void PictureDialog::done(int result)
{
    QDialog::done(result);
    if (writing())
        m_writer.stop();
    else
        emit ended();
}

void PictureDialog::askAndSave()
{
    const QString ending = m_format->currentData().toString();
    QString file = QFileDialog::getSaveFileName(this, windowTitle(),
        tr("plot") + QLatin1Char('.') + ending, QStringLiteral("*.") + ending);
    if (file.isEmpty())
        return;
    if (pictureFormatOf(file) == std::nullopt) {
        file += QLatin1Char('.') + ending;
        if (QFileInfo::exists(file)) { // nobody was asked about this name
            QMessageBox::warning(this, windowTitle(), tr("%1 exists already.").arg(file));
            return;
        }
    }
    saveTo(file);
}

} // namespace bitloupe::ui
