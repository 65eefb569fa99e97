// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of the single experts of a stack that one decision stores.
#pragma once

#include "ui/decision_text.h"
#include "ui/heatmap_builder.h"

#include <QVector>

namespace bitloupe::ui {

bool isExpertRole(TensorRole role);

/// How many experts a decision stores; 0 when it is not a stack of them.
int expertCount(const Decision& decision);

/// Score of one expert of a stack; null where experts were measured together or not at all.
const TensorScore* expertScore(const Session& session, const Decision& decision, int expert);

/// One value an expert, on the scale of the whole stack's: damage as if all of them were like
/// this one. NaN where experts were measured together.
QVector<double> expertValues(
    const Session& session, const DecisionView& view, const ColourChoice& colour);

/// Name and figures of one expert for a tool tip, as HTML.
QString expertToolTip(const Session& session, const DecisionView& view, int expert);

} // namespace bitloupe::ui
