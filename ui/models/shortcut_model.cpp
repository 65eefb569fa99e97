// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/shortcut_model.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace bitloupe::ui {
namespace {

// "&Open file..." -> "Open file"
QString plainTitle(QString text)
{
    text.replace(QLatin1String("&&"), QLatin1String("\x1"));
    text.remove(QLatin1Char('&'));
    text.replace(QLatin1Char('\x1'), QLatin1Char('&'));
    while (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text;
}

QString keysOf(const QAction& action)
{
    QStringList all;
    const QList<QKeySequence> sequences = action.shortcuts();
    for (const QKeySequence& one : sequences)
        all.append(one.toString(QKeySequence::NativeText));
    return all.join(QStringLiteral(", "));
}

// The dock that a widget's action is found in.
QString dockOf(const QAction& action)
{
    for (const QObject* one = action.parent(); one; one = one->parent())
        if (const auto* dock = qobject_cast<const QDockWidget*>(one))
            return dock->windowTitle();
    return {};
}

} // namespace

ShortcutModel::ShortcutModel(
    const QMainWindow& window, const QVector<ViewKeys>& ofViews, QObject* parent)
    : QAbstractTableModel(parent)
{
    addMenu(window.menuBar()->actions(), {});
    const QList<QAction*> others = window.findChildren<QAction*>();
    for (QAction* action : others)
        add(action, dockOf(*action));
    for (const ViewKeys& one : ofViews)
        m_rows.append({one.keys, one.title, one.place, nullptr});
}

void ShortcutModel::addMenu(const QList<QAction*>& actions, const QString& place)
{
    for (QAction* action : actions) {
        const QString title = plainTitle(action->text());
        if (const QMenu* menu = action->menu())
            addMenu(menu->actions(),
                place.isEmpty() ? title : tr("%1 > %2").arg(place, title));
        else
            add(action, place);
    }
}

void ShortcutModel::add(QAction* action, const QString& place)
{
    const bool known = std::any_of(
        m_rows.begin(), m_rows.end(), [action](const Row& row) { return row.action == action; });
    if (known || action->shortcut().isEmpty() || action->text().isEmpty())
        return;
    m_rows.append({keysOf(*action), plainTitle(action->text()), place, action});
}

int ShortcutModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ShortcutModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : 3; }

QVariant ShortcutModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[index.row()];
    if (role == Qt::ToolTipRole && row.action && !row.action->isEnabled())
        return tr("Not possible now");
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case keysColumn: return row.keys;
    case titleColumn: return row.title;
    default: return row.place;
    }
}

QVariant ShortcutModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case keysColumn: return tr("Keys");
    case titleColumn: return tr("What they do");
    default: return tr("Where");
    }
}

QAction* ShortcutModel::action(int row) const { return m_rows[row].action; }

} // namespace bitloupe::ui
