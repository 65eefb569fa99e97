// SPDX-License-Identifier: GPL-3.0-or-later
// The recent models and projects as a table for the start page; those that are gone say so.
#pragma once

#include "ui/settings.h"

#include <QAbstractTableModel>

namespace bitloupe::ui {

class RecentModelList final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Kind, Parameters, Size, Opened, State, ColumnCount };
    enum { PathRole = Qt::UserRole };
    using QAbstractTableModel::QAbstractTableModel;
    void setModels(const QVector<RecentModel>& models);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVector<RecentModel> m_models;
    QVector<bool> m_there;
};

} // namespace bitloupe::ui
