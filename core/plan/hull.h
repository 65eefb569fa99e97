// SPDX-License-Identifier: GPL-3.0-or-later
// Lower convex hulls of cost against value for all decisions, in flat arrays. Private to plan.
#pragma once

#include "base/large_pages.h"
#include "plan/problem.h"

#include <algorithm>
#include <cstdint>

namespace bitloupe {

/// Vertices of decision d are [first[d], last[d]), from the smallest cost up; nothing is set between
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
    BudgetKind kind = BudgetKind::fileBytes;
    LargeVector<std::uint32_t> first, last; // by decision
    LargeVector<Vertex> vertices;
    LargeVector<double> slopes; // by vertex
    LargeVector<std::uint64_t> elements; // by decision
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
        const auto above = std::upper_bound(first.begin(), first.end(), vertex);
        return static_cast<std::uint32_t>(above - first.begin()) - 1;
    }
};

/// The same for any number of threads. Cost: one pass over all options; no allocation per decision.
Hull buildHull(const Problem& problem, BudgetKind kind, unsigned threads);

} // namespace bitloupe
