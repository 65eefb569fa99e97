// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/findings.h"

#include "ui/core_words.h"
#include "ui/decision_text.h"
#include "ui/error_text.h"
#include "ui/qt_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <vector>

namespace bitloupe::ui {
namespace {

constexpr qsizetype mostFindings = 100;
constexpr qsizetype mostOfAKind = 5;
constexpr double remarkableSigma = 20;

QString tr(const char* text) { return QCoreApplication::translate("bitloupe::ui", text); }

// What one look at all scores finds: they are large, and tens of thousands of them take a while.
struct Seen {
    std::vector<std::size_t> odd; // tensors that a finding may speak of, in order
    std::uint64_t bad = 0; // values that are NaN or infinite
    int waiting = 0;
};

Seen lookAtScores(const Session& session)
{
    Seen seen;
    const auto& tensors = session.analysis()->tensors;
    for (std::size_t t = 0; t < tensors.size(); ++t) {
        const TensorScore& score = tensors[t];
        const TensorFacts& facts = score.facts;
        const std::uint64_t bad = facts.nans + facts.infinities;
        seen.bad += bad;
        seen.waiting += score.state == TensorState::waiting ? 1 : 0;
        if (bad > 0 || score.state == TensorState::failed || facts.maxSigma > remarkableSigma
            || facts.zeroRows > 0 || (facts.elements > 0 && facts.zeros == facts.elements))
            seen.odd.push_back(t);
    }
    return seen;
}

// Decision that stores each tensor, or -1.
QVector<int> decisionsOfTensors(const Session& session)
{
    QVector<int> found(static_cast<qsizetype>(session.model()->tensors.size()), -1);
    int* at = found.data(); // [] would ask each time whether the list is shared
    const auto& decisions = session.profile()->decisions;
    for (std::size_t d = 0; d < decisions.size(); ++d)
        for (const TensorId id : decisions[d].sources)
            at[id.index()] = static_cast<int>(d);
    return found;
}

bool isFree(const Session& session, int decision)
{
    return decision >= 0
        && session.profile()->decisions[static_cast<std::size_t>(decision)].options.size() > 1;
}

QString titleOf(const Session& session, int decision)
{
    return shortTitle(session.profile()->decisions[static_cast<std::size_t>(decision)]);
}

void addDamaged(const Session& session, const Seen& seen, const QVector<int>& decisionOf,
    QVector<Finding>& out)
{
    const auto& tensors = session.analysis()->tensors;
    for (const std::size_t t : seen.odd) {
        if (out.size() >= mostFindings)
            break;
        const TensorScore& score = tensors[t];
        const int decision = decisionOf[static_cast<qsizetype>(t)];
        const std::uint64_t bad = score.facts.nans + score.facts.infinities;
        if (score.state != TensorState::failed && bad == 0)
            continue;
        const QString name = nameToQt(session.model()->tensors[t].name, 60);
        if (score.state == TensorState::failed)
            out.append({Finding::Kind::error, tr("%1: could not be measured").arg(name),
                translated(score.reason), decision});
        else
            out.append({Finding::Kind::error,
                tr("%1: %2 values are NaN or infinite").arg(name, countToQt(bad)),
                tr("They count in no score, and an export refuses them."), decision});
    }
}

void addWorst(const Session& session, QVector<Finding>& out)
{
    const int decisions = static_cast<int>(session.profile()->decisions.size());
    int worst = -1;
    double damage = 0;
    for (int d = 0; d < decisions; ++d) {
        const DecisionView view(session, d);
        if (view.isFree() && view.known() && view.damage() > damage) {
            damage = view.damage();
            worst = d;
        }
    }
    if (worst >= 0)
        out.append({Finding::Kind::warning,
            tr("%1: largest share of the damage").arg(titleOf(session, worst)),
            tr("%1 of the plan's predicted damage.").arg(scoreToQt(damage)), worst});
}

struct Outlier {
    double sigma = 0;
    int decision = -1;
};

// The sharpest first; of a model full of them the first few say enough.
void addOutliers(const Session& session, const Seen& seen, const QVector<int>& decisionOf,
    QVector<Finding>& out)
{
    QVector<Outlier> found;
    const auto& tensors = session.analysis()->tensors;
    for (const std::size_t t : seen.odd) {
        const int decision = decisionOf[static_cast<qsizetype>(t)];
        const double sigma = tensors[t].facts.maxSigma;
        if (sigma > remarkableSigma && isFree(session, decision))
            found.append({sigma, decision});
    }
    std::stable_sort(found.begin(), found.end(),
        [](const Outlier& a, const Outlier& b) { return a.sigma > b.sigma; });
    for (qsizetype i = 0; i < std::min(found.size(), mostOfAKind); ++i)
        out.append({Finding::Kind::warning,
            tr("%1: largest |w| is %2 σ")
                .arg(titleOf(session, found[i].decision), scoreToQt(found[i].sigma, 2)),
            tr("An outlier stretches the range of its group."), found[i].decision});
    if (const qsizetype rest = found.size() - mostOfAKind; rest > 0)
        out.append({Finding::Kind::note,
            tr("outliers above %1 σ in %2 more tensors").arg(remarkableSigma).arg(rest), {},
            found[mostOfAKind].decision});
}

void addZeros(const Session& session, const Seen& seen, const QVector<int>& decisionOf,
    QVector<Finding>& out)
{
    qsizetype found = 0;
    const auto& tensors = session.analysis()->tensors;
    for (const std::size_t t : seen.odd) {
        const TensorFacts& facts = tensors[t].facts;
        const bool empty = facts.elements > 0 && facts.zeros == facts.elements;
        if ((!empty && facts.zeroRows == 0) || ++found > mostOfAKind)
            continue;
        const QString name = nameToQt(session.model()->tensors[t].name, 60);
        out.append({empty ? Finding::Kind::warning : Finding::Kind::note,
            empty ? tr("%1: all zero").arg(name)
                  : tr("%1: %2 rows are all zero").arg(name, countToQt(facts.zeroRows)),
            empty ? tr("It adds nothing; was it trained, or lost on the way?")
                  : tr("Often tokens that no training saw, or pruned outputs."),
            decisionOf[static_cast<qsizetype>(t)]});
    }
    if (found > mostOfAKind)
        out.append({Finding::Kind::note, tr("zero rows in %1 more tensors").arg(found - mostOfAKind),
            {}, -1});
}

void addCopies(const Session& session, const QVector<int>& decisionOf, QVector<Finding>& out)
{
    const auto& copies = session.copies();
    const auto name
        = [&](TensorId id) { return nameToQt(session.model()->tensor(id).name, 60); };
    for (std::size_t i = 0; i < std::min(copies.size(), std::size_t(mostOfAKind)); ++i)
        out.append({Finding::Kind::warning,
            tr("%1: the same numbers as %2").arg(name(copies[i].tensor), name(copies[i].original)),
            tr("By shape, extremes, mean, squares and histogram. Was one saved in the other's "
               "place?"),
            decisionOf[static_cast<qsizetype>(copies[i].tensor.index())]});
    if (copies.size() > std::size_t(mostOfAKind))
        out.append({Finding::Kind::note,
            tr("the numbers of other tensors in %1 more")
                .arg(copies.size() - std::size_t(mostOfAKind)),
            {}, decisionOf[static_cast<qsizetype>(copies[mostOfAKind].tensor.index())]});
}

// Matrices stored in another type than most of the model is.
void addOddTypes(const Session& session, const QVector<int>& decisionOf, QVector<Finding>& out)
{
    struct Stored {
        std::uint64_t bytes = 0;
        int tensors = 0, first = -1;
    };
    std::map<DType, Stored> types;
    const auto& tensors = session.model()->tensors;
    for (std::size_t t = 0; t < tensors.size(); ++t) {
        const int decision = decisionOf[static_cast<qsizetype>(t)];
        if (!isFree(session, decision))
            continue;
        Stored& type = types[tensors[t].dtype];
        type.bytes += tensors[t].byteSize;
        if (++type.tensors == 1)
            type.first = decision;
    }
    const auto common = std::max_element(types.begin(), types.end(),
        [](const auto& a, const auto& b) { return a.second.bytes < b.second.bytes; });
    for (auto type = types.begin(); type != types.end(); ++type) {
        if (type == common)
            continue;
        const QString odd = toQt(dtypeInfo(type->first).name);
        const QString most = toQt(dtypeInfo(common->first).name);
        out.append({Finding::Kind::note,
            type->second.tensors == 1
                ? tr("%1: stored as %2, most as %3").arg(titleOf(session, type->second.first), odd, most)
                : tr("%1 matrices are stored as %2, most as %3")
                      .arg(type->second.tensors)
                      .arg(odd, most),
            {}, type->second.first});
    }
}

void addNotes(const Session& session, QVector<Finding>& out)
{
    int fixed = 0;
    const auto& decisions = session.profile()->decisions;
    for (std::size_t d = 0; d < decisions.size(); ++d) {
        fixed += decisions[d].options.size() == 1 ? 1 : 0;
        if (decisions[d].role == TensorRole::embedding
            && servesHead(*session.model(), *session.profile(), decisions[d]))
            out.append({Finding::Kind::note, tr("embed and head are one tensor"), {},
                static_cast<int>(d)});
    }
    if (fixed > 0)
        out.append({Finding::Kind::note, tr("tensors that stay floats: %1").arg(countToQt(std::uint64_t(fixed))),
            tr("Norms, biases and whatever the target cannot quantize."), -1});
    // That it can only be looked at is said above, in every language.
    for (const std::string& note : session.profile()->notes)
        if (out.size() < mostFindings && !note.starts_with("View only: "))
            out.append({Finding::Kind::note, translated(note), {}, -1});
}

void addState(const Session& session, const Seen& seen, QVector<Finding>& out)
{
    if (seen.waiting > 0)
        out.append(
            {Finding::Kind::waiting, tr("tensors not scored yet: %1").arg(seen.waiting), {}, -1});
    else if (seen.bad == 0)
        out.append({Finding::Kind::note,
            tr("no NaN, no infinity in %1 tensors")
                .arg(countToQt(session.analysis()->tensors.size())),
            {}, -1});
}

} // namespace

QVector<Finding> findFindings(const Session& session)
{
    QVector<Finding> found;
    if (!session.model())
        return found;
    if (session.exportProblem())
        found.append({Finding::Kind::error, tr("cannot be exported: view only"),
            errorText(*session.exportProblem()) + QLatin1Char('\n')
                + errorSentence(*session.exportProblem()),
            -1});
    const QVector<int> decisionOf = decisionsOfTensors(session);
    const Seen seen = lookAtScores(session);
    addDamaged(session, seen, decisionOf, found);
    for (const ModelWarning& warning : session.model()->warnings)
        if (found.size() < mostFindings)
            found.append({Finding::Kind::warning, translated(warning.sentence),
                nameToQt(warning.where), -1});
    addWorst(session, found);
    addOutliers(session, seen, decisionOf, found);
    addZeros(session, seen, decisionOf, found);
    addCopies(session, decisionOf, found);
    addOddTypes(session, decisionOf, found);
    addNotes(session, found);
    addState(session, seen, found);
    return found;
}

} // namespace bitloupe::ui
