// SPDX-License-Identifier: GPL-3.0-or-later
// Into files of which size an export goes, for targets that let one choose: planned anew, for a
// set's headers count like everything else.
#pragma once

#include "export/export_target.h"
#include "ui/job_runner.h"
#include "ui/plan_worker.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace bitloupe::ui {

class SplitChoice : public QWidget {
    Q_OBJECT
public:
    /// `requantize`: as the plan was made.
    SplitChoice(std::shared_ptr<const Model> model, std::shared_ptr<const TargetProfile> profile,
        std::shared_ptr<const Planned> planned, bool requantize, QWidget* parent = nullptr);

    /// Bytes of data in one file; 0: one file.
    std::uint64_t splitBytes() const;
    void setSplitBytes(std::uint64_t bytes);
    /// What fits the choice; `planned` has no plan while it is made, or where it cannot be.
    const std::shared_ptr<const TargetProfile>& profile() const { return m_profile; }
    const std::shared_ptr<const Planned>& planned() const { return m_planned; }

signals:
    void changed(); // choice or plan

private:
    void plan();

    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const TargetProfile> m_whole, m_profile;
    std::shared_ptr<const Planned> m_wholePlanned, m_planned;
    bool m_requantize;
    QComboBox* m_sizes;
    QLabel* m_state;
    JobRunner m_planner; // last: ends before what it reports to
};

} // namespace bitloupe::ui
