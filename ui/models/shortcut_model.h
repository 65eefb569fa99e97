// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done by keyboard: the actions of a window that have keys, and keys of its views that
// are no actions. Made once; the actions must outlive it or vanish from it.
#pragma once

#include <QAbstractTableModel>
#include <QPointer>

class QAction;
class QMainWindow;

namespace bitloupe::ui {

class ShortcutModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { keysColumn, titleColumn, placeColumn };

    /// Keys that a view handles itself.
    struct ViewKeys {
        QString keys, title, place;
    };

    ShortcutModel(const QMainWindow& window, const QVector<ViewKeys>& ofViews,
        QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// The action of a row; null for keys of views.
    QAction* action(int row) const;

private:
    struct Row {
        QString keys, title, place;
        QPointer<QAction> action;
    };
    void addMenu(const QList<QAction*>& actions, const QString& place);
    void add(QAction* action, const QString& place);

    QVector<Row> m_rows;
};

} // namespace bitloupe::ui
