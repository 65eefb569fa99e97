// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the session that probes, and takes or gives importance files.
#include "ui/session.h"

#include "probe/imatrix.h"
#include "ui/core_words.h"
#include "ui/error_text.h"
#include "ui/qt_text.h"
#include "ui/release.h"

#include <utility>

namespace bitloupe::ui {

void Session::startProbing()
{
    m_probeProblem.clear();
    m_readyWithPlan = m_measuringBlocks = false;
    m_drainTimer.stop();
    m_feed.reset();
    const bool newFile = std::exchange(m_imatrixChanged, false);
    m_probing = newFile || m_own.asked != tierToAsk(m_depth, m_support)
        || m_imatrix != m_usedImatrix;
    if (!m_probing) {
        measureBlocks();
        return;
    }
    setState(State::analysing);
    m_sinceProbe.start();
    m_reader.start(
        [model = m_model, analysis = std::shared_ptr<const Analysis>(m_analysis), own = m_own,
            wish = ProbeWish {tierToAsk(m_depth, m_support), m_imatrix}, cache = m_cacheDirectory](
            const Job& job) { return probeAndWeigh(model, analysis, own, wish, cache, job); },
        [this](Result<Probed> result) { probed(std::move(result)); });
}

void Session::probed(Result<Probed> result)
{
    m_probing = result.has_value();
    if (!result) {
        // The scores that there are stand, and the plan from them.
        m_imatrix = m_usedImatrix;
        const bool cancelled = result.error().code == Errc::cancelled;
        m_probeProblem = cancelled ? tr("The probe was stopped.")
                                   : errorText(result.error()) + QLatin1Char('\n')
                + errorSentence(result.error());
        if (blocksAreMissing())
            setState(State::partial);
        else
            setState(State::ready);
        if (!cancelled)
            emit failed(result.error());
        return;
    }
    m_seconds += double(m_sinceProbe.elapsed()) / 1000;
    replaceHeld(m_analysis, std::make_shared<Analysis>(std::move(result->analysis)));
    replaceHeld(m_plannable, std::shared_ptr<const Analysis>(m_analysis));
    m_own = std::move(result->own);
    m_usedImatrix = m_imatrix;
    m_imatrixNotes.clear();
    for (const std::string& note : result->notes)
        m_imatrixNotes.append(translated(note));
    emit scoresChanged({});
    m_readyWithPlan = !blocksAreMissing();
    requestPlan();
    if (!m_readyWithPlan)
        measureBlocks();
}

void Session::setProbeDepth(ProbeDepth depth)
{
    if (depth == m_depth)
        return;
    m_depth = depth;
    probeAgain();
}

// In the first pass it is too early; its end looks for what is wanted.
void Session::probeAgain()
{
    const bool stopped = m_state == State::partial && m_analysis && m_analysis->complete;
    if (m_state == State::ready || stopped || m_probing || m_measuringBlocks)
        startProbing();
}

void Session::importImatrix(const std::filesystem::path& file)
{
    if (!m_model)
        return;
    m_imatrix = file;
    m_imatrixChanged = true; // the same name may hold something else now
    probeAgain();
}

void Session::dropImatrix()
{
    m_imatrix.reset();
    probeAgain();
}

void Session::saveImatrix(const std::filesystem::path& file)
{
    if (!m_analysis)
        return;
    m_saver.enqueue(
        [model = m_model, moments = m_analysis->moments, file](const Job&) -> Result<QString> {
            if (const auto saved = bitloupe::saveImatrix(*model, moments, file, true); !saved)
                return saved.error();
            return pathToQt(file);
        },
        [this](const Result<QString>& result) {
            if (result)
                emit imatrixSaved(*result);
            else
                emit failed(result.error());
        });
}

int Session::tier() const
{
    return 1 + (m_analysis ? static_cast<int>(tierOf(m_analysis->moments)) : 0);
}

QString Session::tierReason() const
{
    if (!m_probeProblem.isEmpty() || !m_analysis)
        return m_probeProblem;
    if (m_analysis->moments && !m_analysis->moments->reason.empty())
        return translated(m_analysis->moments->reason);
    return tierToAsk(m_depth, {ProbeTier::full, {}}) > m_support.tier ? translated(m_support.reason)
                                                                     : QString();
}

} // namespace bitloupe::ui
