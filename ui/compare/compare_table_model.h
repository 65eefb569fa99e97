// SPDX-License-Identifier: GPL-3.0-or-later
// Two sides decision by decision as rows: the difference heatmap's accessible twin.
#pragma once

#include "ui/compare/compare_sides.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <memory>

namespace bitloupe::ui {

/// Both sides of one profile. Immutable once shown.
struct ComparedPair {
    std::shared_ptr<const TargetProfile> profile;
    NamedSide a, b;

    /// How far the weights of one side are from the other's; NaN where nothing compared them.
    double change(std::size_t decision) const;
    const std::vector<double>& changes() const;
    bool differs(std::size_t decision) const;
};

class CompareTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { name, role, layer, aCodec, bCodec, bits, aBytes, bBytes, bytes, aDamage, bDamage,
        damage, change, columns };
    enum Role { sortRole = Qt::UserRole, decisionRole };

    explicit CompareTableModel(QObject* parent = nullptr);
    /// Null: nothing to compare. What another pair of the same profile holds is told by the proxy.
    void setPair(std::shared_ptr<const ComparedPair> pair);
    const ComparedPair* pair() const { return m_pair.get(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int dataRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int dataRole) const override;

    /// By decision; unknown is below everything.
    std::vector<double> sortKeys(int column) const;

private:
    QVariant text(std::size_t decision, int column) const;
    double sortKey(std::size_t decision, int column) const;

    std::shared_ptr<const ComparedPair> m_pair;
};

/// All rows, or those alone that differ.
class CompareProxy final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit CompareProxy(QObject* parent = nullptr);
    void setDifferencesOnly(bool only);
    /// Other numbers in the rows. Their order stays until they are sorted again: rows that jump about
    /// while a slider moves are of no use.
    void refresh();
    void sort(int column, Qt::SortOrder order) override;
    /// Shown, in their order.
    std::vector<std::uint32_t> decisions() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    bool m_differencesOnly = false;
    mutable std::vector<double> m_keys; // of m_keyColumn
    mutable int m_keyColumn = -1;
};

/// "+1", "−2", "=" for a difference of bits; empty where a side has nothing.
QString signedBits(const ComparedCell& a, const ComparedCell& b);
/// With its sign, a real minus; "=" for 0; "unknown" for NaN.
QString signedScore(double value);
QString signedSize(double bytes);

} // namespace bitloupe::ui
