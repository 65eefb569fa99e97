// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/hull.h"

#include "plan/slices.h"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

// One allowed option while its decision's hull is made.
struct Point {
    double cost; // whole bytes, below 2^53
    double value;
    double slope;
    std::uint32_t option;
};

struct Points {
    std::array<Point, maxOptions> items;
    std::size_t count = 0;
};

bool before(const Point& a, const Point& b)
{
    if (a.cost != b.cost)
        return a.cost < b.cost;
    return a.value != b.value ? a.value < b.value : a.option < b.option;
}

// Allowed options by rising cost. Options of unknown value are left out unless all are.
void collect(const Problem& problem, BudgetKind kind, std::size_t d, Points& points)
{
    const OptionEvidence* evidence = problem.evidence->decisions[d].options.data();
    const OptionDetail* details = problem.evidence->decisions[d].details.data();
    const CodecOption* options = problem.profile->decisions[d].options.data();
    const bool files = kind == BudgetKind::fileBytes;
    const bool mint = !problem.priors.empty();
    const std::uint64_t mask = problem.allowed(d);
    Point* items = points.items.data();
    std::size_t count = 0;
    for (std::uint64_t rest = mask; rest != 0; rest &= rest - 1) {
        const auto o = static_cast<std::uint32_t>(std::countr_zero(rest));
        const double value = mint ? problem.priors[d] * details[o].nrmseRound : evidence[o].damage;
        if (!(std::abs(value) <= std::numeric_limits<double>::max()))
            continue;
        const std::uint64_t cost = options[o].dataBytes + (files ? options[o].headerBytes : 0);
        const Point point {static_cast<double>(cost), value, 0, o};
        std::size_t to = count++;
        for (; to > 0 && before(point, items[to - 1]); --to)
            items[to] = items[to - 1];
        items[to] = point;
    }
    if (count == 0) {
        const auto o = static_cast<std::size_t>(std::countr_zero(mask));
        items[0] = {
            static_cast<double>(problem.cost(kind, d, o)), 0, 0, static_cast<std::uint32_t>(o)};
        count = 1;
    }
    points.count = count;
}

// Options of evidence and profile lie all over the heap; asking for those of a decision a little
// ahead hides most of the wait.
void fetchAhead(const Problem& problem, std::size_t d)
{
    constexpr std::size_t ahead = 6, line = 64;
    if (d + ahead >= problem.size())
        return;
    const auto fetch = [](const auto& items) {
        const auto* bytes = reinterpret_cast<const char*>(items.data());
        for (std::size_t at = 0; at < items.size() * sizeof(items[0]); at += line)
            __builtin_prefetch(bytes + at);
    };
    fetch(problem.evidence->decisions[d + ahead].options);
    fetch(problem.profile->decisions[d + ahead].options);
}

double slopeBetween(const Point& from, const Point& to)
{
    return (from.value - to.value) / (to.cost - from.cost);
}

// Whether b lies on or above the line from a to c, without a division.
bool above(const Point& a, const Point& b, const Point& c)
{
    return (b.value - c.value) * (b.cost - a.cost) >= (a.value - b.value) * (c.cost - b.cost);
}

// Keeps the hull in place.
void keepHull(Points& points)
{
    Point* items = points.items.data();
    std::size_t kept = 1;
    for (std::size_t i = 1; i < points.count; ++i) {
        if (!(items[i].value < items[kept - 1].value))
            continue;
        while (kept > 1 && above(items[kept - 2], items[kept - 1], items[i]))
            --kept;
        items[kept++] = items[i];
    }
    points.count = kept;
}

// Slopes of the hull. Rounding may leave two in a row that do not fall; the point between them
// goes, so that the order of slopes inside a decision holds exactly.
void fillSlopes(Points& points)
{
    Point* items = points.items.data();
    items[0].slope = std::numeric_limits<double>::infinity();
    std::size_t kept = 1;
    for (std::size_t i = 1; i < points.count; ++i) {
        Point next = items[i];
        next.slope = slopeBetween(items[kept - 1], next);
        while (kept > 1 && next.slope >= items[kept - 1].slope) {
            --kept;
            next.slope = slopeBetween(items[kept - 1], next);
        }
        items[kept++] = next;
    }
    points.count = kept;
}

