// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback.h"

#include "codec/feedback_parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace bitloupe {
namespace {

constexpr double heaviestDamping = 1e3;
constexpr double smallestPivot = 1e-6; // of the mean diagonal

Error refused(std::string detail)
{
    return { Errc::badArgument, "input covariance", std::move(detail) };
}

// Mean diagonal; 1 where nothing was ever active.
Result<double> unitOf(std::span<const float> covariance, std::size_t columns)
{
    if (columns == 0 || covariance.size() / columns != columns
        || covariance.size() % columns != 0)
        return refused("found " + std::to_string(covariance.size()) + " numbers, expected "
            + std::to_string(columns) + " squared");
    for (const float value : covariance) {
        if (!std::isfinite(value))
            return refused("found a number that is not finite");
    }
    double sum = 0;
    for (std::size_t j = 0; j < columns; ++j) {
        const float value = covariance[j * columns + j];
        if (value < 0)
            return refused("found a negative number on the diagonal, expected mean squares");
        sum += static_cast<double>(value);
    }
    return sum > 0 ? sum / static_cast<double>(columns) : 1.0;
}

constexpr std::size_t smallestGroup = 32, largestGroup = 256;

// Busy halves and busy columns first.
void appendByEnergy(
    std::span<const double> energy, std::uint32_t first, std::vector<std::uint32_t>& order)
{
    if (energy.size() > smallestGroup) {
        const std::size_t half = energy.size() / 2;
        const auto sumOf = [](std::span<const double> part) {
            return std::accumulate(part.begin(), part.end(), 0.0);
        };
        const auto left = energy.first(half);
        const auto right = energy.subspan(half);
        const auto middle = first + static_cast<std::uint32_t>(half);
        const bool rightFirst = sumOf(left) < sumOf(right);
        appendByEnergy(rightFirst ? right : left, rightFirst ? middle : first, order);
        return appendByEnergy(rightFirst ? left : right, rightFirst ? first : middle, order);
    }
    const auto begin = static_cast<std::ptrdiff_t>(order.size());
    for (std::uint32_t j = 0; j < energy.size(); ++j)
        order.push_back(first + j);
    std::stable_sort(order.begin() + begin, order.end(),
        [&](std::uint32_t a, std::uint32_t b) { return energy[a - first] > energy[b - first]; });
}

// Groups of every size that the columns can have stay whole.
std::vector<std::uint32_t> orderOf(std::span<const double> energy, bool byEnergy)
{
    const std::size_t n = energy.size();
    std::vector<std::uint32_t> order;
    if (!byEnergy || n % smallestGroup != 0) {
        order.resize(n);
        std::iota(order.begin(), order.end(), 0u);
        return order;
    }
    std::size_t block = largestGroup;
    while (n % block != 0)
        block /= 2;
    std::vector<std::size_t> blocks(n / block);
    std::iota(blocks.begin(), blocks.end(), std::size_t { 0 });
    std::vector<double> sums;
    for (const std::size_t b : blocks) {
        const auto part = energy.subspan(b * block, block);
        sums.push_back(std::accumulate(part.begin(), part.end(), 0.0));
    }
    std::stable_sort(blocks.begin(), blocks.end(),
        [&](std::size_t a, std::size_t b) { return sums[a] > sums[b]; });
    for (const std::size_t b : blocks)
        appendByEnergy(
            energy.subspan(b * block, block), static_cast<std::uint32_t>(b * block), order);
    return order;
}

std::vector<double> diagonalOf(std::span<const float> covariance, std::size_t columns)
{
    std::vector<double> diagonal(columns);
    for (std::size_t j = 0; j < columns; ++j)
        diagonal[j] = static_cast<double>(covariance[j * columns + j]);
    return diagonal;
}

void fillMoments(std::span<const float> covariance, FeedbackParts& parts)
{
    const std::size_t n = parts.columns;
    const double kept = 1 - parts.options.shrinkage;
    ColumnPanels& moments = parts.moments;
    for (std::size_t p = 0; p < n; ++p) {
        for (std::size_t q = 0; q < n; ++q) {
            const std::size_t row = std::min(parts.order[p], parts.order[q]);
            const std::size_t column = std::max(parts.order[p], parts.order[q]);
            const double moment
                = static_cast<double>(covariance[row * n + column]) / parts.unit;
            moments.at(p, q) = static_cast<float>(p == q ? moment : kept * moment);
        }
        parts.diagonal.push_back(static_cast<double>(moments.at(p, p)));
    }
    for (std::size_t p = n; p < moments.paddedSize(); ++p)
        moments.at(p, p) = 1;
}

Factored factorDamped(FeedbackParts& parts, const RunTasks& run)
{
    const auto raise = [&](double by) {
        for (std::size_t p = 0; p < parts.columns; ++p)
            parts.moments.at(p, p) += static_cast<float>(by);
        parts.damping += by;
    };
    raise(parts.options.damping);
    while (true) {
        parts.coupling = parts.moments;
        const Factored factored = factorUpper(parts.coupling, smallestPivot, parts.pivots, run);
        if (factored != Factored::notPositive || parts.damping > heaviestDamping)
            return factored;
        raise(std::max(9 * parts.damping, 1e-4));
    }
}

void fillWeights(std::span<const float> covariance, FeedbackParts& parts)
{
    const std::size_t n = parts.columns;
    for (std::size_t j = 0; j < n; ++j) {
        const double diagonal = static_cast<double>(covariance[j * n + j]);
        parts.searchWeights.push_back(static_cast<float>(diagonal / parts.unit + 0.001));
    }
    for (std::size_t p = 0; p < n; ++p)
        parts.gridWeights.push_back(parts.options.pivotWeights
                ? parts.pivots[p]
                : parts.searchWeights[parts.order[p]]);
}

} // namespace

FeedbackFactor::FeedbackFactor(std::unique_ptr<const FeedbackParts> parts)
    : m_parts(std::move(parts))
{
}

FeedbackFactor::~FeedbackFactor() = default;

std::size_t FeedbackFactor::columns() const { return m_parts->columns; }

Result<std::shared_ptr<const FeedbackFactor>> FeedbackFactor::make(
    std::span<const float> covariance, std::size_t columns, const FeedbackOptions& options,
    const RunTasks& run)
{
    if (!(options.damping >= 0 && options.damping <= heaviestDamping))
        return refused("found a damping that is no number between 0 and 1000");
    if (!(options.shrinkage >= 0 && options.shrinkage <= 0.9))
        return refused("found a shrinkage that is no number between 0 and 0.9");
    const auto unit = unitOf(covariance, columns);
    if (!unit)
        return unit.error();
    auto parts = std::make_unique<FeedbackParts>(columns);
    parts->options = options;
    parts->unit = *unit;
    parts->order = orderOf(diagonalOf(covariance, columns), options.energyOrder);
    fillMoments(covariance, *parts);
    const Factored factored = factorDamped(*parts, run);
    if (factored == Factored::stopped)
        return Error {Errc::cancelled, {}, {}};
    if (factored == Factored::notPositive)
        return refused("found no second moments of anything: it cannot be factored");
    fillWeights(covariance, *parts);
    return std::shared_ptr<const FeedbackFactor>(new FeedbackFactor(std::move(parts)));
}

} // namespace bitloupe
