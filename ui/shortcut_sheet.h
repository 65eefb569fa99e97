// SPDX-License-Identifier: GPL-3.0-or-later
// All that the window's keys do, to be searched; Enter or a double click does it. Not modal.
#pragma once

#include <QDialog>

class QLineEdit;
class QMainWindow;
class QSortFilterProxyModel;
class QTreeView;

namespace bitloupe::ui {

class ShortcutModel;

class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(QMainWindow& window);
    QLineEdit* searchField() const { return m_search; }
    int shown() const;

private:
    void run(const QModelIndex& index);

    ShortcutModel* m_model;
    QSortFilterProxyModel* m_found;
    QLineEdit* m_search;
    QTreeView* m_list;
};

} // namespace bitloupe::ui
