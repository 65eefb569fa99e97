// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/attention_op.h"

#include "job/parallel.h"
#include "probe/attention_parts.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace bitloupe {
namespace {

// out of the rows below `end` needs no later rows of v.
PaddedMatrix weightedValues(const PaddedMatrix& shares, const PaddedMatrix& v)
{
    PaddedMatrix out(shares.rows(), v.columns());
    for (std::size_t first = 0; first < shares.rows(); first += attentionRows) {
        const std::size_t end = std::min(first + attentionRows, shares.rows());
        addTileProduct({shares.row(first), end - first, end, shares.width(), 1}, v.tile(),
            {out.row(first), out.width(), out.width()});
    }
    return out;
}

} // namespace

Result<void> attend(const AttentionShape& shape, std::span<const float> q,
    std::span<const float> k, std::span<const float> v, std::span<float> out, const Job& job)
{
    const std::size_t group = shape.heads / shape.kvHeads;
    const std::size_t sequences = k.size() / (shape.length * shape.kvHeads * shape.headDim);
    assert(q.size() == sequences * shape.length * shape.heads * shape.headDim);
    assert(k.size() == v.size() && q.size() == out.size());
    return parallelFor(job, sequences * shape.kvHeads, [&](std::size_t task) -> Result<void> {
        const std::size_t firstToken = task / shape.kvHeads * shape.length;
        const std::size_t kvHead = task % shape.kvHeads;
        const HeadPlace kv {firstToken, shape.length, shape.kvHeads, kvHead, shape.headDim};
        const PaddedMatrix kColumns = copiedHead(k, kv).transposed();
        const PaddedMatrix values = copiedHead(v, kv);
        PaddedMatrix shares(shape.length, shape.length);
        for (std::size_t head = kvHead * group; head < (kvHead + 1) * group; ++head) {
            const HeadPlace place {firstToken, shape.length, shape.heads, head, shape.headDim};
            attentionShares(shape, copiedHead(q, place), kColumns, shares, nullptr);
            storeHead(weightedValues(shares, values), place, out);
        }
        return {};
    });
}

Result<void> causalMean(const AttentionShape& shape, std::span<const float> v,
    std::span<float> out, const Job& job)
{
    const std::size_t group = shape.heads / shape.kvHeads;
    const std::size_t width = shape.kvHeads * shape.headDim;
    const std::size_t sequences = v.size() / (shape.length * width);
    assert(out.size() == sequences * shape.length * shape.heads * shape.headDim);
    return parallelFor(job, sequences, [&](std::size_t sequence) -> Result<void> {
        std::vector<double> sums(width);
        std::vector<float> means(width);
        for (std::size_t position = 0; position < shape.length; ++position) {
            const std::size_t token = sequence * shape.length + position;
            for (std::size_t i = 0; i < width; ++i) {
                sums[i] += static_cast<double>(v[token * width + i]);
                means[i] = static_cast<float>(sums[i] / static_cast<double>(position + 1));
            }
            for (std::size_t head = 0; head < shape.heads; ++head)
                std::copy_n(means.data() + head / group * shape.headDim, shape.headDim,
                    out.data() + (token * shape.heads + head) * shape.headDim);
        }
        return {};
    });
}

} // namespace bitloupe
