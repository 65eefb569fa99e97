// SPDX-License-Identifier: GPL-3.0-or-later
// What each tier says of one tensor at its codec: the damage, and its share of the plan's.
#pragma once

#include "ui/session.h"

#include <QWidget>

#include <array>

class QLabel;

namespace bitloupe::ui {

class TierTable : public QWidget {
    Q_OBJECT
public:
    explicit TierTable(QWidget* parent = nullptr);
    /// `decision` -1 or fixed: nothing to show.
    void show(const Session& session, int decision);
    /// As shown, for a tier from 1 to 3.
    QString damageText(int tier) const;
    QString shareText(int tier) const;

private:
    struct Row {
        QLabel *title, *damage, *share;
    };
    std::array<Row, 3> m_rows;
};

} // namespace bitloupe::ui
