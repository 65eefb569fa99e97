// SPDX-License-Identifier: GPL-3.0-or-later
// The key-values of a GGUF model as a tree by the parts of their keys. Of long arrays the first
// elements are children, read when a branch is opened.
#pragma once

#include "model/model.h"

#include <QAbstractItemModel>
#include <QHash>

#include <vector>

namespace bitloupe::ui {

class MetadataModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { key, value, type, columns };
    enum Role { SearchRole = Qt::UserRole }; // key, value and type of a row, for filters
    static constexpr int mostElements = 200; // shown of an array

    /// `model` has key-values.
    explicit MetadataModel(std::shared_ptr<const Model> model, QObject* parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int dataRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int dataRole) const override;

private:
    struct Node {
        QString title;
        QString text; // the value, elided
        QString kind;
        int parent = -1;
        int row = 0;
        int pair = -1; // of the metadata; -1: a branch or an element
        bool fetched = false;
        std::vector<int> children;
    };
    int add(int parent, const QString& title);
    int branchOf(const QString& path);
    void addPair(int pair);
    int nodeAt(const QModelIndex& index) const;

    std::shared_ptr<const Model> m_model;
    std::vector<Node> m_nodes; // 0 is the root
    QHash<QString, int> m_branches; // by the key up to a dot
};

} // namespace bitloupe::ui
