// SPDX-License-Identifier: GPL-3.0-or-later
// Turns a session into what the heatmap shows. Pure function of the session; no widgets.
#pragma once

#include "ui/session.h"
#include "ui/views/heatmap_data.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace bitloupe::ui {

class DecisionView;

/// What cells may be coloured by: fixed entries first, then the metrics in table order.
struct ColourChoice {
    enum Kind {
        bits,
        bitsOverUniform, // differences: colours have their middle at zero
        bitsOverPlan, // one that is kept: `other`
        damage,
        damagePerMegabyte,
        nrmse,
        inputError,
        outputDamage,
        tier,
        metric
    };
    Kind kind = bits;
    std::size_t metricIndex = 0;
    QString title;
    bool logScale = false; // sensible default
    std::shared_ptr<const std::vector<std::uint16_t>> other {}; // options of another plan; or none
};
QVector<ColourChoice> colourChoices();

/// Bits per weight of a decision less those of the plan that the choice puts beside it; NaN without.
double bitsBeside(const DecisionView& view, const ColourChoice& colour);

/// Where each decision goes: its row by layer, its column by role and how many came before.
/// Where decisions go: worked out once for a profile, not with each plan.
struct HeatmapGrid {
    struct Place {
        int decision = -1, row = 0, column = 0;
        int experts = 0; // that the decision stores
        bool tied = false; // it serves the head as well
    };
    std::vector<std::pair<TensorRole, int>> columns; // role, repetition
    QVector<int> layers; // by row; -1 first
    std::vector<Place> places; // row by row; experts share one
    std::vector<HeatmapCell::Trouble> troubles; // by decision; empty: looked up each time
    std::vector<std::pair<std::uint32_t, int>> users; // tensor and a decision of it, in order
    HeatmapData blank; // cells without numbers, rows and columns with their titles
};
HeatmapGrid placeDecisions(const Model& model, const TargetProfile& profile);

/// Cells for all decisions with a choice. Layers as rows under one row "model" for tensors outside
/// of layers; roles as columns; a second tensor of a role in a layer gets a column of its own.
/// Beyond 24 columns the rest is left to the table. The experts of a role in a layer are one cell,
/// whether they share a decision or not; that of decision `opened` is open as a strip.
/// Of each decision, by the scores that there are now.
std::vector<HeatmapCell::Trouble> troublesOf(const Session& session);
/// The same for the decisions of some tensors, in a grid that has all.
void refreshTroubles(HeatmapGrid& grid, const Session& session, const QVector<int>& tensors);

HeatmapData buildHeatmap(const Session& session, const ColourChoice& colour, int opened = -1);

/// The same with the places worked out before: they follow from the profile alone, the rest changes
/// with every plan.
HeatmapData buildHeatmap(const Session& session, const HeatmapGrid& grid,
    const ColourChoice& colour, int opened = -1);

/// The cells that a cell opens into, without numbers: decisions of their own, or parts of one.
QVector<HeatmapCell> blankExperts(const HeatmapCell& cell);

/// Decisions by bits of the plan.
QMap<int, int> countBits(const Session& session);

} // namespace bitloupe::ui
