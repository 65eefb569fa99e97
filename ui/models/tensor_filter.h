// SPDX-License-Identifier: GPL-3.0-or-later
// One filter line for everything: text, /regex/, bits<=3, role:attn, role:down, layer:4-9, pinned; all of the
// words must match.
#pragma once

#include <QSortFilterProxyModel>
#include <QVector>

#include <functional>
#include <vector>

namespace bitloupe::ui {

class DecisionView;

/// A parsed filter line. An empty line matches all. Single-thread.
class TensorFilter {
public:
    TensorFilter() = default;
    /// `problem` gets one sentence when a word makes no sense; that word then matches nothing.
    explicit TensorFilter(const QString& line, QString* problem = nullptr);
    bool matches(const DecisionView& view) const;
    bool isEmpty() const { return m_parts.isEmpty(); }

private:
    using Part = std::function<bool(const DecisionView&)>;
    static Part parse(const QString& word, QString* problem);
    QVector<Part> m_parts;
};

/// Rows of the table that filter line and bits chips let through. Its source is a TensorTableModel.
class TensorFilterProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit TensorFilterProxy(QObject* parent = nullptr);
    /// Which decisions are shown; empty: all.
    void setShown(const QVector<bool>& decisions);
    void sort(int column, Qt::SortOrder order) override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    void refreshKeys(int column) const;

    QVector<bool> m_shown;
    mutable std::vector<double> m_keys; // of m_keyColumn, as they were at the last sort
    mutable int m_keyColumn = -1;
};

} // namespace bitloupe::ui
