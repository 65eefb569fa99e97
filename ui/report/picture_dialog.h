// SPDX-License-Identifier: GPL-3.0-or-later
// Which plot to save, as what, and how large.
#pragma once

#include "ui/job_runner.h"

#include <QDialog>
#include <QPointer>
#include <QVector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace bitloupe::ui {

class PictureDialog : public QDialog {
    Q_OBJECT
public:
    /// Offers the plots that `window` shows now.
    explicit PictureDialog(QWidget& window);
    /// A picture that is being encoded is given up: nobody waits for it.
    ~PictureDialog() override;
    /// Without asking for a file. Draws now, encodes and writes beside the window.
    void saveTo(const QString& file);
    /// True from there until the file is written or given up.
    bool writing() const { return m_writer.running(); }
    /// Closes at once. A picture that is being encoded is not written then; `ended` says when its
    /// worker has left it.
    void done(int result) override;

signals:
    void saved(const QString& file);
    void failed(const bitloupe::Error& error);
    void ended();

private:
    void showSize();
    void askAndSave();
    QWidget* view() const;

    QVector<QPointer<QWidget>> m_views;
    QComboBox *m_plot, *m_format;
    QDoubleSpinBox* m_scale;
    QLabel* m_size;
    QPushButton* m_save;
    JobRunner m_writer; // last: ends before what it reports to
};

} // namespace bitloupe::ui
