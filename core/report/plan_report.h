// SPDX-License-Identifier: GPL-3.0-or-later
// A plan told to people: a page for the browser, a fragment for a model card, the heatmap as a
// picture. English, as all files we write.
#pragma once

#include "model/model.h"
#include "plan/plan.h"

#include <string>
#include <vector>

namespace bitloupe {

/// Another plan beside ours: a line of the summary.
struct ReportRival {
    std::string title; // "uniform, 4 bits"
    std::uint64_t fileBytes = 0;
    double bitsPerWeight = 0;
    double damage = 0;
};

/// Points at what it is about. Nothing in it depends on clock, host or path.
struct ReportSubject {
    const Model& model;
    const TargetProfile& profile;
    const Evidence& evidence;
    const Plan& plan;
    std::vector<ReportRival> rivals;
};

/// One HTML file that needs no other: summary, heatmap, rules, notes, the table of all tensors with
/// reasons, and what the plan was made from. Names from the checkpoint are escaped.
std::string planReportHtml(const ReportSubject& subject);

/// A section of Markdown for a model card.
std::string modelCardFragment(const ReportSubject& subject);

/// Layers against roles as SVG: cells coloured by bits, which are printed in them.
std::string planHeatmapSvg(const TargetProfile& profile, const Plan& plan);

} // namespace bitloupe
