// SPDX-License-Identifier: GPL-3.0-or-later
// Lower convex hulls of cost against value for all decisions, in flat arrays. Private to plan.
#pragma once

#include "base/large_pages.h"
#include "plan/problem.h"
#include "plan/step_buckets.h"

#include <algorithm>
#include <cstdint>

namespace bitloupe {

/// Vertices of a decision are [first, last), from the smallest cost up; nothing is set between
/// two decisions' vertices. The step into a vertex removes `slope` of value per byte; slopes fall
/// strictly inside a decision, and the first vertex of each has an infinite one, for it is always
/// taken.
struct Hull {
    struct Vertex {
        std::uint64_t dataBytes;
        double value;
        std::uint32_t headerBytes;
        std::uint16_t option;
        std::uint16_t bits; // of a code
    };
    struct Decided {
        std::uint32_t first, last; // vertices
        std::uint64_t elements;
    };
    BudgetKind kind = BudgetKind::fileBytes;
    LargeVector<Decided> decisions;
    LargeVector<Vertex> vertices;
    LargeVector<double> slopes; // by vertex
    std::uint64_t smallestCost = 0; // sum over the first vertices
    bool provisional = false; // a decision that has a choice is not measured

    std::uint64_t cost(const Vertex& vertex) const
    {
        return vertex.dataBytes + (kind == BudgetKind::fileBytes ? vertex.headerBytes : 0);
    }
    std::uint64_t stepCost(std::uint32_t vertex) const
    {
        return cost(vertices[vertex]) - cost(vertices[vertex - 1]);
    }
    std::uint32_t decisionOf(std::uint32_t vertex) const
    {
        const auto above = std::upper_bound(decisions.begin(), decisions.end(), vertex,
            [](std::uint32_t v, const Decided& decided) { return v < decided.first; });
        return static_cast<std::uint32_t>(above - decisions.begin()) - 1;
    }
};

/// The same for any number of threads; its steps are counted into `buckets`. Cost: one pass over all
/// options; no allocation per decision.
Hull buildHull(
    const Problem& problem, BudgetKind kind, unsigned threads, StepBuckets& buckets);

/// The steps that a hull has now.
StepBuckets countSteps(const Hull& hull);

} // namespace bitloupe
