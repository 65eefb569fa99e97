// SPDX-License-Identifier: GPL-3.0-or-later
// A person's wishes as rows, in the order the solver hears them, with what each one touches.
#pragma once

#include "ui/session.h"

#include <QAbstractTableModel>

namespace bitloupe::ui {

/// Codecs that a target offers for anything at all, in codec order.
/// Cost: one pass over the options of all decisions.
QVector<CodecId> codecsOffered(const TargetProfile& profile);

class RulesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { tensors, kind, codec, touches };
    enum { choicesRole = Qt::UserRole };

    explicit RulesModel(Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

    /// Each of them one step of the history.
    void move(int row, int to);
    void remove(QVector<int> rows);
    void add(const Wish& wish);

    const QVector<CodecId>& codecs() const { return m_codecs; } // the target's

signals:
    void refused(const QString& sentence); // an edit that makes no sense

private:
    struct Touched {
        int matches = -1; // -1: not counted yet
        int decided = 0; // follow it in the plan
        int unable = 0; // cannot follow
    };
    const Wish& wish(int row) const { return m_wishes[row]; }
    bool edit(int row, const Wish& wish, const QString& text);
    bool editPattern(int row, const QString& pattern);
    QVariant text(int row, int column) const;
    QString tensorsText(const Wish& wish) const;
    QString codecText(const Wish& wish) const;
    QString touchTip(int row) const;
    void modelChanged();
    void wishesChanged();
    void count();

    Session& m_session;
    Wishes m_wishes; // as the rows show them
    int m_revision = 0;
    QVector<Touched> m_touched; // by row
    QVector<CodecId> m_codecs;
};

} // namespace bitloupe::ui
