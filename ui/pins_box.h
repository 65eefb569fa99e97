// SPDX-License-Identifier: GPL-3.0-or-later
// How many tensors are pinned and by whom, with the button that frees those pinned by hand.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace bitloupe::ui {

class Session;

class PinsBox : public QWidget {
    Q_OBJECT
public:
    explicit PinsBox(Session& session, QWidget* parent = nullptr);
    void refresh();

private:
    Session& m_session;
    QLabel* m_count;
    QPushButton* m_clear;
};

} // namespace bitloupe::ui
