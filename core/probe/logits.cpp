// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/logits.h"

#include "job/parallel.h"
#include "numeric/elementary.h"
#include "numeric/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace bitloupe {
namespace {

constexpr std::size_t blockValues = 512; // sums of blocks are kept, so that a search is short

// The first index at which the running sum of `terms` exceeds `share` of their total.
std::uint32_t indexAt(std::span<const float> terms, double share)
{
    std::vector<double> blocks;
    double total = 0;
    for (std::size_t begin = 0; begin < terms.size(); begin += blockValues) {
        blocks.push_back(sum(terms.subspan(begin, std::min(blockValues, terms.size() - begin))));
        total += blocks.back();
    }
    double rest = share * total;
    std::size_t block = 0;
    while (block + 1 < blocks.size() && rest >= blocks[block])
        rest -= blocks[block++];
    std::size_t last = block * blockValues; // of those that may be drawn
    const std::size_t end = std::min(last + blockValues, terms.size());
    for (std::size_t i = last; i < end; ++i) {
        if (terms[i] > 0) {
            last = i;
            rest -= static_cast<double>(terms[i]);
        }
        if (rest < 0)
            break;
    }
    return static_cast<std::uint32_t>(last);
}

// e^(x / temperature) up to a factor, of the logits that may be drawn. `out` may be `logits`.
Result<void> exponentialsOf(const Draw& draw, std::span<const float> logits, std::span<float> out)
{
    const auto inverse = static_cast<float>(1 / draw.temperature);
    if (out.data() != logits.data())
        std::copy(logits.begin(), logits.end(), out.begin());
    if (draw.softcap > 0)
        softcap(static_cast<float>(draw.softcap), out);
    if (draw.temperature != 1) {
        for (float& value : out)
            value *= inverse;
    }
    const double total = shiftedExponentials(out, largest(out), out);
    if (!std::isfinite(total))
        return Error {Errc::badWeights, "logits", "found NaN or infinity"};
    return {};
}

Result<void> forTokens(const Draw& draw, std::span<const float> logits, std::size_t width,
    std::size_t vocabulary, std::span<std::uint32_t> ids, const Job& job,
    const std::function<void(std::size_t token, std::span<const float> terms)>& use)
{
    const std::size_t drawn = vocabulary == 0 ? width : vocabulary;
    assert(logits.size() == ids.size() * width && drawn <= width);
    return parallelFor(job, ids.size(), [&](std::size_t token) -> Result<void> {
        std::vector<float> terms(drawn);
        if (auto done = exponentialsOf(draw, logits.subspan(token * width, drawn), terms); !done)
            return done.error();
        ids[token] = indexAt(terms, randomUniform(draw.key, draw.firstCounter + token));
        use(token, terms);
        return {};
    });
}

// Softmax less one at the id; with the slope of the softcap where there is one.
void differentiate(const Draw& draw, std::span<const float> terms, std::uint32_t id,
    std::span<float> logits)
{
    const auto share = static_cast<float>(1 / sum(terms));
    std::vector<float> capped;
    if (draw.softcap > 0) {
        capped.assign(logits.begin(), logits.end());
        softcap(static_cast<float>(draw.softcap), capped);
    }
    for (std::size_t i = 0; i < terms.size(); ++i) {
        float gradient = terms[i] * share - (i == id ? 1.0f : 0.0f);
        if (!capped.empty()) {
            const float part = capped[i] / static_cast<float>(draw.softcap);
            gradient *= 1 - part * part;
        }
        logits[i] = gradient;
    }
    std::fill(logits.begin() + static_cast<std::ptrdiff_t>(terms.size()), logits.end(), 0.0f);
}

} // namespace

Result<void> drawIds(const Draw& draw, std::span<const float> logits, std::size_t width,
    std::size_t vocabulary, std::span<std::uint32_t> ids, const Job& job)
{
    return forTokens(draw, logits, width, vocabulary, ids, job, [](std::size_t, auto) {});
}

Result<void> drawAndDifferentiate(const Draw& draw, std::span<float> logits, std::size_t width,
    std::size_t vocabulary, std::span<std::uint32_t> ids, const Job& job)
{
    assert(draw.temperature == 1);
    return forTokens(draw, logits, width, vocabulary, ids, job,
        [&](std::size_t token, std::span<const float> terms) {
            differentiate(draw, terms, ids[token], logits.subspan(token * width, width));
        });
}

Result<void> likelihoodVariances(
    double softcap, std::span<float> logits, std::size_t width, const Job& job)
{
    const Draw draw {0, 0, 1, softcap};
    return parallelFor(job, logits.size() / width, [&](std::size_t token) -> Result<void> {
        const std::span<float> row = logits.subspan(token * width, width);
        if (auto done = exponentialsOf(draw, row, row); !done)
            return done;
        const auto share = static_cast<float>(1 / sum(row));
        for (float& term : row) {
            const float likelihood = term * share;
            term = likelihood * (1 - likelihood);
        }
        return {};
    });
}

} // namespace bitloupe
