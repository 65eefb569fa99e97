// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include "measure/measure.h"
#include "model/open.h"
#include "report/score_cache.h"
#include "ui/qt_text.h"
#include "ui/release.h"

#include <cstdlib>
#include <utility>

namespace bitloupe::ui {
namespace {

// Options come by size, so the first of a rank is the smallest: K types before those of 32, and
// IQ4_NL before Q4_0, which it beats at the same size.
int rankOfBlock(const Codec& block)
{
    switch (block.storedType) {
    case DType::IQ4_XS: return 3;
    case DType::Q4_0: return 2;
    default: return block.groupSize == 256 ? 0 : 1;
    }
}

constexpr int drainIntervalMs = 100;
constexpr int previewIntervalMs = 400;

} // namespace

Session::Session(QObject* parent)
    : QObject(parent)
    , m_planWorker(std::make_shared<PlanWorker>())
    , m_target(&exportTargets().front())
    , m_wantedTarget(m_target)
    , m_cacheDirectory(defaultCacheDirectory())
{
    m_drainTimer.setInterval(drainIntervalMs);
    connect(&m_drainTimer, &QTimer::timeout, this, &Session::drainFeed);
    connect(&m_editor, &PlanEditor::changed, this, [this] { requestPlan(); });
    connect(&m_reader, &JobRunner::progressed, this, &Session::progressed);
}

Session::~Session() = default;

void Session::setCacheDirectory(const std::optional<std::filesystem::path>& directory)
{
    m_cacheDirectory = directory;
}

void Session::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

void Session::open(const std::filesystem::path& path)
{
    close();
    setState(State::opening);
    m_reader.start(
        [path, wanted = m_wantedTarget, cache = m_cacheDirectory, depth = m_depth](
            const Job& job) { return openedModel(path, *wanted, cache, depth, job); },
        [this](Result<Opened> result) { opened(std::move(result)); });
}

Result<Session::Opened> Session::openedModel(const std::filesystem::path& path,
    const ExportTarget& wanted, const std::optional<std::filesystem::path>& cache,
    ProbeDepth depth, const Job& job)
{
    auto model = openModel(path, job);
    if (!model)
        return model.error();
    Opened opened;
    opened.model = *model;
    opened.digest = (*model)->digest();
    opened.offers = pendingOffers();
    const int offer = findOffer(opened.offers, wanted, **model);
    opened.profile = offer >= 0
        ? opened.offers[static_cast<std::size_t>(offer)].profile
        : std::make_shared<const TargetProfile>(profileForViewing(wanted, **model));
    opened.support = bitloupe::probeSupport(**model);
    opened.asked = tierToAsk(depth, opened.support);
    opened.feedbackObstacle = toQt(selfTextObstacle(**model, memoryForWeights()));
    if (cache)
        opened.cached = cachedFor(*cache, **model, opened.asked, offersBlocks(*opened.profile));
    // Tens of thousands of records take long enough to make to be felt in the window.
    opened.blank.modelDigest = opened.digest;
    opened.blank.tensors.resize((*model)->tensors.size());
    opened.plannable = std::make_shared<const Analysis>(opened.blank);
    return opened;
}

void Session::close()
{
    m_reader.forget();
    m_planner.forget();
    m_looker.forget();
    m_mixReader.forget();
    m_copyFinder.forget();
    m_comparisons.clear();
    m_copies.clear();
    m_drainTimer.stop();
    m_feed.reset();
    m_model.reset();
    m_offers.clear();
    m_wishesFor.clear();
    m_requantize = false;
    m_profile.reset();
    m_exportProblem.reset();
    replaceHeld(m_analysis, {});
    replaceHeld(m_plannable, {});
    replaceHeld(m_blank, {});
    replaceHeld(m_planned, {});
    m_fromCache = m_probing = m_measuringBlocks = m_readyWithPlan = false;
    m_own = {};
    m_imatrix.reset();
    m_usedImatrix.reset();
    m_imatrixNotes.clear();
    m_probeProblem.clear();
    m_editor.reset(m_editor.budget()); // its rules speak of the old model's tensors
    // Item models must let go of the profile before anything asks them for text.
    m_state = State::empty;
    emit modelChanged();
    emit stateChanged();
}

void Session::opened(Result<Opened> result)
{
    if (!result) {
        setState(State::empty);
        if (result.error().code != Errc::cancelled)
            emit failed(result.error());
        return;
    }
    m_model = result->model;
    m_profile = result->profile;
    m_offers = std::move(result->offers);
    m_target = findExportTarget(m_profile->targetId);
    for (const TargetOffer& one : m_offers)
        if (one.target == m_target)
            m_exportProblem = one.problem;
    m_support = result->support;
    m_feedbackObstacle = result->feedbackObstacle;
    m_fromCache = result->cached.has_value();
    m_blank = m_plannable = std::move(result->plannable);
    m_analysis = std::make_shared<Analysis>(
        std::move(m_fromCache ? *result->cached : result->blank));
    if (m_fromCache) {
        replaceHeld(m_plannable, std::shared_ptr<const Analysis>(m_analysis));
        if (m_analysis->moments)
            m_own = {result->asked, m_analysis->moments};
    }
    setState(State::analysing);
    emit modelChanged();
    emit scoresChanged({});
    m_editor.reset(startingBudget(*m_profile));
    lookAtOtherTargets();
    if (m_fromCache) {
        lookForCopies();
        startProbing();
    } else {
        startMeasuring();
    }
}

void Session::analyse()
{
    if (!m_model)
        return;
    // The planner may still read the old scores, so they are replaced, never written over.
    m_analysis = std::make_shared<Analysis>(*m_blank);
    replaceHeld(m_plannable, std::shared_ptr<const Analysis>(m_blank));
    m_own = {};
    m_copyFinder.forget();
    m_copies.clear();
    m_usedImatrix.reset();
    m_fromCache = m_probing = m_measuringBlocks = m_readyWithPlan = false;
    setState(State::analysing);
    emit scoresChanged({});
    startMeasuring();
}

void Session::startMeasuring()
{
    m_sinceStart.start();
    m_sincePreview.start();
    m_feed = std::make_shared<ScoreFeed>();
    m_drainTimer.start();
    m_reader.start(
        [model = m_model, feed = m_feed, cache = m_cacheDirectory](
            const Job& job) -> Result<Analysis> {
            auto analysis = measureModel(
                model, {}, job, [&feed](TensorId id, const TensorScore& score) {
                    feed->add(id, score);
                });
            if (analysis && cache) {
                // A cache that cannot be written costs time at the next opening, nothing else.
                const auto stored = storeCachedAnalysis(*cache, *model, *analysis);
                static_cast<void>(stored.has_value());
            }
            return analysis;
        },
        [this](Result<Analysis> result) { measured(std::move(result)); });
}

void Session::drainFeed()
{
    if (!m_feed)
        return;
    ScoreFeed::Scores scores = m_feed->takeForWindow();
    if (scores.empty())
        return;
    QVector<int> tensors;
    for (auto& [id, score] : scores) {
        // While blocks are measured the planner may be reading these; their end brings all.
        if (!m_measuringBlocks)
            m_analysis->tensors[id.index()] = std::move(score);
        tensors.append(static_cast<int>(id.value));
    }
    if (!m_measuringBlocks)
        emit scoresChanged(tensors);
    if (m_sincePreview.elapsed() < previewIntervalMs || m_planner.running())
        return;
    m_sincePreview.restart();
    requestPlan(Scores::newest);
}

void Session::measured(Result<Analysis> result)
{
    m_drainTimer.stop();
    if (!result) {
        drainFeed();
        setState(State::partial);
        if (result.error().code != Errc::cancelled)
            emit failed(result.error());
    } else {
        replaceHeld(m_analysis, std::make_shared<Analysis>(std::move(*result)));
        m_seconds = double(m_sinceStart.elapsed()) / 1000;
    }
    const bool whole = m_state != State::partial;
    m_feed.reset();
    // Nothing is written to it from here on, so the planner may read it without a copy.
    replaceHeld(m_plannable, std::shared_ptr<const Analysis>(m_analysis));
    emit scoresChanged({});
    requestPlan();
    lookForCopies();
    if (whole)
        startProbing();
}

// Of tens of thousands of alike matrices it takes a while; what later passes add changes nothing.
void Session::lookForCopies()
{
    m_copyFinder.start(
        [model = m_model, analysis = std::shared_ptr<const Analysis>(m_analysis)](
            const Job&) -> Result<std::vector<TensorCopy>> { return findCopies(*model, *analysis); },
        [this](Result<std::vector<TensorCopy>> found) {
            if (!found)
                return;
            m_copies = std::move(*found);
            emit copiesFound();
        });
}

void Session::cancel() { m_reader.stop(); }

void Session::setPaused(bool paused)
{
    m_reader.setPaused(paused);
    emit stateChanged();
}

void Session::requestPlan(Scores scores)
{
    if (!m_model)
        return;
    PlanQuestion question {m_profile, m_plannable, m_editor.options(), m_editor.revision(), m_feed,
        scores == Scores::newest, m_comparisons, m_editor.heldDamage()};
    m_planner.start(
        [worker = m_planWorker, question = std::move(question)](const Job& job) {
            return worker->answer(question, job);
        },
        [this](const Result<std::shared_ptr<const Planned>>& result) {
            if (!result)
                return;
            replaceHeld(m_planned, *result);
            if (m_planned->followed && m_editor.heldDamage())
                m_editor.follow(*m_planned->followed);
            emit planChanged();
            if (std::exchange(m_readyWithPlan, false)) {
                m_probing = false;
                setState(State::ready);
            }
        });
}

std::optional<CodecId> Session::codecForBits(int decision, int bits) const
{
    if (!m_profile || decision < 0 || decision >= static_cast<int>(m_profile->decisions.size()))
        return std::nullopt;
    const Decision& one = m_profile->decisions[static_cast<std::size_t>(decision)];
    if (bits >= 16)
        return one.options.back().codec;
    int group = 64;
    if (m_planned && m_planned->plan) {
        const Choice& choice = m_planned->plan->choices[static_cast<std::size_t>(decision)];
        const int now = codec(one.options[choice.option].codec).groupSize;
        group = now > 0 ? now : group;
    }
    std::optional<CodecId> found;
    int distance = 0;
    for (const CodecOption& option : one.options) {
        const Codec& candidate = codec(option.codec);
        if (candidate.family == CodecFamily::stored || candidate.bits != bits)
            continue;
        const int off = candidate.family == CodecFamily::block ? rankOfBlock(candidate)
                                                               : std::abs(candidate.groupSize - group);
        if (!found || off < distance) {
            found = candidate.id;
            distance = off;
        }
    }
    return found;
}

} // namespace bitloupe::ui
