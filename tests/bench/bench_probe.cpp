// SPDX-License-Identifier: GPL-3.0-or-later
// bench_probe [MODEL [SEQUENCES LENGTH]]: GFLOP/s of a core in the products that the probe is made
// of; with a model, processor seconds of each tier, of self-text, of the head's
// second moments and of the walk through it.
#include "model/open.h"
#include "probe/input_covariance.h"
#include "probe/probe.h"
#include "probe/projection.h"
#include "probe/second_moments.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace bitloupe;

namespace {

template <typename Work>
double processorSeconds(const Work& work)
{
    const std::clock_t begin = std::clock();
    work();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// Best of a few runs, since others may use the machine as well.
template <typename Work>
double gigaflops(double flops, const Work& work)
{
    double best = 1e9;
    for (int run = 0; run < 7; ++run)
        best = std::min(best, processorSeconds(work));
    return flops / best * 1e-9;
}

void benchProducts(std::size_t tokens, std::size_t in, std::size_t out)
{
    Job job;
    job.threads = 1;
    const Weight weight
        = Weight::fromFloats(std::vector<float>(in * out, 0.25f), out, in);
    std::vector<float> x(tokens * in, 0.5f);
    std::vector<float> y(tokens * out);
    std::vector<float> sums(in * in);
    const double flops = 2.0 * static_cast<double>(tokens * in * out);
    const Projection projection {&weight, {}, y};
    bool good = true;
    const double forward = gigaflops(
        flops, [&] { good = project(x, tokens, {&projection, 1}, job) && good; });
    const double back
        = gigaflops(flops, [&] { good = projectBack(y, tokens, weight, x, job) && good; });
    // Only one triangle is computed: half the flops of the whole.
    const double cross = gigaflops(static_cast<double>(tokens * in * in),
        [&] { good = addCrossProducts(x, in, sums, job) && good; });
    std::printf("%5zu tokens, %5zu -> %5zu: forward %5.1f, back %5.1f, cross products %5.1f "
                "GFLOP/s%s\n",
        tokens, in, out, forward, back, cross, good ? "" : " (failed)");
}

template <typename Work>
void report(const char* what, const Work& work)
{
    const auto begin = std::chrono::steady_clock::now();
    const double processor = processorSeconds(work);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    std::printf("%-10s %7.2f s, %7.2f s of processor\n", what, wall.count(), processor);
}

int benchModel(const char* path, const SelfTextOptions& options)
{
    const auto model = openModel(path, {});
    if (!model) {
        std::fprintf(stderr, "%s\n", model.error().message().c_str());
        return 1;
    }
    bool good = true;
    for (const ProbeTier tier : {ProbeTier::forward, ProbeTier::full})
        report(probeTierName(tier).data(),
            [&] { good = probeModel(*model, tier, {}).has_value() && good; });
    SelfText text;
    report("self-text", [&] {
        auto written = writeSelfText(*model, options, {});
        good = written && good;
        if (written)
            text = std::move(*written);
    });
    report("head", [&] {
        const auto walk = walkCovariances(*model, text);
        good = walk && (*walk)->headCovariance({}) && good;
    });
    report("walk", [&] {
        const auto walk = walkCovariances(*model, text);
        good = walk && good;
        while (walk) {
            const auto group = (*walk)->next({});
            good = group && good;
            if (!group || group->empty())
                break;
        }
    });
    return good ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    benchProducts(128, 576, 1536);
    benchProducts(1024, 1536, 576);
    benchProducts(512, 4096, 4096);
    SelfTextOptions options;
    if (argc > 3) {
        options.sequences = static_cast<std::uint32_t>(std::atoi(argv[2]));
        options.length = static_cast<std::uint32_t>(std::atoi(argv[3]));
    }
    return argc > 1 ? benchModel(argv[1], options) : 0;
}
