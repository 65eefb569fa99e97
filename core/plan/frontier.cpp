// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/shard_packing.h"
#include "plan/solver_state.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bitloupe {
namespace {

constexpr std::size_t allUpTo = 512; // steps; more are thinned
constexpr double pointsAlong = 256; // in size and log damage together, and again in steps

// Exact sizes while steps are taken one by one.
class RunningSizes {
public:
    RunningSizes(const TargetProfile& profile)
        : m_profile(profile)
        , m_sizes(profile.decisions.size())
    {
    }

    void set(std::size_t d, std::size_t option)
    {
        const CodecOption& chosen = m_profile.decisions[d].options[option];
        m_dataSum += chosen.dataBytes - m_sizes[d].dataBytes;
        m_headerSum += chosen.headerBytes - m_sizes[d].headerBytes;
        m_sizes[d] = {chosen.dataBytes, chosen.headerBytes};
    }

    std::uint64_t dataBytes() const { return m_dataSum; }

    // One shard needs no pass.
    std::uint64_t fileBytes() const
    {
        const SizeModel& size = m_profile.size;
        if (size.shardLimitBytes == 0 || m_dataSum <= size.shardLimitBytes)
            return packShards(size, std::min<std::size_t>(1, m_sizes.size()), [&](std::size_t) {
                return OutputSize {m_dataSum, m_headerSum};
            }).fileBytes;
        return packShards(size, m_sizes.size(), [&](std::size_t d) {
            return m_sizes[d];
        }).fileBytes;
    }

private:
    const TargetProfile& m_profile;
    std::vector<OutputSize> m_sizes;
    std::uint64_t m_dataSum = 0, m_headerSum = 0;
};

// Says which steps are worth a point: all of few; of many, evenly along size, along log damage
// and along their number.
class Thinning {
public:
    Thinning(std::size_t steps, double damage, std::uint64_t costOfAll)
        : m_steps(steps)
        , m_firstDamage(damage)
        , m_costOfAll(std::max<double>(1, static_cast<double>(costOfAll)))
    {
    }

    bool wants(std::size_t step, double damage, std::uint64_t cost)
    {
        const double along = static_cast<double>(cost) / m_costOfAll
            + (damage > 0 ? std::log10(m_firstDamage / damage) / decades : 1);
        const bool wanted = m_steps <= allUpTo || step + 1 == m_steps
            || along - m_lastAlong >= 2 / pointsAlong
            || static_cast<double>(step - m_lastStep) >= static_cast<double>(m_steps) / pointsAlong;
        if (wanted) {
            m_lastAlong = along;
            m_lastStep = step;
        }
        return wanted;
    }

private:
    static constexpr double decades = 6; // of damage, from 2 bits to almost all kept
    std::size_t m_steps;
    double m_firstDamage, m_costOfAll;
    double m_lastAlong = 0;
    std::size_t m_lastStep = 0;
};

// Farthest below the chord between the ends, in log damage; points without damage have none.
std::size_t kneeOf(const std::vector<FrontierPoint>& points)
{
    std::size_t last = points.size();
    while (last > 0 && !(points[last - 1].damage > 0))
        --last;
    if (last < 3)
        return 0;
    const FrontierPoint &a = points.front(), &b = points[last - 1];
    const double width = static_cast<double>(b.fileBytes) - static_cast<double>(a.fileBytes);
    const double fall = std::log(b.damage) - std::log(a.damage);
    std::size_t knee = 0;
    double deepest = 0;
    for (std::size_t i = 1; i + 1 < last; ++i) {
        const double along =
            (static_cast<double>(points[i].fileBytes) - static_cast<double>(a.fileBytes)) / width;
        const double depth = std::log(a.damage) + fall * along - std::log(points[i].damage);
        if (depth > deepest) {
            deepest = depth;
            knee = i;
        }
    }
    return knee;
}

} // namespace

Frontier makeFrontier(
    const Problem& problem, PreparedHull& prepared, const std::vector<std::uint16_t>& start)
{
    const Hull& hull = prepared.hull;
    const TargetProfile& profile = *problem.profile;
    const double parameters = static_cast<double>(profile.parameters);
    RunningSizes sizes(profile);
    std::vector<double> damageOf(problem.size());
    std::vector<std::uint32_t> ownerOf(hull.vertices.size());
    for (std::size_t d = 0; d < problem.size(); ++d)
        std::fill(ownerOf.begin() + hull.decisions[d].first, ownerOf.begin() + hull.decisions[d].last,
            static_cast<std::uint32_t>(d));
    double damage = 0; // running; summed anew where little is left of it
    const auto take = [&](std::size_t d, std::size_t option) {
        sizes.set(d, option);
        const double now = problem.evidence->decisions[d].options[option].damage;
        damage += now - damageOf[d];
        damageOf[d] = now;
    };
    for (std::size_t d = 0; d < problem.size(); ++d)
        take(d, start[d]);
    Frontier frontier;
    double firstDamage = 0;
    const auto point = [&] {
        if (damage < 1e-4 * firstDamage)
            damage = std::accumulate(damageOf.begin(), damageOf.end(), 0.0);
        const double bits = 8 * static_cast<double>(sizes.dataBytes());
        frontier.points.push_back(
            {sizes.fileBytes(), parameters > 0 ? bits / parameters : 0, damage});
    };
    point();
    firstDamage = damage;
    const std::size_t steps = prepared.order.size();
    std::uint64_t costOfAll = 0, cost = 0;
    for (std::size_t d = 0; d < problem.size(); ++d)
        costOfAll += hull.cost(hull.vertices[hull.decisions[d].last - 1])
            - hull.cost(hull.vertices[hull.decisions[d].first]);
    Thinning thinning(steps, damage, costOfAll);
    for (std::size_t step = 0; step < steps; ++step) {
        const std::uint32_t vertex = prepared.order.at(hull, step);
        take(ownerOf[vertex], hull.vertices[vertex].option);
        cost += hull.stepCost(vertex);
        if (thinning.wants(step, damage, cost))
            point();
    }
    frontier.knee = kneeOf(frontier.points);
    return frontier;
}

} // namespace bitloupe
