// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback.h"

#include "codec/feedback_kernels.h"
#include "codec/feedback_parts.h"

#include <algorithm>
#include <vector>

namespace bitloupe {
namespace {

constexpr std::size_t lanes = feedbackRows;
constexpr std::size_t side = panelColumns;

void subtractTimes(float factor, const float* from, float* to)
{
    for (std::size_t r = 0; r < lanes; ++r)
        to[r] -= factor * from[r];
}

// values U^T = what they were: from the last place to the first.
void solveTransposed(const ColumnPanels& u, std::vector<float>& values)
{
    std::vector<float> negated(side * lanes);
    for (std::size_t p = u.count(); p-- > 0;) {
        const std::size_t first = p * side;
        float* own = values.data() + first * lanes;
        for (std::size_t c = side; c-- > 0;)
            for (std::size_t t = c + 1; t < side; ++t)
                subtractTimes(u.panel(p)[(first + c) * side + t], own + t * lanes, own + c * lanes);
        for (std::size_t i = 0; i < negated.size(); ++i)
            negated[i] = -own[i];
        addProduct({u.panel(p), first, side, side}, negated.data(), lanes, values.data());
    }
}

// values U = what they were: from the first place to the last.
void solveStraight(const ColumnPanels& u, std::vector<float>& values)
{
    std::vector<float> known(side * lanes);
    for (std::size_t p = 0; p < u.count(); ++p) {
        const std::size_t first = p * side;
        float* own = values.data() + first * lanes;
        std::fill(known.begin(), known.end(), 0.0f);
        addTransposedProduct({u.panel(p), first, side, side}, values.data(), lanes, known.data());
        for (std::size_t i = 0; i < known.size(); ++i)
            own[i] -= known[i];
        for (std::size_t c = 0; c < side; ++c)
            for (std::size_t t = 0; t < c; ++t)
                subtractTimes(u.panel(p)[(first + t) * side + c], own + t * lanes, own + c * lanes);
    }
}

void solveLanes(const FeedbackParts& parts, std::vector<float>& values)
{
    solveTransposed(parts.coupling, values);
    for (std::size_t place = 0; place < parts.columns; ++place) {
        const auto scale = static_cast<float>(
            1 / (static_cast<double>(parts.pivots[place]) * parts.unit));
        for (std::size_t r = 0; r < lanes; ++r)
            values[place * lanes + r] *= scale;
    }
    solveStraight(parts.coupling, values);
}

} // namespace

void solveRows(const FeedbackFactor& factor, std::span<float> rows)
{
    const FeedbackParts& parts = factor.parts();
    const std::size_t n = parts.columns;
    std::vector<float> values(parts.coupling.paddedSize() * lanes);
    for (std::size_t first = 0; first < rows.size() / n; first += lanes) {
        const std::size_t count = std::min(lanes, rows.size() / n - first);
        std::fill(values.begin(), values.end(), 0.0f);
        for (std::size_t place = 0; place < n; ++place)
            for (std::size_t r = 0; r < count; ++r)
                values[place * lanes + r] = rows[(first + r) * n + parts.order[place]];
        solveLanes(parts, values);
        for (std::size_t place = 0; place < n; ++place)
            for (std::size_t r = 0; r < count; ++r)
                rows[(first + r) * n + parts.order[place]] = values[place * lanes + r];
    }
}

} // namespace bitloupe
