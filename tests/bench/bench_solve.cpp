// SPDX-License-Identifier: GPL-3.0-or-later
// Time of a plan for 10^5 decisions of 18 affine options and bf16, on all cores: the first of the
// process, cold (everything from the profile and the evidence) and warm (another budget), and of the
// frontier.
#include "core/plan/made_profiles.h"
#include "plan/solver.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace bitloupe;

namespace {

double secondsOf(const auto& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void report(const char* what, std::vector<double> seconds)
{
    std::sort(seconds.begin(), seconds.end());
    std::printf("%-28s best %7.2f ms, median %7.2f ms, worst %7.2f ms\n", what,
        1e3 * seconds.front(), 1e3 * seconds[seconds.size() / 2], 1e3 * seconds.back());
}

Budget budgetAt(const TargetProfile& profile, double bpw)
{
    return {BudgetKind::fileBytes,
        static_cast<std::uint64_t>(bpw / 8 * static_cast<double>(profile.parameters))};
}

void benchCase(const char* title, const test::MadeOptions& made)
{
    const test::MadePlanCase c = test::makePlanCase(7, made);
    PlanOptions options;
    std::vector<double> cold, warm;
    double gap = 0;
    for (int run = 0; run < 9; ++run) {
        options.budget = budgetAt(c.profile, 3.3 + .3 * run);
        cold.push_back(secondsOf([&] {
            const auto plan = solve(c.profile, c.evidence, options);
            if (plan)
                gap = std::max(gap, plan->gap() / plan->damage);
        }));
    }
    auto solver = Solver::prepare(c.profile, c.evidence, options);
    (void)solver->at(budgetAt(c.profile, 4.5));
    for (int run = 0; run < 40; ++run)
        warm.push_back(secondsOf([&] { (void)solver->at(budgetAt(c.profile, 2.9 + .07 * run)); }));
    std::printf("%s: %zu decisions, largest relative gap %.2g\n", title, made.decisions, gap);
    report("  solve, first", {cold.front()});
    report("  solve, cold", cold);
    report("  another budget, warm", warm);
    report("  frontier", {secondsOf([&] { (void)solver->frontier(); })});
}

} // namespace

int main()
{
    benchCase("one file", {.decisions = 100000});
    benchCase("shards", {.decisions = 100000, .shardLimitBytes = 5000000000});
    benchCase("errors in no order", {.decisions = 100000, .wild = true});
    benchCase("small model", {.decisions = 211});
    return 0;
}
