// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/attention_cache.h"

#include "job/parallel.h"
#include "numeric/matrix_product.h"
#include "probe/attention_parts.h"

#include <algorithm>
#include <cassert>

namespace bitloupe {
namespace {

std::size_t wholeSixteens(std::size_t count) { return (count + 15) / 16 * 16; }

} // namespace

AttentionCache::AttentionCache(const AttentionShape& shape, std::size_t sequences)
    : m_shape(shape)
    , m_capacity(wholeSixteens(shape.length))
    , m_width(wholeSixteens(shape.headDim))
    , m_keys(sequences * shape.kvHeads * shape.headDim * m_capacity)
    , m_values(sequences * shape.kvHeads * shape.length * m_width)
{
}

std::uint64_t AttentionCache::bytes(const AttentionShape& shape, std::size_t sequences)
{
    const std::uint64_t heads = static_cast<std::uint64_t>(sequences) * shape.kvHeads;
    return heads * sizeof(float)
        * (shape.headDim * wholeSixteens(shape.length)
            + shape.length * wholeSixteens(shape.headDim));
}

void AttentionCache::extendOne(std::size_t sequence, std::size_t kvHead,
    std::span<const float> q, std::span<const float> k, std::span<const float> v,
    std::span<float> out)
{
    const std::size_t dim = m_shape.headDim;
    const std::size_t place = sequence * m_shape.kvHeads + kvHead;
    float* const keys = m_keys.data() + place * dim * m_capacity;
    float* const values = m_values.data() + place * m_shape.length * m_width;
    for (std::size_t i = 0; i < dim; ++i)
        keys[i * m_capacity + m_tokens] = k[place * dim + i];
    std::copy_n(v.data() + place * dim, dim, values + m_tokens * m_width);

    const std::size_t group = m_shape.heads / m_shape.kvHeads;
    const float* const query = q.data() + (sequence * m_shape.heads + kvHead * group) * dim;
    const std::size_t tokens = m_tokens + 1;
    PaddedMatrix shares(group, tokens);
    addTileProduct({query, group, dim, dim, 1}, {keys, shares.width(), m_capacity}, shares.sums());
    for (std::size_t head = 0; head < group; ++head)
        shareRow(m_shape, m_tokens, {shares.row(head), tokens}, {});
    PaddedMatrix context(group, dim);
    addTileProduct(shares.byRows(), {values, m_width, m_width}, context.sums());
    for (std::size_t head = 0; head < group; ++head)
        std::copy_n(context.row(head), dim,
            out.data() + (sequence * m_shape.heads + kvHead * group + head) * dim);
}

Result<void> AttentionCache::extend(std::span<const float> q, std::span<const float> k,
    std::span<const float> v, std::span<float> out, const Job& job)
{
    assert(m_tokens < m_shape.length);
    const std::size_t sequences = q.size() / (m_shape.heads * m_shape.headDim);
    const auto done = parallelFor(job, sequences, [&](std::size_t sequence) -> Result<void> {
        for (std::size_t head = 0; head < m_shape.kvHeads; ++head)
            extendOne(sequence, head, q, k, v, out);
        return {};
    });
    if (done)
        ++m_tokens;
    return done;
}

} // namespace bitloupe
