// SPDX-License-Identifier: GPL-3.0-or-later
// What is open: model, scores, plan. Slots are the verbs, signals say what changed. All of it
// lives on the GUI thread; the work is done elsewhere.
#pragma once

#include "export/export_target.h"
#include "measure/analysis.h"
#include "measure/copies.h"
#include "model/model.h"
#include "ui/job_runner.h"
#include "ui/mixed_file.h"
#include "ui/plan_editor.h"
#include "ui/plan_worker.h"
#include "ui/probing.h"
#include "ui/score_feed.h"
#include "ui/target_offers.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>

namespace bitloupe::ui {

class Session : public QObject {
    Q_OBJECT
public:
    enum class State { empty, opening, analysing, partial, ready };
    enum class Mix { comparison, pins };

    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    State state() const { return m_state; }
    const std::shared_ptr<const Model>& model() const { return m_model; }
    const std::shared_ptr<const TargetProfile>& profile() const { return m_profile; }
    /// Scores by tensor; waiting ones have that state. Null without a model.
    const Analysis* analysis() const { return m_analysis.get(); }
    /// Null until the first plan is there.
    const std::shared_ptr<const Planned>& planned() const { return m_planned; }
    PlanEditor& editor() { return m_editor; }
    const PlanEditor& editor() const { return m_editor; }
    /// Why this model cannot be exported for this target; empty when it can.
    const std::optional<Error>& exportProblem() const { return m_exportProblem; }
    const ExportTarget& target() const { return *m_target; }
    /// What each target can make of the model, as far as it was looked at.
    const std::vector<TargetOffer>& offers() const { return m_offers; }
    /// Weights that lost something already may be encoded again: a person said so.
    bool requantizing() const { return m_requantize; }
    /// Mixes that were read to compare with, as choices of the profile in force.
    const std::vector<NamedChoice>& comparisons() const { return m_comparisons; }
    /// Matrices with the numbers of another one; looked for once the scores are there.
    const std::vector<TensorCopy>& copies() const { return m_copies; }
    /// True while the curves of weight blocks are made, which this target's plan is to rest on.
    bool measuringBlocks() const { return m_measuringBlocks; }
    bool fromCache() const { return m_fromCache; }
    double analysisSeconds() const { return m_seconds; }
    bool paused() const { return m_reader.paused(); }

    ProbeDepth probeDepth() const { return m_depth; }
    /// How deep a probe of this model can look at all.
    const ProbeSupport& probeSupport() const { return m_support; }
    /// Why an export cannot encode with feedback; empty when it can.
    const QString& feedbackObstacle() const { return m_feedbackObstacle; }
    /// True from the end of the first pass until what the probe found is in the plan.
    bool probing() const { return m_probing; }
    /// How deep the present scores go, 1 to 3, and why no deeper; empty when it is what was asked.
    int tier() const;
    QString tierReason() const;

    /// The importance file whose inputs stand in for the probe's; empty: the probe's own.
    const std::optional<std::filesystem::path>& imatrix() const { return m_usedImatrix; }
    /// What the file was found to hold, one sentence each.
    const QStringList& imatrixNotes() const { return m_imatrixNotes; }
    /// Tier of what the probe itself found, whatever an importance file adds.
    ProbeTier ownTier() const { return tierOf(m_own.moments); }

    /// Codec that `bits` mean for a decision: the smallest change from its present group size; of
    /// weight blocks the K type where the rows allow one, else the smallest; 16 means floats. Empty
    /// when the decision cannot take it.
    std::optional<CodecId> codecForBits(int decision, int bits) const;

