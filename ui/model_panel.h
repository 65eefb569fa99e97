// SPDX-License-Identifier: GPL-3.0-or-later
// What is open, in a few lines.
#pragma once

#include "ui/session.h"

#include <QWidget>

class QLabel;

namespace bitloupe::ui {

class ModelPanel : public QWidget {
    Q_OBJECT
public:
    explicit ModelPanel(const Session& session, QWidget* parent = nullptr);
    void reload();

private:
    const Session& m_session;
    QLabel* m_name;
    QVector<QLabel*> m_values;
};

} // namespace bitloupe::ui
