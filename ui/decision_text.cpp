// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/decision_text.h"

#include "measure/metrics.h"
#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

namespace bitloupe::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("bitloupe::ui", text); }

} // namespace

bool servesHead(const Model& model, const TargetProfile& profile, const Decision& decision)
{
    if (!decision.derivedFrom.empty())
        return true;
    return decision.role == TensorRole::embedding && model.config.tiedEmbeddings.value_or(false)
        && std::none_of(profile.decisions.begin(), profile.decisions.end(),
            [](const Decision& other) { return other.role == TensorRole::lmHead; });
}

HeatmapCell::Trouble troubleOf(const TensorScore& score)
{
    if (score.state == TensorState::failed)
        return HeatmapCell::Trouble::failed;
    return score.facts.nans + score.facts.infinities > 0 ? HeatmapCell::Trouble::notFinite
                                                         : HeatmapCell::Trouble::none;
}

DecisionView::DecisionView(const Session& session, int index)
    : m_session(session)
    , m_decision(&session.profile()->decisions[static_cast<std::size_t>(index)])
    , m_index(index)
    , m_option(m_decision->options.size() - 1)
{
    if (session.planned() && session.planned()->plan)
        m_option = session.planned()->plan->choices[static_cast<std::size_t>(index)].option;
}

const Codec& DecisionView::codec() const
{
    return bitloupe::codec(m_decision->options[m_option].codec);
}

std::uint64_t DecisionView::sourceBytes() const
{
    std::uint64_t sum = 0;
    for (const TensorId id : m_decision->sources)
        sum += m_session.model()->tensor(id).byteSize;
    return sum;
}

double DecisionView::bitsPerWeight() const
{
    return m_decision->elements > 0
        ? 8.0 * static_cast<double>(bytes()) / static_cast<double>(m_decision->elements)
        : unknownValue;
}

const DecisionEvidence* DecisionView::evidence() const
{
    if (!m_session.planned() || !m_session.planned()->evidence)
        return nullptr;
    return &m_session.planned()->evidence->decisions[static_cast<std::size_t>(m_index)];
}

bool DecisionView::known() const
{
    const DecisionEvidence* found = evidence();
    return found && found->known;
}

double DecisionView::damage() const
{
    const DecisionEvidence* found = evidence();
    return found && isFree() ? found->options[m_option].damage : unknownValue;
}

double DecisionView::bitsOver(std::size_t option) const
{
    if (m_decision->elements == 0 || option >= m_decision->options.size())
        return unknownValue;
    const CodecOption& other = m_decision->options[option];
    return 8 * (double(bytes()) - double(other.dataBytes)) / double(m_decision->elements);
}

double DecisionView::bitsOverUniform() const
{
    const Planned* planned = m_session.planned().get();
    const auto index = static_cast<std::size_t>(m_index);
    return planned && index < planned->uniformChoice.size()
        ? bitsOver(planned->uniformChoice[index])
        : unknownValue;
}

double DecisionView::damagePerMegabyte() const
{
    return bytes() > 0 ? damage() / (double(bytes()) / 1e6) : unknownValue;
}

double DecisionView::nrmse() const
{
    const DecisionEvidence* found = evidence();
    return found && isFree() ? found->options[m_option].nrmse : unknownValue;
}

double DecisionView::inputError() const
{
    const DecisionEvidence* found = evidence();
    return found && isFree() ? found->details[m_option].probed.inputError : unknownValue;
}

double DecisionView::outputDamage() const
{
    const DecisionEvidence* found = evidence();
    return found && isFree() ? found->details[m_option].probed.damage : unknownValue;
}

double DecisionView::tierDamage(int tier) const
{
    const DecisionEvidence* found = evidence();
    return found && isFree() ? damageByTier(*found, m_option, tier) : unknownValue;
}

int DecisionView::tier() const
{
    const DecisionEvidence* found = evidence();
    return found ? found->tier : 1;
}

double DecisionView::metric(std::size_t index) const
{
    const DecisionEvidence* found = evidence();
    return found && index < found->metrics.size() ? found->metrics[index] : unknownValue;
}

const Choice* DecisionView::choice() const
{
    const auto& planned = m_session.planned();
    return planned && planned->plan ? &planned->plan->choices[static_cast<std::size_t>(m_index)]
                                    : nullptr;
}

bool DecisionView::pinned() const
{
    // Patterns by the plan, as long as it knows of the last change.
    return m_session.editor().pins().contains(m_index)
        || (choice() && choice()->reason == ReasonKind::pinned
            && m_session.planned()->revision == m_session.editor().revision());
}

QString DecisionView::ruleText() const
{
    if (!choice() || choice()->rule < 0)
        return pinned() ? tr("Pinned by hand.") : QString();
    const auto& rules = m_session.planned()->plan->options.rules;
    const Rule& rule = rules[static_cast<std::size_t>(choice()->rule)];
    const QString wish = codecTitle(rule.codec);
    const bool pins = rule.kind == Rule::Kind::pin;
    if (rule.decision)
        return pins ? tr("Pinned by hand.") : tr("By hand: at least %1.").arg(wish);
    const QString pattern = nameToQt(rule.pattern, 100);
    return pins ? tr("Pinned by the rule %1.").arg(pattern)
                : tr("By the rule %1: at least %2.").arg(pattern, wish);
}

