// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/projection.h"

#include "job/parallel.h"
#include "numeric/matrix_product.h"
#include "numeric/transpose.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace bitloupe {
namespace {

constexpr std::size_t projectedTokens = 1024;
constexpr std::size_t stripTokens = 32; // a strip of all channels' values of 32 tokens
constexpr std::size_t outsAtOnce = 48; // rows of a widened tile forward
constexpr std::size_t insAtOnce = 64; // columns of one backward
constexpr std::size_t termsAtOnce = 512; // of a sum, between touching its output
constexpr std::size_t padding = 16; // keeps rows of a tile off the same cache set

std::size_t roundedUp(std::size_t value, std::size_t step)
{
    return (value + step - 1) / step * step;
}

// Tokens as strips of 32, channel by channel; zeros where there is no token.
class TokenStrips {
public:
    TokenStrips(std::size_t channels, std::size_t tokens)
        : m_channels(channels)
        , m_values(channels * roundedUp(tokens, stripTokens))
    {
    }

    Result<void> fill(std::span<const float> in, std::size_t tokens, const Job& job)
    {
        return parallelFor(job, roundedUp(tokens, stripTokens) / stripTokens,
            [&](std::size_t strip) -> Result<void> {
                const std::size_t first = strip * stripTokens;
                const std::size_t count = std::min(stripTokens, tokens - first);
                float* const to = m_values.data() + first * m_channels;
                if (count < stripTokens)
                    std::fill_n(to, stripTokens * m_channels, 0.0f);
                transpose(in.data() + first * m_channels, m_channels, count, m_channels, to,
                    stripTokens);
                return {};
            });
    }

    // Channels [channel, ...) of the strip that starts at a token.
    const float* at(std::size_t token, std::size_t channel) const
    {
        return m_values.data() + token * m_channels + channel * stripTokens;
    }

private:
    std::size_t m_channels;
    std::vector<float> m_values;
};

// Some rows of one projection.
struct ForwardTile {
    const Projection* projection;
    std::size_t firstOut;
    std::size_t outs;
};

std::vector<ForwardTile> forwardTiles(std::span<const Projection> projections)
{
    std::vector<ForwardTile> tiles;
    for (const Projection& projection : projections) {
        for (std::size_t out = 0; out < projection.weight->out(); out += outsAtOnce)
            tiles.push_back(
                {&projection, out, std::min(outsAtOnce, projection.weight->out() - out)});
    }
    return tiles;
}

// Sums of a tile, [outs, tokens in whole strips].
std::vector<float> tileSums(const ForwardTile& tile, const TokenStrips& strips, std::size_t tokens)
{
    const Weight& weight = *tile.projection->weight;
    const std::size_t stride = roundedUp(tokens, stripTokens) + padding;
    std::vector<float> sums(tile.outs * stride);
    const std::size_t termsMost = std::min(termsAtOnce, weight.in());
    std::vector<float> widened(tile.outs * (termsMost + padding));
    for (std::size_t term = 0; term < weight.in(); term += termsMost) {
        const std::size_t terms = std::min(termsMost, weight.in() - term);
        weight.widenBlock(
            tile.firstOut, tile.outs, term, terms, widened.data(), termsMost + padding);
        const LeftFactor left {widened.data(), tile.outs, terms, termsMost + padding, 1};
        for (std::size_t token = 0; token < tokens; token += stripTokens)
            addTileProduct(left, {strips.at(token, term), stripTokens, stripTokens},
                {sums.data() + token, stripTokens, stride});
    }
    return sums;
}

void storeTile(const ForwardTile& tile, std::span<float> sums, std::size_t firstToken,
    std::size_t tokens)
{
    const Projection& projection = *tile.projection;
    const std::size_t stride = roundedUp(tokens, stripTokens) + padding;
    if (!projection.bias.empty()) {
        for (std::size_t row = 0; row < tile.outs; ++row) {
            for (float& value : sums.subspan(row * stride, tokens))
                value += projection.bias[tile.firstOut + row];
        }
    }
    const std::size_t width = projection.weight->out();
    transpose(sums.data(), stride, tile.outs, tokens,
        projection.out.data() + firstToken * width + tile.firstOut, width);
}

// Columns [first, first + ins) of outGradient W, added to inGradient. `gradients` holds rows of
// outGradient, `stride` apart.
void addBackTile(std::span<const float> gradients, std::size_t stride, const Weight& weight,
    std::size_t first, std::size_t tokens, float* inGradient)
{
    const std::size_t ins = std::min(insAtOnce, weight.in() - first);
    std::vector<float> sums(tokens * insAtOnce);
    for (std::size_t token = 0; token < tokens; ++token)
        std::copy_n(
            inGradient + token * weight.in() + first, ins, sums.data() + token * insAtOnce);
    const std::size_t termsMost = std::min(termsAtOnce, weight.out());
    std::vector<float> widened(termsMost * insAtOnce);
    for (std::size_t term = 0; term < weight.out(); term += termsMost) {
        const std::size_t terms = std::min(termsMost, weight.out() - term);
        weight.widenBlock(term, terms, first, ins, widened.data(), insAtOnce);
        addTileProduct({gradients.data() + term, tokens, terms, stride, 1},
            {widened.data(), insAtOnce, insAtOnce}, {sums.data(), insAtOnce, insAtOnce});
    }
    for (std::size_t token = 0; token < tokens; ++token)
        std::copy_n(
            sums.data() + token * insAtOnce, ins, inGradient + token * weight.in() + first);
}

} // namespace

Result<void> project(std::span<const float> in, std::size_t tokens,
    std::span<const Projection> projections, const Job& job)
{
    if (projections.empty() || tokens == 0)
        return {};
    const std::size_t channels = projections.front().weight->in();
    assert(in.size() == tokens * channels);
    TokenStrips strips(channels, std::min(tokens, projectedTokens));
    const auto tiles = forwardTiles(projections);
    for (std::size_t first = 0; first < tokens; first += projectedTokens) {
        const std::size_t count = std::min(projectedTokens, tokens - first);
        const auto part = in.subspan(first * channels, count * channels);
        if (auto filled = strips.fill(part, count, job); !filled)
            return filled.error();
        const auto done = parallelFor(job, tiles.size(), [&](std::size_t i) -> Result<void> {
            auto sums = tileSums(tiles[i], strips, count);
            storeTile(tiles[i], sums, first, count);
            return {};
        });
        if (!done)
            return done.error();
    }
    return {};
}

Result<void> projectBack(std::span<const float> outGradient, std::size_t tokens,
    const Weight& weight, std::span<float> inGradient, const Job& job)
{
    assert(outGradient.size() == tokens * weight.out());
    assert(inGradient.size() == tokens * weight.in());
    const std::size_t stride = weight.out() + padding;
    std::vector<float> gradients(std::min(tokens, projectedTokens) * stride);
    for (std::size_t first = 0; first < tokens; first += projectedTokens) {
        const std::size_t count = std::min(projectedTokens, tokens - first);
        for (std::size_t token = 0; token < count; ++token)
            std::copy_n(outGradient.data() + (first + token) * weight.out(), weight.out(),
                gradients.data() + token * stride);
        const auto done = parallelFor(job, roundedUp(weight.in(), insAtOnce) / insAtOnce,
            [&](std::size_t tile) -> Result<void> {
                addBackTile(gradients, stride, weight, tile * insAtOnce, count,
                    inGradient.data() + first * weight.in());
                return {};
            });
        if (!done)
            return done.error();
    }
    return {};
}

} // namespace bitloupe
