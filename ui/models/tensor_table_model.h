// SPDX-License-Identifier: GPL-3.0-or-later
// Every decision of the model as a row: the heatmap's accessible twin.
#pragma once

#include "ui/session.h"

#include <QAbstractTableModel>

#include <vector>

namespace bitloupe::ui {

class DecisionView;

class TensorTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { name, role, layer, shape, sourceBytes, codec, blocks, bits, bytes, damage, nrmse,
        inputError, outputDamage, tier, metric };
    enum Role { sortRole = Qt::UserRole, bitsRole, decisionRole };

    explicit TensorTableModel(const Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int dataRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int dataRole) const override;

    /// What rows of a column sort by, by decision. Cost: one pass, where a comparison at a time
    /// would make each key many times over.
    std::vector<double> sortKeys(int column) const;

    void reload(); // another model
    void refresh(); // other numbers

private:
    QVariant text(int decision, int column) const;
    double scoreOf(const DecisionView& view, int column) const;
    double sortKey(int decision, int column) const;

    const Session& m_session;
    int m_rows = 0;
};

} // namespace bitloupe::ui
