// SPDX-License-Identifier: GPL-3.0-or-later
// A project whose model is not there: what was saved, to read.
#pragma once

#include "report/project_file.h"

#include <QAbstractTableModel>
#include <QWidget>

class QLabel;
class QTreeView;

namespace bitloupe::ui {

/// The choices of a plan that was saved, as rows.
class ProjectChoicesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { name, codec, bytes, damage, columns };
    using QAbstractTableModel::QAbstractTableModel;
    void setChoices(std::vector<ProjectChoice> choices);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ProjectChoice> m_choices;
};

class ProjectPage : public QWidget {
    Q_OBJECT
public:
    explicit ProjectPage(QWidget* parent = nullptr);
    void show(const Project& project, const QString& why);
    QString reason() const;
    QTreeView& table() { return *m_table; }

signals:
    void findFileRequested();
    void findFolderRequested();
    void closeRequested();

private:
    QLabel *m_title, *m_why, *m_facts, *m_rules;
    ProjectChoicesModel* m_choices;
    QTreeView* m_table;
};

} // namespace bitloupe::ui
