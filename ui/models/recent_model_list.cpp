// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recent_model_list.h"

#include "ui/qt_text.h"

#include <QApplication>
#include <QFileInfo>
#include <QFont>
#include <QLocale>
#include <QPalette>

namespace bitloupe::ui {

void RecentModelList::setModels(const QVector<RecentModel>& models)
{
    beginResetModel();
    m_models = models;
    m_there.clear();
    for (const RecentModel& model : models)
        m_there.append(QFileInfo::exists(model.path));
    endResetModel();
}

int RecentModelList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_models.size());
}

int RecentModelList::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecentModelList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_models.size())
        return {};
    const RecentModel& model = m_models[index.row()];
    const bool there = m_there[index.row()];
    if (role == PathRole)
        return model.path;
    if (role == Qt::ToolTipRole)
        return nameToQt(model.path.toStdString(), 1000);
    if (role == Qt::ForegroundRole && !there)
        return QApplication::palette().brush(QPalette::Disabled, QPalette::Text);
    if (role == Qt::FontRole && index.column() == Name) {
        QFont font = QApplication::font();
        font.setBold(true);
        return font;
    }
    if (role == Qt::TextAlignmentRole && (index.column() == Parameters || index.column() == Size))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name: return nameToQt(model.name.toStdString(), 80);
    case Kind: return model.isProject() ? tr("Project") : tr("Model");
    case Parameters: return parametersToQt(model.parameters);
    case Size: return sizeToQt(model.bytes);
    case Opened: return QLocale().toString(model.opened, QLocale::ShortFormat);
    default: return there ? QString() : tr("not found at its place");
    }
}

QVariant RecentModelList::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Parameters || section == Size ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case Kind: return tr("Kind");
    case Parameters: return tr("Parameters");
    case Size: return tr("Size");
    case Opened: return tr("Last opened");
    default: return tr("State");
    }
}

} // namespace bitloupe::ui
