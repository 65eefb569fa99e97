// SPDX-License-Identifier: GPL-3.0-or-later
// What a person should notice about a model, as short sentences that lead to a tensor.
#pragma once

#include "ui/session.h"

#include <QAbstractListModel>

namespace bitloupe::ui {

struct Finding {
    enum class Kind { error, warning, note, waiting } kind = Kind::note;
    QString sentence;
    QString details; // tool tip
    int decision = -1; // where a click leads
};

/// At most about 100, the gravest first. Cost: one pass over tensors and decisions.
QVector<Finding> findFindings(const Session& session);

class FindingsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum { DecisionRole = Qt::UserRole };
    using QAbstractListModel::QAbstractListModel;
    void setFindings(QVector<Finding> findings);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QVector<Finding> m_findings;
};

} // namespace bitloupe::ui
