// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shortcut_sheet.h"

#include "ui/models/shortcut_model.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace bitloupe::ui {
namespace {

QVector<ShortcutModel::ViewKeys> keysOfViews()
{
    const QString cells = ShortcutSheet::tr("Heatmap");
    const QString both = ShortcutSheet::tr("Heatmap, table and tree");
    return {
        {ShortcutSheet::tr("Arrows, Home, End"), ShortcutSheet::tr("Walk the cells"), cells},
        {ShortcutSheet::tr("Shift + arrows"), ShortcutSheet::tr("Extend the selection"), both},
        {ShortcutSheet::tr("Shift+Space"), ShortcutSheet::tr("Select the whole layer"), cells},
        {ShortcutSheet::tr("Ctrl+Space"), ShortcutSheet::tr("Select the whole column"), cells},
        {ShortcutSheet::tr("Ctrl+A"), ShortcutSheet::tr("Select everything"), both},
        {ShortcutSheet::tr("Enter"), ShortcutSheet::tr("Open or close a cell's experts"), cells},
        {QStringLiteral("2 3 4 5 6 8"), ShortcutSheet::tr("Pin the selection at these bits"), both},
        {QStringLiteral("1"), ShortcutSheet::tr("Keep the selection at 16 bits"), both},
        {QStringLiteral("0"), ShortcutSheet::tr("Free the selection"), both},
        {ShortcutSheet::tr("Menu key"), ShortcutSheet::tr("What can be done with the selection"), both},
        {ShortcutSheet::tr("Ctrl + wheel"), ShortcutSheet::tr("Zoom the rows"), cells},
        {ShortcutSheet::tr("Space, on the colour scale"),
            ShortcutSheet::tr("Set the ends of the colours"), cells},
    };
}

} // namespace

ShortcutSheet::ShortcutSheet(QMainWindow& window)
    : QDialog(&window)
    , m_model(new ShortcutModel(window, keysOfViews(), this))
    , m_found(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit(this))
    , m_list(new QTreeView(this))
{
    setWindowTitle(tr("Keyboard shortcuts"));
    m_search->setPlaceholderText(tr("Search keys and what they do"));
    m_search->setAccessibleName(tr("Search keys and what they do"));
    m_search->setClearButtonEnabled(true);
    m_found->setSourceModel(m_model);
    m_found->setFilterKeyColumn(-1);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_found);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAccessibleName(tr("Keyboard shortcuts"));
    m_list->header()->setSectionResizeMode(ShortcutModel::titleColumn, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(ShortcutModel::keysColumn, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(ShortcutModel::placeColumn, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter is for the list
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_list);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, m_found,
        [this](const QString& words) { m_found->setFilterFixedString(words.trimmed()); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { run(m_found->index(0, 0)); });
    connect(m_list, &QTreeView::activated, this, &ShortcutSheet::run);
    resize(680, 560);
}

int ShortcutSheet::shown() const { return m_found->rowCount(); }

void ShortcutSheet::run(const QModelIndex& index)
{
    if (!index.isValid() || (m_search->hasFocus() && m_search->text().trimmed().isEmpty()))
        return;
    QAction* action = m_model->action(m_found->mapToSource(index).row());
    if (!action || !action->isEnabled())
        return;
    close();
    action->trigger();
}

} // namespace bitloupe::ui
