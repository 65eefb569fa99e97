// SPDX-License-Identifier: GPL-3.0-or-later
// This plan beside others of the same budget: uniform, the published rule, the client's own mix, and
// somebody's file.
#pragma once

#include "ui/plan_worker.h"

#include <QVector>
#include <QWidget>

class QLabel;

namespace bitloupe::ui {

class RivalsTable : public QWidget {
    Q_OBJECT
public:
    explicit RivalsTable(QWidget* parent = nullptr);
    /// Null: nothing is planned yet.
    void show(const Planned* planned, bool preview);
    /// Title, size, bits and damage of a row.
    QStringList rowTexts(int row) const;

private:
    void fill(int row, const QString& title, const PlanPoint* point);

    QVector<QVector<QLabel*>> m_rows; // columns: name MB bpw damage
};

/// "Uniform Q4_K", "Uniform 4 bits".
QString uniformTitle(const PlanPoint& point);

/// The mix whose files are nearest in size; null where there are none.
const PlanPoint* nearestMix(const Planned& planned);

} // namespace bitloupe::ui
