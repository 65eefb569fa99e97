// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/parallel.h"
#include "probe/attention_op.h"
#include "probe/attention_parts.h"

#include <cassert>

namespace bitloupe {
namespace {

// What the heads of a group read, and what they add up.
struct KvHead {
    PaddedMatrix k, kColumns, vColumns;
    PaddedMatrix kGradient, vGradient;
    PaddedMatrix shares, capSlope, shareGradient;
};

// Gradients at the shares become gradients at the products q k.
void productGradients(const AttentionShape& shape, KvHead& kv)
{
    const auto scale = static_cast<float>(shape.scale);
    for (std::size_t row = 0; row < shape.length; ++row) {
        const float* const share = kv.shares.row(row);
        float* const gradient = kv.shareGradient.row(row);
        double mean = 0;
        for (std::size_t i = 0; i <= row; ++i)
            mean += static_cast<double>(share[i]) * static_cast<double>(gradient[i]);
        for (std::size_t i = 0; i <= row; ++i) {
            gradient[i] = share[i] * (gradient[i] - static_cast<float>(mean)) * scale;
            if (shape.softcap > 0)
                gradient[i] *= kv.capSlope.row(row)[i];
        }
        for (std::size_t i = row + 1; i < shape.length; ++i)
            gradient[i] = 0;
    }
}

// Returns the gradient at q; adds to those at k and v.
PaddedMatrix headBack(const AttentionShape& shape, const PaddedMatrix& q,
    const PaddedMatrix& outGradient, KvHead& kv)
{
    attentionShares(shape, q, kv.kColumns, kv.shares, &kv.capSlope);
    addTileProduct(kv.shares.byColumns(), outGradient.tile(), kv.vGradient.sums());
    kv.shareGradient.clear();
    addTileProduct(outGradient.byRows(), kv.vColumns.tile(), kv.shareGradient.sums());
    productGradients(shape, kv);
    addTileProduct(kv.shareGradient.byColumns(), q.tile(), kv.kGradient.sums());
    PaddedMatrix qGradient(q.rows(), q.columns());
    addTileProduct(kv.shareGradient.byRows(), kv.k.tile(), qGradient.sums());
    return qGradient;
}

} // namespace

Result<void> attendBack(const AttentionShape& shape, std::span<const float> q,
    std::span<const float> k, std::span<const float> v, std::span<const float> outGradient,
    const AttentionGradients& gradients, const Job& job)
{
    const std::size_t group = shape.heads / shape.kvHeads;
    const std::size_t length = shape.length;
    const std::size_t sequences = k.size() / (length * shape.kvHeads * shape.headDim);
    assert(gradients.q.size() == q.size() && outGradient.size() == q.size());
    assert(gradients.k.size() == k.size() && gradients.v.size() == v.size());
    return parallelFor(job, sequences * shape.kvHeads, [&](std::size_t task) -> Result<void> {
        const std::size_t firstToken = task / shape.kvHeads * length;
        const std::size_t kvHead = task % shape.kvHeads;
        const HeadPlace kvPlace {firstToken, length, shape.kvHeads, kvHead, shape.headDim};
        const PaddedMatrix kRows = copiedHead(k, kvPlace);
        const PaddedMatrix none(length, shape.headDim);
        const PaddedMatrix square(length, length);
        KvHead kv {kRows, kRows.transposed(), copiedHead(v, kvPlace).transposed(), none, none,
            square, square, square};
        for (std::size_t head = kvHead * group; head < (kvHead + 1) * group; ++head) {
            const HeadPlace place {firstToken, length, shape.heads, head, shape.headDim};
            storeHead(headBack(shape, copiedHead(q, place), copiedHead(outGradient, place), kv),
                place, gradients.q);
        }
        storeHead(kv.kGradient, kvPlace, gradients.k);
        storeHead(kv.vGradient, kvPlace, gradients.v);
        return {};
    });
}

} // namespace bitloupe
