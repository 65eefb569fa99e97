// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/fused_layout.h"

namespace bitloupe {
namespace {

/// Calls visit(column of the fused row, part 0 to 2, column of that part) for every column.
template <typename Visit>
void eachQkvColumn(const Attention& attention, const Visit& visit)
{
    const std::size_t dim = attention.headDim;
    const std::size_t kvHeads = attention.kvHeads;
    const std::size_t group = attention.heads / kvHeads;
    std::size_t column = 0;
    const auto run = [&](std::size_t part, std::size_t head, std::size_t heads) {
        for (std::size_t i = 0; i < heads * dim; ++i)
            visit(column++, part, head * dim + i);
    };
    if (attention.layout == QkvLayout::stacked) {
        run(0, 0, attention.heads);
        run(1, 0, kvHeads);
        run(2, 0, kvHeads);
        return;
    }
    for (std::size_t head = 0; head < kvHeads; ++head) { // perHead is a group of one
        run(0, head * group, group);
        run(1, head, 1);
        run(2, head, 1);
    }
}

std::size_t gateColumn(GateLayout layout, std::size_t i)
{
    return layout == GateLayout::halves ? i : 2 * i;
}

std::size_t upColumn(GateLayout layout, std::size_t inner, std::size_t i)
{
    return layout == GateLayout::halves ? inner + i : 2 * i + 1;
}

} // namespace

QueryKeyValue splitQkv(const Attention& attention, std::span<const float> fused)
{
    const std::size_t dim = attention.headDim;
    const std::size_t widths[] = {attention.heads * dim, attention.kvHeads * dim};
    const std::size_t width = widths[0] + 2 * widths[1];
    const std::size_t tokens = fused.size() / width;
    QueryKeyValue parts {
        Floats(tokens * widths[0]), Floats(tokens * widths[1]), Floats(tokens * widths[1])};
    for (std::size_t t = 0; t < tokens; ++t) {
        float* const rows[] = {parts.q.data() + t * widths[0], parts.k.data() + t * widths[1],
            parts.v.data() + t * widths[1]};
        const float* const row = fused.data() + t * width;
        eachQkvColumn(attention, [&](std::size_t column, std::size_t part, std::size_t i) {
            rows[part][i] = row[column];
        });
    }
    return parts;
}

Floats joinQkv(const Attention& attention, const QueryKeyValue& parts)
{
    const std::size_t dim = attention.headDim;
    const std::size_t widths[] = {attention.heads * dim, attention.kvHeads * dim};
    const std::size_t width = widths[0] + 2 * widths[1];
    const std::size_t tokens = parts.q.size() / widths[0];
    Floats fused(tokens * width);
    for (std::size_t t = 0; t < tokens; ++t) {
        const float* const rows[] = {parts.q.data() + t * widths[0],
            parts.k.data() + t * widths[1], parts.v.data() + t * widths[1]};
        float* const row = fused.data() + t * width;
        eachQkvColumn(attention, [&](std::size_t column, std::size_t part, std::size_t i) {
            row[column] = rows[part][i];
        });
    }
    return fused;
}

GateUp splitGateUp(GateLayout layout, std::size_t inner, std::span<const float> fused)
{
    const std::size_t tokens = fused.size() / (2 * inner);
    GateUp parts {Floats(tokens * inner), Floats(tokens * inner)};
    for (std::size_t t = 0; t < tokens; ++t) {
        const float* const row = fused.data() + t * 2 * inner;
        for (std::size_t i = 0; i < inner; ++i) {
            parts.gate[t * inner + i] = row[gateColumn(layout, i)];
            parts.up[t * inner + i] = row[upColumn(layout, inner, i)];
        }
    }
    return parts;
}

Floats joinGateUp(GateLayout layout, std::size_t inner, const GateUp& parts)
{
    Floats fused(2 * parts.gate.size());
    const std::size_t tokens = parts.gate.size() / inner;
    for (std::size_t t = 0; t < tokens; ++t) {
        float* const row = fused.data() + t * 2 * inner;
        for (std::size_t i = 0; i < inner; ++i) {
            row[gateColumn(layout, i)] = parts.gate[t * inner + i];
            row[upColumn(layout, inner, i)] = parts.up[t * inner + i];
        }
    }
    return fused;
}

} // namespace bitloupe