void store(const Decision& decision, const Points& points, std::uint32_t at, Hull& hull)
{
    for (std::size_t i = 0; i < points.count; ++i) {
        const Point& point = points.items[i];
        const CodecOption& option = decision.options[point.option];
        hull.vertices[at + i] = {option.dataBytes, point.value, option.headerBytes,
            static_cast<std::uint16_t>(point.option),
            static_cast<std::uint16_t>(codec(option.codec).bits)};
        hull.slopes[at + i] = point.slope;
    }
}

// Costs are whole numbers that a double holds exactly.
void count(const Points& points, std::uint32_t* steps, std::uint64_t* cost)
{
    for (std::size_t i = 1; i < points.count; ++i) {
        const Point& point = points.items[i];
        const std::size_t bucket = StepBuckets::of(point.slope);
        ++steps[bucket];
        cost[bucket] += static_cast<std::uint64_t>(point.cost - points.items[i - 1].cost);
    }
}

// What the decisions of a slice add up to.
struct SliceSums {
    std::uint64_t smallestCost = 0;
    bool provisional = false;
};

SliceSums fillSlice(const Problem& problem, Slice slice, std::uint32_t at, Hull& hull,
    std::uint32_t* steps, std::uint64_t* cost)
{
    std::fill_n(steps, StepBuckets::count, 0);
    std::fill_n(cost, StepBuckets::count, 0);
    SliceSums sums;
    Points points;
    for (std::size_t d = slice.begin; d < slice.end; ++d) {
        const Decision& decision = problem.profile->decisions[d];
        fetchAhead(problem, d);
        collect(problem, hull.kind, d, points);
        keepHull(points);
        fillSlopes(points);
        store(decision, points, at, hull);
        count(points, steps, cost);
        const std::uint32_t end = at + static_cast<std::uint32_t>(points.count);
        hull.decisions[d] = {at, end, decision.elements};
        at = end;
        sums.smallestCost += static_cast<std::uint64_t>(points.items[0].cost);
        sums.provisional = sums.provisional
            || (decision.options.size() > 1 && !problem.evidence->decisions[d].known);
    }
    return sums;
}

// Where the vertices of each slice begin if all options of those before were some, and the end.
std::vector<std::uint32_t> placesOf(const Problem& problem)
{
    std::vector<std::uint32_t> places(sliceCount(problem.size()) + 1, 0);
    for (std::size_t s = 0; s + 1 < places.size(); ++s) {
        places[s + 1] = places[s];
        const Slice slice = sliceAt(s, problem.size());
        for (std::size_t d = slice.begin; d < slice.end; ++d)
            places[s + 1] +=
                static_cast<std::uint32_t>(problem.profile->decisions[d].options.size());
    }
    return places;
}

} // namespace

Hull buildHull(const Problem& problem, BudgetKind kind, unsigned threads, StepBuckets& buckets)
{
    const std::vector<std::uint32_t> places = placesOf(problem);
    Hull hull;
    hull.kind = kind;
    hull.decisions.resize(problem.size());
    hull.vertices.resize(places.back());
    hull.slopes.resize(places.back());
    std::vector<SliceSums> sums(sliceCount(problem.size()));
    buckets.steps.resize(sums.size() * StepBuckets::count);
    buckets.cost.resize(sums.size() * StepBuckets::count);
    forSlices(threads, problem.size(), [&](std::size_t s, Slice slice) {
        sums[s] = fillSlice(problem, slice, places[s], hull,
            buckets.steps.data() + s * StepBuckets::count,
            buckets.cost.data() + s * StepBuckets::count);
    });
    for (const SliceSums& slice : sums) {
        hull.smallestCost += slice.smallestCost;
        hull.provisional = hull.provisional || slice.provisional;
    }
    return hull;
}

StepBuckets countSteps(const Hull& hull)
{
    const std::size_t decisions = hull.decisions.size(), slices = sliceCount(decisions);
    StepBuckets buckets;
    buckets.steps.assign(slices * StepBuckets::count, 0);
    buckets.cost.assign(slices * StepBuckets::count, 0);
    for (std::size_t s = 0; s < slices; ++s) {
        const Slice slice = sliceAt(s, decisions);
        for (std::size_t d = slice.begin; d < slice.end; ++d)
            for (std::uint32_t v = hull.decisions[d].first + 1; v < hull.decisions[d].last; ++v) {
                const std::size_t at = s * StepBuckets::count + StepBuckets::of(hull.slopes[v]);
                ++buckets.steps[at];
                buckets.cost[at] += hull.stepCost(v);
            }
    }
    return buckets;
}

} // namespace bitloupe
