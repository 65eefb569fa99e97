// SPDX-License-Identifier: GPL-3.0-or-later
// A small pop-up that edits the ends of the heatmap's colour scale. What is typed applies at once
// where it makes a scale; what does not is said.
#pragma once

#include <QFrame>

#include <utility>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace bitloupe::ui {

/// How the values of one metric are coloured; NaN ends are those of the values.
struct ColourRange {
    double lowest, highest;
    bool logScale = false;
};

class ScaleEditor : public QFrame {
    Q_OBJECT
public:
    explicit ScaleEditor(QWidget* parent = nullptr);
    /// `ofValues`: what the ends are while nothing is typed.
    void setRange(const ColourRange& range, std::pair<double, double> ofValues);
    QLineEdit* lowestField() const { return m_lowest; }
    QLineEdit* highestField() const { return m_highest; }
    /// What is wrong with what is typed; empty when nothing is.
    QString problem() const;

signals:
    void changed(const bitloupe::ui::ColourRange& range);
    void resetRequested();

private:
    void apply();

    QLineEdit *m_lowest, *m_highest;
    QCheckBox* m_log;
    QLabel* m_problem;
    bool m_filling = false;
};

} // namespace bitloupe::ui
