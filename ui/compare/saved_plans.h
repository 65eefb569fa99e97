// SPDX-License-Identifier: GPL-3.0-or-later
// Plans that a person put aside under a name, as rows. By names, so that they outlive the model.
#pragma once

#include "report/project_file.h"
#include "ui/session.h"

#include <QAbstractTableModel>

namespace bitloupe::ui {

/// What a plan in force is made of, to be written down elsewhere.
struct PlanSource {
    std::shared_ptr<const TargetProfile> profile; // null: no model
    std::shared_ptr<const Planned> planned;
    Budget budget;
    std::optional<double> heldDamage;
    Wishes wishes;
};
PlanSource planSource(const Session& session);

/// The plan and the wishes; no choices where there is no plan.
ProjectPlan writtenPlan(const PlanSource& source);
ProjectPlan planInForce(const Session& session);

/// The wishes of a saved plan for the decisions of a profile; `missed` counts what it has none for.
Wishes wishesOf(const ProjectPlan& plan, const TargetProfile& profile, int* missed = nullptr);

/// The choices of a saved plan for a profile; empty unless every decision that has a choice can
/// follow.
std::vector<std::uint16_t> choiceOf(const ProjectPlan& plan, const TargetProfile& profile);

using SavedPlan = std::shared_ptr<const ProjectPlan>;

class SavedPlans final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { name, target, bytes, bitsPerWeight, damage, columns };

    explicit SavedPlans(QObject* parent = nullptr);

    const std::vector<SavedPlan>& plans() const { return m_plans; }
    void setPlans(std::vector<ProjectPlan> plans);
    /// Under a name of its own, "Plan 3" where none is given. False when there are too many.
    bool add(ProjectPlan plan);
    void remove(int row);
    /// Row of a name; -1: none.
    int find(const std::string& planName) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    void changed(); // names, or which there are

private:
    std::string freeName(const std::string& wanted) const;

    std::vector<SavedPlan> m_plans; // shared: those who write or compare them copy nothing
};

} // namespace bitloupe::ui
