// SPDX-License-Identifier: GPL-3.0-or-later
// Which plot to save, as what, and how large.
#pragma once

#include <QDialog>
#include <QPointer>
#include <QVector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace bitloupe::ui {

class PictureDialog : public QDialog {
    Q_OBJECT
public:
    /// Offers the plots that `window` shows now.
    explicit PictureDialog(QWidget& window);
    /// Without asking for a file; false when it could not be written.
    bool saveTo(const QString& file);

signals:
    void saved(const QString& file);

private:
    void showSize();
    void askAndSave();
    QWidget* view() const;

    QVector<QPointer<QWidget>> m_views;
    QComboBox *m_plot, *m_format;
    QDoubleSpinBox* m_scale;
    QLabel* m_size;
};

} // namespace bitloupe::ui