const TensorScore* DecisionView::score() const
{
    if (!m_session.analysis() || m_decision->sources.empty())
        return nullptr;
    const TensorScore& found = m_session.analysis()->tensors[m_decision->sources.front().index()];
    return found.state == TensorState::waiting ? nullptr : &found;
}

HeatmapCell::Trouble DecisionView::trouble() const
{
    HeatmapCell::Trouble worst = HeatmapCell::Trouble::none;
    for (const TensorId id : m_decision->sources)
        worst = std::max(worst, troubleOf(m_session.analysis()->tensors[id.index()]));
    return worst;
}

QString DecisionView::name() const { return nameToQt(m_decision->name); }

QString DecisionView::shapeText() const
{
    QStringList parts;
    for (const std::uint64_t size : m_decision->shape)
        parts.append(countToQt(size));
    return parts.isEmpty() ? tr("scalar") : parts.join(QStringLiteral(" × "));
}

QString DecisionView::layerText() const
{
    return m_decision->layer >= 0 ? QString::number(m_decision->layer) : QString();
}

QString DecisionView::codecText() const
{
    return codecTitle(codec().id);
}

const TensorMoments* DecisionView::moments() const
{
    const Analysis* analysis = m_session.analysis();
    if (!analysis || !analysis->moments || m_decision->sources.empty())
        return nullptr;
    const std::size_t at = m_decision->sources.front().index();
    return at < analysis->moments->tensors.size() ? &analysis->moments->tensors[at] : nullptr;
}

QString DecisionView::tierText() const
{
    QString text = tier() == 3 ? tr("Judged by tier 3, with gradients.")
        : tier() == 2          ? tr("Judged by tier 2, the inputs.")
                               : tr("Judged by tier 1, the weights alone.");
    if (evidence() && !evidence()->note.empty())
        text += QLatin1Char(' ') + nameToQt(evidence()->note, 500);
    return text;
}

QString DecisionView::toolTip() const
{
    QStringList lines = {QStringLiteral("<b>%1</b>").arg(name().toHtmlEscaped()),
        tr("%1, %2").arg(shapeText(), sizeToQt(sourceBytes())).toHtmlEscaped()};
    if (isFree()) {
        lines.append(tr("%1: %2").arg(codecText(), sizeToQt(bytes())));
        lines.append(known() ? tr("Predicted damage %1, NRMSE %2")
                                   .arg(scoreToQt(damage()), scoreToQt(nrmse()))
                             : tr("Not measured yet; the bits are provisional."));
    } else {
        lines.append(tr("Kept: %1").arg(nameToQt(m_decision->fixedReason)).toHtmlEscaped());
    }
    if (tied())
        lines.append(tr("Embedding and head are this one tensor."));
    else if (m_decision->sources.size() > 1)
        lines.append(tr("%1 tensors, stored as one").arg(m_decision->sources.size()));
    if (const QString rule = ruleText(); !rule.isEmpty())
        lines.append(rule.toHtmlEscaped());
    const QStringList odd = remarks();
    for (const QString& remark : odd)
        lines.append(remark.toHtmlEscaped());
    return lines.join(QStringLiteral("<br>"));
}

QStringList DecisionView::remarks() const
{
    QMap<QString, int> counts;
    for (const TensorId id : m_decision->sources) {
        const TensorScore& score = m_session.analysis()->tensors[id.index()];
        const std::uint64_t bad = score.facts.nans + score.facts.infinities;
        if (!score.reason.empty())
            ++counts[score.state == TensorState::failed
                    ? tr("Not measured: %1").arg(nameToQt(score.reason, 300))
                    : nameToQt(score.reason, 300)];
        if (bad > 0)
            ++counts[tr("NaN or infinite values: %1").arg(countToQt(bad))];
    }
    QStringList sentences;
    for (auto one = counts.cbegin(); one != counts.cend() && sentences.size() < 3; ++one)
        sentences.append(
            one.value() == 1 ? one.key() : tr("%1 (%2 tensors)").arg(one.key()).arg(one.value()));
    return sentences;
}

QString tierSentence(int tier)
{
    switch (tier) {
    case 3: return tr("Tier 3: probe, forward and backward. No data.");
    case 2: return tr("Tier 2: probe, forward. No data.");
    default: return tr("Tier 1: published scores and error curves. No data.");
    }
}

QString roleTitle(TensorRole role) { return toQt(roleInfo(role).title); }

QString shortTitle(const Decision& decision)
{
    const QString role = roleTitle(decision.role);
    return decision.layer < 0 ? role : tr("L%1 %2").arg(decision.layer).arg(role);
}

QString codecTitle(CodecId id)
{
    const Codec& one = codec(id);
    if (one.family == CodecFamily::affine)
        return tr("%1 bits, group %2").arg(one.bits).arg(one.groupSize);
    return toQt(one.family == CodecFamily::block ? dtypeInfo(one.storedType).name : one.name);
}

} // namespace bitloupe::ui
