// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/column_memory.h"

#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QTreeView>

namespace bitloupe::ui {

ColumnMemory::ColumnMemory(QTreeView& view, const QString& name, int always)
    : QObject(&view)
    , m_view(view)
    , m_name(name)
    , m_always(always)
    , m_first(view.header()->saveState())
{
    const QByteArray saved = QSettings().value(key()).toByteArray();
    if (!saved.isEmpty())
        m_view.header()->restoreState(saved);
    m_view.setColumnHidden(m_always, false);
    m_view.header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view.header(), &QWidget::customContextMenuRequested, this, &ColumnMemory::showMenu);
}

// States of another number of columns are of another version, and not understood.
QString ColumnMemory::key() const
{
    return QStringLiteral("columns/%1-%2").arg(m_name).arg(m_view.header()->count());
}

void ColumnMemory::save() const { QSettings().setValue(key(), m_view.header()->saveState()); }

void ColumnMemory::reset()
{
    m_view.header()->restoreState(m_first);
    QSettings().remove(key());
}

void ColumnMemory::setShown(int column, bool shown)
{
    if (column != m_always)
        m_view.setColumnHidden(column, !shown);
}

void ColumnMemory::showMenu(const QPoint& at)
{
    QMenu menu(&m_view);
    for (int column = 0; column < m_view.header()->count(); ++column) {
        QAction* action = menu.addAction(
            m_view.model()->headerData(column, Qt::Horizontal).toString(), this,
            [this, column](bool on) { setShown(column, on); });
        action->setCheckable(true);
        action->setChecked(!m_view.isColumnHidden(column));
        action->setEnabled(column != m_always);
    }
    menu.addSeparator();
    menu.addAction(tr("All as at first"), this, &ColumnMemory::reset);
    menu.exec(m_view.header()->mapToGlobal(at));
}

} // namespace bitloupe::ui
