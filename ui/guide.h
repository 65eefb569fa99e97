// SPDX-License-Identifier: GPL-3.0-or-later
// The short guide that comes with the program, in a window of its own. Not modal.
#pragma once

#include <QDialog>

class QTextBrowser;

namespace bitloupe::ui {

class Guide : public QDialog {
    Q_OBJECT
public:
    explicit Guide(QWidget* parent = nullptr);
    QTextBrowser& text() { return *m_text; }

private:
    QTextBrowser* m_text;
};

} // namespace bitloupe::ui
