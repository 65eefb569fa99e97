// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_worker.h"

namespace bitloupe::ui {
namespace {

CompareCounts countsOf(const ComparedPair& pair)
{
    CompareCounts counts;
    for (std::size_t d = 0; d < pair.a.side.cells.size(); ++d) {
        if (pair.profile->decisions[d].options.size() < 2)
            continue;
        const ComparedCell &a = pair.a.side.cells[d], &b = pair.b.side.cells[d];
        const auto bits = bitsDifference(a, b);
        ++(a.otherShape || b.otherShape ? counts.otherShape
                : !bits                 ? counts.missing
                : *bits > 0             ? counts.more
                : *bits < 0             ? counts.fewer
                                        : counts.same);
    }
    return counts;
}

} // namespace

Result<Compared> CompareWorker::answer(const CompareQuestion& question)
{
    auto a = ui::answer(question.a, *question.profile, *question.planned);
    auto b = ui::answer(question.b, *question.profile, *question.planned);
    if (!a || !b)
        return Compared {};
    if (m_profile != question.profile) {
        m_profile = question.profile;
        m_grid = placeDecisions(*question.model, *question.profile);
    }
    Compared made;
    made.pair = std::make_shared<const ComparedPair>(
        ComparedPair {question.profile, *std::move(a), *std::move(b)});
    made.shown = differenceHeatmap(m_grid, *made.pair, question.kind, question.opened);
    made.counts = countsOf(*made.pair);
    return made;
}

} // namespace bitloupe::ui
