// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/core_search.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

constexpr std::size_t mostStates = 4096; // kept at once
constexpr std::size_t mostMerged = 500000; // looked at in all: some 20 ms
constexpr double closeEnough = 1e-7; // of the value; the evidence is far less certain

// A change of the greedy solution: bytes and value against it. `move` is the 1-based option
// list entry just applied, 0 for a state carried over.
struct State {
    std::int64_t cost = 0;
    double value = 0;
    std::uint32_t node = 0;
    std::uint32_t move = 0;
};
struct Node {
    std::uint32_t parent = 0;
    Deviation deviation;
};
struct Move {
    std::int64_t cost = 0;
    double value = 0;
    std::uint16_t option = 0;
};

// Decisions in the order of how near their steps' slopes are to the price, seen from the edge
// of the greedy solution in both directions.
class Neighbours {
public:
    Neighbours(const Hull& hull, StepOrder& order, const GreedyEdge& edge)
        : m_hull(hull)
        , m_order(order)
        , m_price(edge.price)
        , m_up(edge.position)
        , m_down(edge.position)
        , m_seen(hull.decisions.size(), 0)
    {
    }

    /// Least extra value per byte that a decision not yet seen asks for going up (never more
    /// than the price: bytes can be left unused) and going down.
    double upKey() { return m_up < m_order.size() ? m_price - slope(m_up) : m_price; }
    double downKey()
    {
        return m_down > 0 ? slope(m_down - 1) - m_price : std::numeric_limits<double>::infinity();
    }

    bool next(std::uint32_t& decision)
    {
        while (m_up < m_order.size() || m_down > 0) {
            const bool up = m_up < m_order.size() && (m_down == 0 || upKey() <= downKey());
            const std::uint32_t vertex = m_order.at(m_hull, up ? m_up++ : --m_down);
            decision = m_hull.decisionOf(vertex);
            if (!m_seen[decision]) {
                m_seen[decision] = 1;
                return true;
            }
        }
        return false;
    }

private:
    double slope(std::size_t position) { return m_hull.slopes[m_order.at(m_hull, position)]; }

    const Hull& m_hull;
    StepOrder& m_order;
    double m_price;
    std::size_t m_up, m_down;
    std::vector<std::uint8_t> m_seen;
};

class Search {
public:
    Search(const Problem& problem, const Hull& hull, StepOrder& order, const GreedyEdge& edge,
        const std::vector<std::uint32_t>& vertexOf)
        : m_problem(problem)
        , m_hull(hull)
        , m_neighbours(hull, order, edge)
        , m_vertexOf(vertexOf)
        , m_price(edge.price)
        , m_slack(static_cast<std::int64_t>(edge.slack))
        , m_tolerance(closeEnough * std::abs(edge.value))
        , m_nodes(1)
        , m_states(1)
    {
    }

    CoreResult run()
    {
        std::uint32_t decision = 0;
        bool seenAll = false;
        while (!m_states.empty() && gap() > m_tolerance && m_merged <= mostMerged) {
            seenAll = !m_neighbours.next(decision);
            if (seenAll)
                break;
            extend(decision);
        }
        CoreResult result;
        result.proven = !m_dropped && (m_states.empty() || seenAll);
        for (std::uint32_t n = m_bestNode; n != 0; n = m_nodes[n].parent)
            result.deviations.push_back(m_nodes[n].deviation);
        return result;
    }

private:
    // What the best state so far lies above the Lagrangian bound.
    double gap() const { return m_bestValue + m_price * static_cast<double>(m_slack); }

    double bound(const State& state, double upKey, double downKey) const
    {
        const double reduced = state.value + m_price * static_cast<double>(state.cost);
        const std::int64_t room = m_slack - state.cost;
        return reduced
            + (room >= 0 ? upKey * static_cast<double>(room)
                         : downKey * static_cast<double>(-room));
    }

