// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/findings.h"

#include "ui/decision_text.h"
#include "ui/qt_text.h"

#include <QApplication>
#include <QStyle>

namespace bitloupe::ui {
namespace {

constexpr qsizetype mostFindings = 100;
constexpr double remarkableSigma = 20;

QString tr(const char* text) { return QCoreApplication::translate("Findings", text); }

// Decision that stores each tensor, or -1.
QVector<int> decisionsOfTensors(const Session& session)
{
    QVector<int> found(static_cast<qsizetype>(session.model()->tensors.size()), -1);
    const auto& decisions = session.profile()->decisions;
    for (std::size_t d = 0; d < decisions.size(); ++d)
        for (const TensorId id : decisions[d].sources)
            found[static_cast<qsizetype>(id.index())] = static_cast<int>(d);
    return found;
}

QString titleOf(const Session& session, int decision)
{
    const Decision& one = session.profile()->decisions[static_cast<std::size_t>(decision)];
    const QString role = roleTitle(one.role);
    return one.layer < 0 ? role : tr("L%1 %2").arg(one.layer).arg(role);
}

void addDamaged(const Session& session, const QVector<int>& decisionOf, QVector<Finding>& out)
{
    const auto& tensors = session.analysis()->tensors;
    for (std::size_t t = 0; t < tensors.size() && out.size() < mostFindings; ++t) {
        const TensorScore& score = tensors[t];
        const int decision = decisionOf[static_cast<qsizetype>(t)];
        const std::uint64_t bad = score.facts.nans + score.facts.infinities;
        if (score.state != TensorState::failed && bad == 0)
            continue;
        const QString name = nameToQt(session.model()->tensors[t].name, 60);
        if (score.state == TensorState::failed)
            out.append({Finding::Kind::error, tr("%1: could not be measured").arg(name),
                nameToQt(score.reason), decision});
        else
            out.append({Finding::Kind::error,
                tr("%1: %2 values are NaN or infinite").arg(name, countToQt(bad)),
                tr("They count in no score, and an export refuses them."), decision});
    }
}

void addRemarkable(const Session& session, const QVector<int>& decisionOf, QVector<Finding>& out)
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
    int sharpest = -1;
    double sigma = remarkableSigma;
    const auto& tensors = session.analysis()->tensors;
    for (std::size_t t = 0; t < tensors.size(); ++t) {
        const int decision = decisionOf[static_cast<qsizetype>(t)];
        if (decision >= 0 && tensors[t].facts.maxSigma > sigma
            && session.profile()->decisions[static_cast<std::size_t>(decision)].options.size() > 1) {
            sigma = tensors[t].facts.maxSigma;
            sharpest = decision;
        }
    }
    if (sharpest >= 0)
        out.append({Finding::Kind::warning,
            tr("%1: largest |w| is %2 σ").arg(titleOf(session, sharpest), scoreToQt(sigma, 2)),
            tr("An outlier stretches the range of its group."), sharpest});
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
    for (const std::string& note : session.profile()->notes)
        if (out.size() < mostFindings)
            out.append({Finding::Kind::note, nameToQt(note), {}, -1});
}

void addState(const Session& session, QVector<Finding>& out)
{
    int waiting = 0;
    std::uint64_t bad = 0;
    for (const TensorScore& score : session.analysis()->tensors) {
        waiting += score.state == TensorState::waiting ? 1 : 0;
        bad += score.facts.nans + score.facts.infinities;
    }
    if (waiting > 0)
        out.append({Finding::Kind::waiting, tr("tensors not scored yet: %1").arg(waiting), {}, -1});
    else if (bad == 0)
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
            errorSentence(*session.exportProblem()), -1});
    const QVector<int> decisionOf = decisionsOfTensors(session);
    addDamaged(session, decisionOf, found);
    for (const ModelWarning& warning : session.model()->warnings)
        if (found.size() < mostFindings)
            found.append({Finding::Kind::warning, nameToQt(warning.sentence),
                nameToQt(warning.where), -1});
    addRemarkable(session, decisionOf, found);
    addNotes(session, found);
    addState(session, found);
    return found;
}

void FindingsModel::setFindings(QVector<Finding> findings)
{
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_findings.size())
        return {};
    const Finding& finding = m_findings[index.row()];
    switch (role) {
    case Qt::DisplayRole: return finding.sentence;
    case Qt::ToolTipRole:
        return finding.details.isEmpty() ? finding.sentence
                                         : finding.sentence + QLatin1Char('\n') + finding.details;
    case DecisionRole: return finding.decision;
    case Qt::DecorationRole: {
        const QStyle* style = QApplication::style();
        switch (finding.kind) {
        case Finding::Kind::error: return style->standardIcon(QStyle::SP_MessageBoxCritical);
        case Finding::Kind::warning: return style->standardIcon(QStyle::SP_MessageBoxWarning);
        default: return style->standardIcon(QStyle::SP_MessageBoxInformation);
        }
    }
    default: return {};
    }
}

} // namespace bitloupe::ui
