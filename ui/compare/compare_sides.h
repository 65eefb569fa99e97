// SPDX-License-Identifier: GPL-3.0-or-later
// What can be put side by side with what: plans of the session, plans put aside, models of other
// people. Reads models beside the window and keeps what they hold.
#pragma once

#include "measure/weight_changes.h"
#include "report/comparison.h"
#include "ui/session.h"

#include <QObject>

namespace bitloupe::ui {

class SavedPlans;

struct SideName {
    QString key; // the same from plan to plan: "plan", "uniform", "saved/NAME", "model/PATH"
    QString title;
};

struct NamedSide {
    QString title;
    ComparedSide side;
    std::vector<std::uint16_t> choice; // of a plan of the profile in force; else empty
    std::vector<double> changes; // by decision: how far a model's weights are from the source's
};

/// Single-thread.
class CompareSides : public QObject {
    Q_OBJECT
public:
    CompareSides(const Session& session, const SavedPlans& saved, QObject* parent = nullptr);

    /// What there is to choose from now.
    QVector<SideName> names() const;
    /// Empty when there is no such side (any more), or no plan yet.
    std::optional<NamedSide> side(const QString& key) const;

    /// Reads a folder or file; `added` names it when it is there. Float weights with the same names
    /// are compared as well.
    void addModel(const std::filesystem::path& path);
    void cancel() { m_reader.stop(); }
    bool reading() const { return m_reader.running(); }

signals:
    void changed(); // other names to choose from
    void added(const QString& key);
    void progressed(const QString& phase, quint64 bytesDone, quint64 bytesTotal);
    void failed(const bitloupe::Error& error);

private:
    struct ReadModel {
        QString key, title;
        std::shared_ptr<const Model> model;
        std::optional<ComparedSide> side; // empty: not for the profile in force
        std::shared_ptr<const std::vector<WeightChange>> changes; // null: not comparable
    };
    using Profiles = std::vector<std::shared_ptr<const TargetProfile>>;
    static Result<ComparedSide> sideOf(
        const Model& model, const TargetProfile& profile, const Profiles& others);
    Profiles otherProfiles() const;
    void modelChanged();
    std::vector<double> changesOf(const ReadModel& read) const;

    const Session& m_session;
    const SavedPlans& m_saved;
    std::shared_ptr<const Model> m_model; // what the models are compared with
    std::vector<ReadModel> m_models;
    JobRunner m_reader;
};

} // namespace bitloupe::ui
