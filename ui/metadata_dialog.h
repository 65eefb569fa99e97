// SPDX-License-Identifier: GPL-3.0-or-later
// The key-values of a GGUF model, to look at and to search.
#pragma once

#include "model/model.h"

#include <QDialog>

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace bitloupe::ui {

class MetadataModel;

class MetadataDialog : public QDialog {
    Q_OBJECT
public:
    /// `model` has key-values.
    explicit MetadataDialog(std::shared_ptr<const Model> model, QWidget* parent = nullptr);

    QLineEdit* search() const { return m_search; }
    QTreeView* tree() const { return m_tree; }

private:
    void applySearch(const QString& words);

    MetadataModel* m_model;
    QSortFilterProxyModel* m_found;
    QLineEdit* m_search;
    QTreeView* m_tree;
};

} // namespace bitloupe::ui
