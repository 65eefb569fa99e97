// SPDX-License-Identifier: GPL-3.0-or-later
// The model as a tree: tensors outside of layers, then layers (in tens when there are many).
#pragma once

#include "ui/session.h"

#include <QAbstractItemModel>

#include <vector>

namespace bitloupe::ui {

class LayerTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { name, bits, megabytes, columns };
    explicit LayerTreeModel(const Session& session, QObject* parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int dataRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int dataRole) const override;

    /// Decisions at or below an index.
    QVector<int> decisions(const QModelIndex& index) const;
    QModelIndex indexOf(int decision) const;

    void reload();
    /// Other numbers. Announced for the top level alone (thousands of branches would each need a
    /// signal): a view that shows more has to be repainted.
    void refresh();

private:
    struct Node {
        QString title; // of a group; decisions have theirs when somebody looks
        int parent = -1;
        int row = 0;
        int decision = -1;
        std::vector<int> children;
    };
    int add(int parent, const QString& title, int decision);
    void addLayer(int parent, QVector<int> decisions);
    const Node* node(const QModelIndex& index) const;
    QString titleOf(const Node& node) const;
    QVariant sums(const QModelIndex& index) const;
    void collect(int node, QVector<int>& into) const;

    const Session& m_session;
    std::vector<Node> m_nodes; // 0 is the root
    std::vector<int> m_nodeOf; // by decision
};

} // namespace bitloupe::ui
