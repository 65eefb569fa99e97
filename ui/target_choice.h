// SPDX-License-Identifier: GPL-3.0-or-later
// The list of export targets: what cannot be made of the model says why, and what adds error is
// asked about first.
#pragma once

#include "ui/session.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace bitloupe::ui {

class TargetChoice : public QWidget {
    Q_OBJECT
public:
    explicit TargetChoice(Session& session, QWidget* parent = nullptr);
    void refresh();

public slots:
    /// Asks whether to quantize again what is quantized; a yes goes to the session.
    void askToRequantize();

private:
    void showOffer(int row);
    void showNote();

    Session& m_session;
    QComboBox* m_targets;
    QLabel* m_note;
    QPushButton* m_allow;
};

} // namespace bitloupe::ui
