// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/hull.h"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

    using Vertex = Hull::Vertex;

    struct Points {
        std::array<Vertex, maxOptions> items;
        std::array<double, maxOptions> slopes;
        std::size_t count = 0;
    };

    bool before(const Vertex& a, const Vertex& b)
    {
        if (a.cost != b.cost)
            return a.cost < b.cost;
        return a.value != b.value ? a.value < b.value : a.option < b.option;
    }

    // Allowed options by rising cost. Options of unknown value are left out unless all are.
    void collect(const Problem& problem, BudgetKind kind, std::size_t d, Points& points)
    {
        points.count = 0;
        const std::uint64_t mask = problem.constraints.decisions[d].mask;
        for (std::uint64_t rest = mask; rest != 0; rest &= rest - 1) {
            const auto o = static_cast<std::size_t>(std::countr_zero(rest));
            const double value = problem.value(d, o);
            if (!std::isfinite(value))
                continue;
            const Vertex vertex {problem.cost(kind, d, o), value, static_cast<std::uint32_t>(d),
                static_cast<std::uint16_t>(o)};
            std::size_t at = points.count++;
            for (; at > 0 && before(vertex, points.items[at - 1]); --at)
                points.items[at] = points.items[at - 1];
            points.items[at] = vertex;
        }
        if (points.count == 0) {
            const auto o = static_cast<std::size_t>(std::countr_zero(mask));
            points.items[0] = {problem.cost(kind, d, o), 0, static_cast<std::uint32_t>(d),
                static_cast<std::uint16_t>(o)};
            points.count = 1;
        }
    }

    double slopeBetween(const Vertex& from, const Vertex& to)
    {
        return (from.value - to.value) / static_cast<double>(to.cost - from.cost);
    }

    // Keeps the hull in place. Slopes are compared as they are stored, so that their order inside
    // a decision holds exactly in spite of rounding.
    void keepHull(Points& points)
    {
        std::size_t kept = 1;
        points.slopes[0] = std::numeric_limits<double>::infinity();
        for (std::size_t i = 1; i < points.count; ++i) {
            const Vertex& next = points.items[i];
            if (!(next.value < points.items[kept - 1].value))
                continue;
            double slope = slopeBetween(points.items[kept - 1], next);
            while (kept > 1 && slope >= points.slopes[kept - 1]) {
                --kept;
                slope = slopeBetween(points.items[kept - 1], next);
            }
            points.items[kept] = next;
            points.slopes[kept] = slope;
            ++kept;
        }
        points.count = kept;
    }

} // namespace

Hull buildHull(const Problem& problem, BudgetKind kind)
{
    Hull hull;
    hull.kind = kind;
    hull.first.reserve(problem.size() + 1);
    hull.first.push_back(0);
    hull.vertices.reserve(problem.size() * 8);
    hull.slopes.reserve(problem.size() * 8);
    Points points;
    for (std::size_t d = 0; d < problem.size(); ++d) {
        collect(problem, kind, d, points);
        keepHull(points);
        const auto count = static_cast<std::ptrdiff_t>(points.count);
        hull.vertices.insert(
            hull.vertices.end(), points.items.begin(), points.items.begin() + count);
        hull.slopes.insert(
            hull.slopes.end(), points.slopes.begin(), points.slopes.begin() + count);
        hull.first.push_back(static_cast<std::uint32_t>(hull.vertices.size()));
        hull.smallestCost += points.items[0].cost;
    }
    return hull;
}

} // namespace bitloupe
