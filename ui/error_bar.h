// SPDX-License-Identifier: GPL-3.0-or-later
// One sentence about what went wrong, with details on request.
#pragma once

#include "base/error.h"

#include <QFrame>

class QLabel;

namespace bitloupe::ui {

class ErrorBar : public QFrame {
    Q_OBJECT
public:
    explicit ErrorBar(QWidget* parent = nullptr);
    void showError(const Error& error);
    QString sentence() const;

private:
    QLabel *m_sentence, *m_details;
};

} // namespace bitloupe::ui
