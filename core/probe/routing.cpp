// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/routing.h"

#include "numeric/elementary.h"

#include <algorithm>
#include <numeric>

namespace bitloupe {
namespace {

void softmax(std::span<float> row)
{
    const double sum = shiftedExponentials(row, largest(row), row);
    for (float& value : row)
        value = static_cast<float>(value / sum);
}

double sumOf(std::span<const std::uint32_t> best, std::span<const float> row)
{
    double sum = 0;
    for (const std::uint32_t expert : best)
        sum += row[expert];
    return sum;
}

} // namespace

Routing routeTokens(const Experts& experts, const Floats& logits)
{
    const std::size_t count = experts.router.out;
    const std::size_t tokens = logits.size() / count;
    Routing routing {logits, std::vector<std::vector<Routing::Use>>(count)};
    std::vector<std::uint32_t> order(count);
    for (std::size_t t = 0; t < tokens; ++t) {
        const auto row = std::span(routing.probabilities).subspan(t * count, count);
        softmax(row);
        std::iota(order.begin(), order.end(), 0u);
        const auto end = order.begin() + static_cast<std::ptrdiff_t>(experts.perToken);
        std::partial_sort(order.begin(), end, order.end(),
            [row](std::uint32_t a, std::uint32_t b) {
                return row[a] != row[b] ? row[a] > row[b] : a < b;
            });
        const auto best = std::span(order).first(experts.perToken);
        const double sum = experts.normalise ? sumOf(best, row) : 1;
        for (const std::uint32_t expert : best)
            routing.uses[expert].push_back(
                {static_cast<std::uint32_t>(t), static_cast<float>(row[expert] / sum)});
    }
    return routing;
}

Floats routeBack(const Experts& experts, const Routing& routing,
    const std::vector<Floats>& weightGradients)
{
    const std::size_t count = experts.router.out;
    const std::size_t tokens = routing.probabilities.size() / count;
    // Per token: the sum of w dL/dw, and of the probabilities of the experts in use.
    std::vector<double> weighted(tokens), used(tokens);
    Floats gradient(routing.probabilities.size());
    const auto eachUse = [&](const auto& visit) {
        for (std::size_t expert = 0; expert < count; ++expert) {
            for (std::size_t i = 0; i < routing.uses[expert].size(); ++i)
                visit(routing.uses[expert][i], expert, weightGradients[expert][i]);
        }
    };
    eachUse([&](const Routing::Use& use, std::size_t expert, double slope) {
        weighted[use.token] += use.weight * slope;
        used[use.token] += static_cast<double>(routing.probabilities[use.token * count + expert]);
    });
    // Weights are p, or p / sum of p in use; p is a softmax over all experts.
    std::vector<double> mean(tokens);
    eachUse([&](const Routing::Use& use, std::size_t expert, double slope) {
        const std::size_t at = use.token * count + expert;
        const double atP
            = experts.normalise ? (slope - weighted[use.token]) / used[use.token] : slope;
        gradient[at] = static_cast<float>(atP);
        mean[use.token] += atP * static_cast<double>(routing.probabilities[at]);
    });
    for (std::size_t at = 0; at < gradient.size(); ++at)
        gradient[at] = static_cast<float>(static_cast<double>(routing.probabilities[at])
            * (static_cast<double>(gradient[at]) - mean[at / count]));
    return gradient;
}

Floats sigmoids(const Floats& values)
{
    Floats out(values.size());
    std::transform(values.begin(), values.end(), out.begin(), [](float x) { return -x; });
    exponentials(out, out);
    for (float& value : out)
        value = 1 / (1 + value);
    return out;
}

} // namespace bitloupe
