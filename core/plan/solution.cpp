// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/slices.h"
#include "plan/solver_state.h"

#include <algorithm>
#include <numeric>

namespace bitloupe {
namespace {

// The last vertex of each decision that a prefix of the steps reaches, `edge` being the first step
// not taken, and the sum of their values.
double verticesBefore(const Hull& hull, std::optional<std::uint32_t> edge, unsigned threads,
    std::vector<std::uint32_t>& vertexOf)
{
    const double price = edge ? hull.slopes[*edge] : -1;
    const std::uint32_t edgeVertex = edge.value_or(0);
    const double* slopes = hull.slopes.data();
    vertexOf.resize(hull.decisions.size());
    std::vector<double> values(sliceCount(vertexOf.size()), 0);
    forSlices(threads, vertexOf.size(), [&](std::size_t s, Slice slice) {
        double sum = 0;
        for (std::size_t d = slice.begin; d < slice.end; ++d) {
            const std::uint32_t end = hull.decisions[d].last;
            std::uint32_t v = hull.decisions[d].first + 1;
            while (v < end && (slopes[v] > price || (slopes[v] == price && v < edgeVertex)))
                ++v;
            vertexOf[d] = v - 1;
            sum += hull.vertices[v - 1].value;
        }
        values[s] = sum;
    });
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

Solution solveWithin(const Problem& problem, PreparedHull& prepared, std::uint64_t capacity,
    unsigned threads)
{
    const Hull& hull = prepared.hull;
    const StepOrder::Prefix prefix =
        prepared.order.longestWithin(hull, capacity - hull.smallestCost);
    std::optional<std::uint32_t> edgeVertex;
    if (prefix.steps < prepared.order.size())
        edgeVertex = prepared.order.at(hull, prefix.steps);
    Solution solution;
    solution.value = verticesBefore(hull, edgeVertex, threads, solution.vertexOf);
    if (!edgeVertex)
        return solution;
    const GreedyEdge edge {prefix.steps, hull.slopes[*edgeVertex],
        capacity - hull.smallestCost - prefix.cost, solution.value};
    CoreResult core = searchCore(problem, hull, prepared.order, edge, solution.vertexOf);
    solution.price = edge.price;
    for (const Deviation& d : core.deviations)
        solution.value += problem.value(d.decision, d.option)
            - hull.vertices[solution.vertexOf[d.decision]].value;
    if (!core.proven)
        solution.gap = std::max(
            0.0, solution.value - (edge.value - edge.price * static_cast<double>(edge.slack)));
    solution.deviations = std::move(core.deviations);
    return solution;
}

} // namespace bitloupe
