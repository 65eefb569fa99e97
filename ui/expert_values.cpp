// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expert_values.h"

#include "ui/qt_text.h"

#include <QCoreApplication>

#include <cmath>

namespace bitloupe::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("bitloupe::ui", text); }

const RatePoint* pointOf(const TensorScore* score, const Codec& codec)
{
    if (score)
        for (const RatePoint& point : score->curve)
            if (point.codec == codec.id)
                return &point;
    return nullptr;
}

// What adds up over experts to the stack's damage, as the deepest tier that judged it counts.
double errorEnergy(const TensorScore& score, const RatePoint& point, int tier)
{
    if (tier == 3)
        return point.probed.damage;
    return tier == 2 ? point.probed.inputError * score.inputEnergy
                     : point.nrmse * point.nrmse * score.frobeniusSquared;
}

double valueOf(const TensorScore& score, const RatePoint* point, const ColourChoice& colour,
    const DecisionView& view)
{
    switch (colour.kind) {
    case ColourChoice::bits: return view.bits();
    case ColourChoice::bitsOverUniform:
    case ColourChoice::bitsOverPlan: return bitsBeside(view, colour);
    case ColourChoice::tier: return 1 + static_cast<int>(score.probed);
    case ColourChoice::metric:
        return colour.metricIndex < score.metrics.size() ? score.metrics[colour.metricIndex]
                                                         : unknownValue;
    case ColourChoice::nrmse: return point ? point->nrmse : unknownValue;
    case ColourChoice::inputError: return point ? point->probed.inputError : unknownValue;
    case ColourChoice::damage: // of equal sizes: shares are the same by the megabyte
    case ColourChoice::damagePerMegabyte:
        return point ? errorEnergy(score, *point, view.tier()) : unknownValue;
    case ColourChoice::outputDamage: return point ? point->probed.damage : unknownValue;
    }
    return unknownValue;
}

} // namespace

bool isExpertRole(TensorRole role)
{
    return role == TensorRole::expertGate || role == TensorRole::expertUp
        || role == TensorRole::expertGateUp || role == TensorRole::expertDown;
}

int expertCount(const Decision& decision)
{
    return isExpertRole(decision.role) && decision.slabs > 1 ? static_cast<int>(decision.slabs) : 0;
}

const TensorScore* expertScore(const Session& session, const Decision& decision, int expert)
{
    const bool apart = decision.sources.size() == decision.slabs && decision.cut.whole();
    if (!session.analysis() || !apart || expert < 0
        || expert >= static_cast<int>(decision.sources.size()))
        return nullptr;
    const TensorId source = decision.sources[static_cast<std::size_t>(expert)];
    const TensorScore& score = session.analysis()->tensors[source.index()];
    return score.state == TensorState::waiting ? nullptr : &score;
}

QVector<double> expertValues(
    const Session& session, const DecisionView& view, const ColourChoice& colour)
{
    const int count = expertCount(view.decision());
    QVector<double> values(count, unknownValue);
    double sum = 0;
    for (int expert = 0; expert < count; ++expert) {
        const TensorScore* score = expertScore(session, view.decision(), expert);
        if (!score || score->state != TensorState::measured)
            continue;
        values[expert] = valueOf(*score, pointOf(score, view.codec()), colour, view);
        sum += values[expert];
    }
    const bool shared = colour.kind == ColourChoice::damage
        || colour.kind == ColourChoice::damagePerMegabyte
        || colour.kind == ColourChoice::outputDamage;
    const double whole = colour.kind == ColourChoice::damage ? view.damage()
        : colour.kind == ColourChoice::damagePerMegabyte     ? view.damagePerMegabyte()
                                                             : view.outputDamage();
    for (double& value : values)
        if (shared) // an unknown expert leaves the others' shares unknown too
            value = sum > 0 ? whole * count * value / sum : unknownValue;
    return values;
}

QString expertToolTip(const Session& session, const DecisionView& view, int expert)
{
    const Decision& decision = view.decision();
    QStringList lines = {QStringLiteral("<b>%1</b>").arg(
        tr("Expert %1 of %2").arg(expert).arg(expertCount(decision)))};
    const TensorScore* score = expertScore(session, decision, expert);
    if (!score) {
        lines.append(tr("The experts were measured together."));
        return lines.join(QStringLiteral("<br>"));
    }
    const TensorId source = decision.sources[static_cast<std::size_t>(expert)];
    lines.append(nameToQt(session.model()->tensor(source).name).toHtmlEscaped());
    const RatePoint* point = pointOf(score, view.codec());
    lines.append(tr("%1: NRMSE %2").arg(
        view.codecText().toHtmlEscaped(), scoreToQt(point ? point->nrmse : unknownValue)));
    if (point && std::isfinite(point->probed.inputError))
        lines.append(tr("r %1, D %2").arg(
            scoreToQt(point->probed.inputError), scoreToQt(point->probed.damage)));
    if (!score->reason.empty())
        lines.append(nameToQt(score->reason, 300).toHtmlEscaped());
    return lines.join(QStringLiteral("<br>"));
}

} // namespace bitloupe::ui
