// SPDX-License-Identifier: GPL-3.0-or-later
// What can be put side by side with what: plans of the session, plans put aside, models of other
// people. Reads models beside the window and keeps what they hold.
#pragma once

#include "measure/weight_changes.h"
#include "report/comparison.h"
#include "ui/compare/saved_plans.h"
#include "ui/session.h"

#include <QObject>

#include <deque>

namespace bitloupe::ui {

struct SideName {
    QString key; // the same from plan to plan: "plan", "uniform", "saved/NAME", "model/PATH"
    QString title;
};

struct NamedSide {
    QString title;
    ComparedSide side;
    std::vector<double> changes; // by decision: how far a model's weights are from the source's
};

/// All that a side is made from, so that another thread can.
struct SideQuestion {
    QString key, title;
    SavedPlan saved; // one of these three where the key says so
    std::vector<std::uint16_t> mix;
    std::shared_ptr<const ComparedSide> side;
    std::shared_ptr<const std::vector<WeightChange>> changes;
};

/// Empty when that is no plan of the profile. Cost: some milliseconds for 10,000 decisions.
std::optional<NamedSide> answer(
    const SideQuestion& question, const TargetProfile& profile, const Planned& planned);

/// Single-thread.
class CompareSides : public QObject {
    Q_OBJECT
public:
    CompareSides(const Session& session, const SavedPlans& saved, QObject* parent = nullptr);

    /// What there is to choose from now.
    QVector<SideName> names() const;
    /// Empty when there is no such side (any more).
    std::optional<SideQuestion> question(const QString& key) const;

    /// Reads a folder or file; `added` names it when it is there. Float weights with the same names
    /// are compared as well. Several are read one after another.
    void addModel(const std::filesystem::path& path);
    void cancel();
    bool reading() const { return m_reader.running() || m_sider.running(); }

signals:
    void changed(); // other names to choose from
    void added(const QString& key);
    void progressed(const QString& phase, quint64 bytesDone, quint64 bytesTotal);
    void failed(const bitloupe::Error& error);

private:
    struct ReadModel {
        QString key, title;
        std::shared_ptr<const Model> model;
        std::shared_ptr<const ComparedSide> side; // null: not for the profile in force
        std::shared_ptr<const std::vector<WeightChange>> changes; // null: not comparable
        bool fresh = false; // nobody was told of it yet
    };
    using Profiles = std::vector<std::shared_ptr<const TargetProfile>>;
    static Result<std::shared_ptr<const ComparedSide>> sideOf(
        const Model& model, const TargetProfile& profile, const Profiles& others);
    Profiles otherProfiles() const;
    void modelChanged();
    void readNext();
    void wasRead(Result<ReadModel> read);
    void findSides();
    void announce();

    const Session& m_session;
    const SavedPlans& m_saved;
    std::shared_ptr<const Model> m_model; // what the models are compared with
    std::vector<ReadModel> m_models;
    std::deque<std::filesystem::path> m_paths; // the first is being read
    JobRunner m_reader, m_sider;
};

} // namespace bitloupe::ui
