// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers which columns of a list show, where, and how wide; a menu on its header chooses them.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

class QTreeView;

namespace bitloupe::ui {

/// Single-thread. Restores when made; the view has its model by then.
class ColumnMemory : public QObject {
    Q_OBJECT
public:
    /// `always`: the column that cannot be hidden.
    ColumnMemory(QTreeView& view, const QString& name, int always);
    void save() const;
    /// As they were before anything was restored.
    void reset();
    void setShown(int column, bool shown);

private:
    void showMenu(const QPoint& at);
    QString key() const;

    QTreeView& m_view;
    QString m_name;
    int m_always;
    QByteArray m_first;
};

} // namespace bitloupe::ui
