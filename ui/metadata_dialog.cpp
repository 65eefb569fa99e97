// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metadata_dialog.h"

#include "ui/models/metadata_model.h"
#include "ui/qt_text.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace bitloupe::ui {

MetadataDialog::MetadataDialog(std::shared_ptr<const Model> model, QWidget* parent)
    : QDialog(parent)
    , m_model(new MetadataModel(model, this))
    , m_found(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit(this))
    , m_tree(new QTreeView(this))
{
    setWindowTitle(tr("Key-values of %1").arg(nameToQt(model->name, 100)));
    m_search->setPlaceholderText(tr("Search keys and values"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search keys and values"));
    m_found->setSourceModel(m_model);
    m_found->setFilterRole(MetadataModel::SearchRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found->setRecursiveFilteringEnabled(true);
    m_tree->setModel(m_found);
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Key-values"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(MetadataModel::value, QHeaderView::Stretch);
    m_tree->setColumnWidth(MetadataModel::key, 240);
    m_tree->setColumnWidth(MetadataModel::type, 130);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_tree);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, this, &MetadataDialog::applySearch);
    applySearch({});
    resize(760, 520);
}

// Branches are open, arrays are not: their elements would have to be read.
void MetadataDialog::applySearch(const QString& words)
{
    m_found->setFilterFixedString(words.trimmed());
    for (int row = 0; row < m_found->rowCount(); ++row) {
        const QModelIndex index = m_found->index(row, MetadataModel::key);
        if (!m_found->canFetchMore(index))
            m_tree->expand(index);
    }
}

} // namespace bitloupe::ui
