// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the session that chooses what to plan for, and measures what that needs.
#include "ui/session.h"

#include "ui/core_words.h"
#include "ui/qt_text.h"
#include "ui/release.h"

#include <algorithm>
#include <utility>

namespace bitloupe::ui {
namespace {

const TargetOffer* offerFor(const std::vector<TargetOffer>& offers, const ExportTarget* target)
{
    const auto found = std::find_if(offers.begin(), offers.end(),
        [target](const TargetOffer& offer) { return offer.target == target; });
    return found == offers.end() ? nullptr : &*found;
}

} // namespace

// The window has its model already; what else could be made of it may take reading a tokenizer.
void Session::lookAtOtherTargets()
{
    std::vector<const ExportTarget*> others;
    for (const TargetOffer& offer : m_offers)
        if (offer.pending())
            others.push_back(offer.target);
    emit targetsChanged();
    m_looker.start(
        [model = m_model, others](const Job&) -> Result<std::vector<TargetOffer>> {
            std::vector<TargetOffer> found;
            for (const ExportTarget* target : others)
                found.push_back(offerOf(*target, *model));
            return found;
        },
        [this, others](Result<std::vector<TargetOffer>> found) {
            if (!found)
                return;
            for (TargetOffer& offer : *found)
                for (TargetOffer& known : m_offers)
                    if (known.target == offer.target)
                        known = std::move(offer);
            emit targetsChanged();
            const TargetOffer* wanted = offerFor(m_offers, m_wantedTarget);
            if (m_wantedTarget == m_target || !wanted)
                return;
            if (wanted->profile) {
                useOffer(*wanted);
            } else if (std::find(others.begin(), others.end(), m_wantedTarget) != others.end()) {
                // Asked for while nobody knew.
                m_wantedTarget = m_target;
                emit failed(*wanted->problem);
            }
        });
}

void Session::setTarget(const ExportTarget& target)
{
    m_wantedTarget = &target;
    const TargetOffer* offer = offerFor(m_offers, &target);
    if (!offer || offer->pending() || &target == m_target)
        return;
    if (offer->profile) {
        useOffer(*offer);
        return;
    }
    m_wantedTarget = m_target;
    emit targetsChanged();
    emit failed(*offer->problem);
}

void Session::useOffer(const TargetOffer& offer)
{
    // Wishes by decision are of no meaning for another target's decisions, not for a moment.
    m_wishesFor[m_target] = m_editor.wishes();
    m_editor.reset(m_editor.budget());
    m_planner.forget();
    m_mixReader.forget();
    m_comparisons.clear();
    m_planned.reset();
    m_target = offer.target;
    m_profile = offer.profile;
    m_exportProblem = offer.requantizes && m_requantize ? std::nullopt : offer.problem;
    emit modelChanged();
    emit scoresChanged({});
    const Budget budget = m_editor.budget();
    m_editor.reset(isWithinReach(*m_profile, budget) ? budget : startingBudget(*m_profile),
        m_wishesFor.value(m_target));
    // A probe that runs is of use to every target; its end sees what else this one needs.
    const bool probeRuns = m_probing && !m_readyWithPlan;
    if (m_analysis->complete && !probeRuns)
        startProbing();
}

void Session::allowRequantizing()
{
    const TargetOffer* offer = offerFor(m_offers, m_target);
    if (!offer || !offer->requantizes)
        return;
    m_requantize = true;
    m_exportProblem.reset();
    emit targetsChanged();
    emit stateChanged();
    emit planChanged(); // findings speak of what stood in the way
}

void Session::readMix(const std::filesystem::path& file, Mix use)
{
    if (!m_profile)
        return;
    m_mixReader.start(
        [file, profile = m_profile](const Job& job) { return readMixedFile(file, *profile, job); },
        [this, use](Result<MixedFile> mixed) {
            if (mixed)
                useMix(std::move(*mixed), use);
            else
                emit failed(mixed.error());
        });
}

void Session::useMix(MixedFile mixed, Mix use)
{
    const QString name = nameToQt(mixed.name, 80);
    QStringList notes;
    for (const std::string& note : mixed.notes)
        notes.append(translated(note));
    std::erase_if(m_comparisons, [&](const NamedChoice& one) { return one.name == mixed.name; });
    m_comparisons.push_back({std::move(mixed.name), std::move(mixed.choice)});
    if (use == Mix::comparison) {
        requestPlan();
    } else {
        Budget budget = m_editor.budget();
        if (budget.kind != BudgetKind::fileBytes || budget.expertBytes
            || budget.bytes < mixed.fileBytes)
            budget = {BudgetKind::fileBytes, mixed.fileBytes, {}};
        m_editor.pinWithin(budget, mixed.pins, tr("types as in %1").arg(name));
    }
    emit mixRead(name, notes);
}

bool Session::blocksAreMissing() const
{
    return offersBlocks(*m_profile) && !m_analysis->blockCurves;
}

void Session::measureBlocks()
{
    m_probing = false;
    m_measuringBlocks = blocksAreMissing();
    setState(m_measuringBlocks ? State::analysing : State::ready);
    if (!m_measuringBlocks) {
        m_reader.forget(); // it may still measure the blocks of another target
        return;
    }
    m_sinceProbe.start();
    m_sincePreview.start();
    m_feed = std::make_shared<ScoreFeed>();
    m_drainTimer.start();
    // What an importance file weighed is not for the cache.
    const auto tier = m_usedImatrix ? std::nullopt : std::optional(m_own.asked);
    m_reader.start(
        [model = m_model, analysis = std::shared_ptr<const Analysis>(m_analysis), feed = m_feed,
            tier, cache = m_cacheDirectory](const Job& job) {
            return withBlockCurves(model, analysis, tier, cache,
                [&feed](TensorId id, const TensorScore& score) { feed->add(id, score); }, job);
        },
        [this](Result<Analysis> result) { blocksMeasured(std::move(result)); });
}

void Session::blocksMeasured(Result<Analysis> result)
{
    m_drainTimer.stop();
    m_feed.reset();
    m_measuringBlocks = false;
    if (!result) {
        setState(State::partial);
        if (result.error().code != Errc::cancelled)
            emit failed(result.error());
        return;
    }
    m_seconds += double(m_sinceProbe.elapsed()) / 1000;
    replaceHeld(m_analysis, std::make_shared<Analysis>(std::move(*result)));
    replaceHeld(m_plannable, std::shared_ptr<const Analysis>(m_analysis));
    if (!m_usedImatrix && m_own.moments)
        m_own.moments = m_analysis->moments; // the same, and maybe read from the cache just now
    m_readyWithPlan = true;
    emit scoresChanged({});
    requestPlan();
}

} // namespace bitloupe::ui
