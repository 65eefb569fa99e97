// SPDX-License-Identifier: GPL-3.0-or-later
// How one decision of the session reads and sorts: what table, tree, panel and tool tips share.
#pragma once

#include "ui/session.h"
#include "ui/views/heatmap_data.h"

#include <QCoreApplication>
#include <QString>

namespace bitloupe::ui {

/// True for an embedding that is the head as well: the file has both and they are one, or the
/// config says tied and the file has no head.
bool servesHead(const Model& model, const TargetProfile& profile, const Decision& decision);

/// Whether a tensor holds NaN or infinity, or could not be measured.
HeatmapCell::Trouble troubleOf(const TensorScore& score);

/// Read-only view of one decision. Valid while the session keeps its model.
class DecisionView {
    Q_DECLARE_TR_FUNCTIONS(bitloupe::ui::DecisionView)
public:
    DecisionView(const Session& session, int index);

    const Decision& decision() const { return *m_decision; }
    int index() const { return m_index; }
    bool isFree() const { return m_decision->options.size() > 1; }
    /// Option of the plan; the floats where there is none.
    std::size_t option() const { return m_option; }
    const Codec& codec() const;
    /// Bits as shown: of the codes, 16 and 32 for floats.
    int bits() const { return codec().bits; }
    std::uint64_t bytes() const { return m_decision->options[m_option].dataBytes; }
    std::uint64_t sourceBytes() const;
    double bitsPerWeight() const;
    double damage() const; // NaN without a plan or when unknown
    double nrmse() const; // of the choice; NaN when unknown
    double inputError() const; // r of the choice (tier 2); NaN without a probe
    /// Bits per weight, scales included, less those of another option.
    double bitsOver(std::size_t option) const;
    /// The same beside the uniform plan of the same budget; NaN where there is none.
    double bitsOverUniform() const;
    double damagePerMegabyte() const; // of its bytes in the plan
    double outputDamage() const; // D of the choice (tier 3); NaN without a full probe
    double tierDamage(int tier) const; // of the choice; as damageByTier
    int tier() const; // of its evidence
    double metric(std::size_t index) const;
    bool known() const; // measured
    bool pinned() const; // by hand or by a pattern
    /// What a rule asks of it, one sentence; empty: nothing.
    QString ruleText() const;
    /// Stored once for several: a tied embedding and head, a stack of experts.
    bool linked() const { return tied() || m_decision->sources.size() > 1; }
    bool tied() const { return servesHead(*m_session.model(), *m_session.profile(), *m_decision); }
    /// The gravest trouble of its sources.
    HeatmapCell::Trouble trouble() const;
    /// Score of its first source; null while waiting.
    const TensorScore* score() const;
    const DecisionEvidence* evidence() const;
    /// What a probe found of its first source; null without one.
    const TensorMoments* moments() const;

    QString name() const;
    QString shapeText() const;
    QString layerText() const;
    QString codecText() const; // "4 bits, group 64", "bf16"
    QString toolTip() const;
    /// What was odd about its tensors, one sentence each, the same only once; empty: nothing.
    QStringList remarks() const;
    /// "Judged by tier 3, with gradients.", and why not deeper.
    QString tierText() const;

private:
    const Choice* choice() const; // null without a plan

    const Session& m_session;
    const Decision* m_decision;
    int m_index;
    std::size_t m_option;
};

/// "Tier 2: forward probe. No data."
QString tierSentence(int tier);

/// "q", "down": the short title of a role.
QString roleTitle(TensorRole role);

/// "L3 q", "embd": a decision in few letters.
QString shortTitle(const Decision& decision);

/// "4 bits, group 64", "bf16".
QString codecTitle(CodecId id);

} // namespace bitloupe::ui