    void collectMoves(std::uint32_t decision)
    {
        m_moves.clear();
        const Hull::Vertex& now = m_hull.vertices[m_vertexOf[decision]];
        const std::uint64_t mask = m_problem.allowed(decision);
        for (std::uint64_t rest = mask; rest != 0; rest &= rest - 1) {
            const auto o = static_cast<std::uint16_t>(std::countr_zero(rest));
            const double value = m_problem.value(decision, o) - now.value;
            if (o == now.option || !std::isfinite(value))
                continue;
            const auto cost = static_cast<std::int64_t>(m_problem.cost(m_hull.kind, decision, o))
                - static_cast<std::int64_t>(m_hull.cost(now));
            if (value + m_price * static_cast<double>(cost) < gap())
                m_moves.push_back({cost, value, o});
        }
    }

    static bool earlier(const State& a, const State& b)
    {
        return a.cost != b.cost ? a.cost < b.cost : a.value < b.value;
    }

    // Merges the states moved by each move into m_next, rising cost.
    void mergeMoves()
    {
        m_next = m_states;
        for (std::size_t m = 0; m < m_moves.size(); ++m) {
            m_scratch.clear();
            m_scratch.reserve(m_next.size() + m_states.size());
            auto kept = m_next.begin();
            for (State moved : m_states) {
                moved.cost += m_moves[m].cost;
                moved.value += m_moves[m].value;
                moved.move = static_cast<std::uint32_t>(m + 1);
                while (kept != m_next.end() && !earlier(moved, *kept))
                    m_scratch.push_back(*kept++);
                m_scratch.push_back(moved);
            }
            m_scratch.insert(m_scratch.end(), kept, m_next.end());
            m_next.swap(m_scratch);
            m_merged += m_next.size();
        }
    }

    std::uint32_t nodeOf(const State& state, std::uint32_t decision)
    {
        if (state.move == 0)
            return state.node;
        m_nodes.push_back({state.node, {decision, m_moves[state.move - 1].option}});
        return static_cast<std::uint32_t>(m_nodes.size() - 1);
    }

    // Drops dominated states, remembers the best that fits, then drops what cannot beat it.
    void prune(std::uint32_t decision)
    {
        m_states.clear();
        double least = std::numeric_limits<double>::infinity();
        for (const State& state : m_next) {
            if (!(state.value < least))
                continue;
            least = state.value;
            m_states.push_back(state);
            if (state.cost <= m_slack && state.value < m_bestValue) {
                m_bestValue = state.value;
                m_bestNode = nodeOf(state, decision);
                m_states.back().node = m_bestNode;
                m_states.back().move = 0;
            }
        }
        const double up = m_neighbours.upKey(), down = m_neighbours.downKey(), limit = gap();
        std::erase_if(
            m_states, [&](const State& state) { return !(bound(state, up, down) < limit); });
        if (m_states.size() > mostStates)
            keepMostPromising(up, down);
        for (State& state : m_states) {
            state.node = nodeOf(state, decision);
            state.move = 0;
        }
    }

    void keepMostPromising(double up, double down)
    {
        m_dropped = true;
        m_bounds.clear();
        for (const State& state : m_states)
            m_bounds.push_back(bound(state, up, down));
        std::nth_element(m_bounds.begin(), m_bounds.begin() + mostStates, m_bounds.end());
        const double limit = m_bounds[mostStates];
        std::erase_if(
            m_states, [&](const State& state) { return !(bound(state, up, down) < limit); });
    }

    void extend(std::uint32_t decision)
    {
        collectMoves(decision);
        if (m_moves.empty())
            return;
        mergeMoves();
        prune(decision);
    }

    const Problem& m_problem;
    const Hull& m_hull;
    Neighbours m_neighbours;
    const std::vector<std::uint32_t>& m_vertexOf;
    double m_price;
    std::int64_t m_slack;
    double m_tolerance;
    double m_bestValue = 0;
    std::uint32_t m_bestNode = 0;
    bool m_dropped = false;
    std::vector<Node> m_nodes; // the first stands for no deviation
    std::vector<State> m_states, m_next, m_scratch;
    std::size_t m_merged = 0;
    std::vector<Move> m_moves;
    std::vector<double> m_bounds;
};

} // namespace

CoreResult searchCore(const Problem& problem, const Hull& hull, StepOrder& order,
    const GreedyEdge& edge, const std::vector<std::uint32_t>& vertexOf)
{
    return Search(problem, hull, order, edge, vertexOf).run();
}

} // namespace bitloupe
