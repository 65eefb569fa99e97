// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/norm_op.h"

#include "job/parallel.h"
#include "numeric/elementary.h"
#include "numeric/sums.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace bitloupe {
namespace {


struct RowScale {
    float mean = 0;
    float inverse = 1; // of the root of mean square (or variance) plus epsilon
};

RowScale scaleOf(const NormWeights& norm, std::span<const float> row)
{
    const auto width = static_cast<double>(row.size());
    const double mean = norm.removesMean ? sum(row) / width : 0;
    double squares = 0;
    if (norm.removesMean) {
        for (const float value : row) {
            const double offset = static_cast<double>(value) - mean;
            squares += offset * offset;
        }
    } else {
        squares = dotProduct(row.data(), row.data(), row.size());
    }
    return {static_cast<float>(mean),
        static_cast<float>(1 / std::sqrt(squares / width + norm.epsilon))};
}

// Weights as they multiply.
std::vector<float> factors(const NormWeights& norm)
{
    std::vector<float> result(norm.width, 1.0f);
    for (std::size_t i = 0; i < norm.weight.size(); ++i)
        result[i] = norm.plusOne ? 1 + norm.weight[i] : norm.weight[i];
    return result;
}

Result<void> forRows(std::size_t rows, std::size_t width, const Job& job,
    const std::function<void(std::size_t)>& work)
{
    const std::size_t rowsAtOnce = std::max<std::size_t>(1, taskValues / width);
    const std::size_t tasks = (rows + rowsAtOnce - 1) / rowsAtOnce;
    return parallelFor(job, tasks, [&](std::size_t task) -> Result<void> {
        const std::size_t end = std::min(rows, (task + 1) * rowsAtOnce);
        for (std::size_t row = task * rowsAtOnce; row < end; ++row)
            work(row);
        return {};
    });
}

// With n = (x - mean) * inverse and g = outGradient * factor:
// inGradient += inverse * (g - mean of g (layer norm) - n * mean of g n).
void rowBack(const NormWeights& norm, std::span<const float> factor, std::span<const float> in,
    std::span<const float> outGradient, std::span<float> inGradient)
{
    const RowScale scale = scaleOf(norm, in);
    double meanGradient = 0;
    double meanProduct = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        const auto g = static_cast<double>(outGradient[i] * factor[i]);
        meanGradient += g;
        meanProduct += g * static_cast<double>((in[i] - scale.mean) * scale.inverse);
    }
    const auto width = static_cast<double>(in.size());
    const auto offset = static_cast<float>(norm.removesMean ? meanGradient / width : 0);
    const auto share = static_cast<float>(meanProduct / width);
    for (std::size_t i = 0; i < in.size(); ++i) {
        const float n = (in[i] - scale.mean) * scale.inverse;
        inGradient[i] += scale.inverse * (outGradient[i] * factor[i] - offset - n * share);
    }
}

} // namespace

Result<void> normalise(
    const NormWeights& norm, std::span<const float> in, std::span<float> out, const Job& job)
{
    assert(norm.width > 0 && in.size() % norm.width == 0 && in.size() == out.size());
    const auto factor = factors(norm);
    return forRows(in.size() / norm.width, norm.width, job, [&](std::size_t row) {
        const auto from = in.subspan(row * norm.width, norm.width);
        const auto to = out.subspan(row * norm.width, norm.width);
        const RowScale scale = scaleOf(norm, from);
        for (std::size_t i = 0; i < norm.width; ++i) {
            to[i] = (from[i] - scale.mean) * scale.inverse * factor[i];
            if (!norm.bias.empty())
                to[i] += norm.bias[i];
        }
    });
}

Result<void> normaliseBack(const NormWeights& norm, std::span<const float> in,
    std::span<const float> outGradient, std::span<float> inGradient, const Job& job)
{
    assert(norm.width > 0 && in.size() % norm.width == 0 && in.size() == inGradient.size());
    const auto factor = factors(norm);
    return forRows(in.size() / norm.width, norm.width, job, [&](std::size_t row) {
        const std::size_t first = row * norm.width;
        rowBack(norm, factor, in.subspan(first, norm.width),
            outGradient.subspan(first, norm.width), inGradient.subspan(first, norm.width));
    });
}

} // namespace bitloupe
