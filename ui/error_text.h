// SPDX-License-Identifier: GPL-3.0-or-later
// An error in the language of the window: a sentence and a hint; the core's English line apart.
#pragma once

#include "base/error.h"

#include <QString>
#include <QWidget>

class QLabel;
class QToolButton;

namespace bitloupe::ui {

/// "No plan fits the budget. Raise the budget, or remove pins and floors."
QString errorText(const Error& error);
/// The same with the English line below, for tool tips; plain text, wrapped by the tool tip.
QString errorToolTip(const Error& error);

/// The sentence, and the English line that unfolds below it.
class ErrorLabel : public QWidget {
    Q_OBJECT
public:
    explicit ErrorLabel(QWidget* parent = nullptr);
    void setError(const Error& error);
    QString sentence() const;

private:
    QLabel *m_sentence, *m_line;
    QToolButton* m_more;
};

} // namespace bitloupe::ui