    /// Where scores are kept between runs; empty switches the cache off (tests).
    void setCacheDirectory(const std::optional<std::filesystem::path>& directory);
    const std::optional<std::filesystem::path>& cacheDirectory() const { return m_cacheDirectory; }

public slots:
    void open(const std::filesystem::path& path);
    void close();
    /// Measures again, without the cache.
    void analyse();
    void cancel();
    /// Plans for another target; for one that is still looked at, as soon as it is known. Targets
    /// that can do nothing with the model are refused with their reason.
    void setTarget(const bitloupe::ExportTarget& target);
    /// Encode again what lost something already, where the target in force offers that.
    void allowRequantizing();
    /// Reads the types of a GGUF file that somebody mixed: as a point to compare with, or as pins
    /// for all that has a choice, with at least the budget that they need. For targets with blocks.
    void readMix(const std::filesystem::path& file, bitloupe::ui::Session::Mix use);
    void setPaused(bool paused);
    /// Probes anew, or drops what a probe found, when a model is open.
    void setProbeDepth(bitloupe::ProbeDepth depth);
    /// Weighs the curves anew with the inputs that a file of llama.cpp names.
    void importImatrix(const std::filesystem::path& file);
    /// Back to what the probe found.
    void dropImatrix();
    /// Writes the inputs in use as such a file, in place of one that exists.
    void saveImatrix(const std::filesystem::path& file);

signals:
    void stateChanged();
    void modelChanged(); // model, or target and with it the profile; the plan is gone
    void targetsChanged(); // more is known of what they can do
    void scoresChanged(const QVector<int>& tensors); // empty: any
    void planChanged();
    void copiesFound();
    void progressed(const QString& phase, quint64 bytesDone, quint64 bytesTotal);
    void mixRead(const QString& name, const QStringList& notes);
    void imatrixSaved(const QString& file);
    void failed(const bitloupe::Error& error);

private:
    struct Opened {
        std::shared_ptr<const Model> model;
        std::vector<TargetOffer> offers;
        std::shared_ptr<const TargetProfile> profile;
        ProbeSupport support;
        QString feedbackObstacle;
        std::optional<Analysis> cached;
        ProbeTier asked = ProbeTier::none; // what the cached scores answer
        std::string digest;
        Analysis blank; // every tensor waiting
        std::shared_ptr<const Analysis> plannable; // the same
    };

    static Result<Opened> openedModel(const std::filesystem::path& path,
        const ExportTarget& wanted, const std::optional<std::filesystem::path>& cache,
        ProbeDepth depth, const Job& job);
    void setState(State state);
    void opened(Result<Opened> result);
    void startMeasuring();
    void drainFeed();
    void measured(Result<Analysis> result);
    void startProbing();
    void lookForCopies();
    void probeAgain();
    void probed(Result<Probed> result);
    void lookAtOtherTargets();
    void useOffer(const TargetOffer& offer);
    bool blocksAreMissing() const;
    void measureBlocks();
    void useMix(MixedFile mixed, Mix use);
    void blocksMeasured(Result<Analysis> result);
    enum class Scores { asTheyWere, newest };
    void requestPlan(Scores scores = Scores::asTheyWere);

    JobRunner m_reader; // opens and measures
    JobRunner m_planner;
    JobRunner m_saver; // importance files
    JobRunner m_looker; // at what targets can do
    JobRunner m_mixReader;
    JobRunner m_copyFinder;
    std::shared_ptr<PlanWorker> m_planWorker; // touched by the planner's thread alone
    PlanEditor m_editor;
    const ExportTarget *m_target, *m_wantedTarget; // in force; asked for, also for other models
    std::vector<TargetOffer> m_offers;
    QHash<const ExportTarget*, Wishes> m_wishesFor; // of targets that were in force before
    std::vector<NamedChoice> m_comparisons; // options of the profile in force
    std::vector<TensorCopy> m_copies;
    bool m_requantize = false;
    bool m_measuringBlocks = false;
    State m_state = State::empty;
    std::optional<std::filesystem::path> m_cacheDirectory;
    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const TargetProfile> m_profile;
    std::optional<Error> m_exportProblem;
    std::shared_ptr<Analysis> m_analysis; // written here alone, and only while measuring
    std::shared_ptr<const Analysis> m_plannable; // what the planner starts from
    std::shared_ptr<const Analysis> m_blank; // every tensor waiting
    std::shared_ptr<const Planned> m_planned;
    std::shared_ptr<ScoreFeed> m_feed; // while measuring
    QTimer m_drainTimer;
    QElapsedTimer m_sincePreview;
    QElapsedTimer m_sinceStart, m_sinceProbe;
    double m_seconds = 0;
    bool m_fromCache = false;
    ProbeDepth m_depth = ProbeDepth::automatic;
    ProbeSupport m_support;
    QString m_feedbackObstacle;
    bool m_probing = false;
    bool m_readyWithPlan = false; // the next plan is the first that knows the probe's results
    OwnMoments m_own;
    std::optional<std::filesystem::path> m_imatrix, m_usedImatrix; // wanted, in the scores
    bool m_imatrixChanged = false; // read it again
    QStringList m_imatrixNotes;
    QString m_probeProblem; // of the last probe: stopped, or what failed
};

} // namespace bitloupe::ui
