// SPDX-License-Identifier: GPL-3.0-or-later
// A list or tree of many rows of one height whose numbers all change at once.
#pragma once

#include <QTreeView>

namespace bitloupe::ui {

class RowTable final : public QTreeView {
    Q_OBJECT
public:
    explicit RowTable(QWidget* parent = nullptr)
        : QTreeView(parent)
    {
        setUniformRowHeights(true);
        setSelectionMode(QAbstractItemView::ExtendedSelection);
    }

protected:
    // QTreeView asks each cell where it is: 100 ms for 7,500 rows. Those in view are all that shows.
    void dataChanged(
        const QModelIndex& first, const QModelIndex& last, const QList<int>& roles) override
    {
        if (first.row() == last.row())
            QTreeView::dataChanged(first, last, roles);
        else
            viewport()->update();
    }
};

} // namespace bitloupe::ui
