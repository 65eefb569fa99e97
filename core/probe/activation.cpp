// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/activation.h"

#include "job/parallel.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace bitloupe {
namespace {

constexpr std::size_t pieceValues = 1024; // that stay in the first cache

template <typename Work>
Result<void> forPieces(std::size_t count, const Job& job, const Work& work)
{
    return parallelFor(
        job, (count + taskValues - 1) / taskValues, [&](std::size_t task) -> Result<void> {
            const std::size_t end = std::min(count, (task + 1) * taskValues);
            for (std::size_t begin = task * taskValues; begin < end; begin += pieceValues)
                work(begin, std::min(pieceValues, end - begin));
            return {};
        });
}

} // namespace

Result<void> activate(Activation kind, std::span<const float> gate, std::span<const float> up,
    std::span<float> out, const Job& job)
{
    assert(gate.size() == out.size() && (up.empty() || up.size() == out.size()));
    return forPieces(out.size(), job, [&](std::size_t begin, std::size_t count) {
        std::array<float, pieceValues> acted;
        const std::span<float> piece(acted.data(), count);
        activation(kind, gate.subspan(begin, count), piece);
        for (std::size_t i = 0; i < count; ++i)
            out[begin + i] = up.empty() ? piece[i] : piece[i] * up[begin + i];
    });
}

Result<void> activateBack(Activation kind, std::span<const float> gate, std::span<const float> up,
    std::span<const float> outGradient, std::span<float> gateGradient,
    std::span<float> upGradient, const Job& job)
{
    assert(gate.size() == outGradient.size() && gate.size() == gateGradient.size());
    assert(up.size() == upGradient.size());
    return forPieces(gate.size(), job, [&](std::size_t begin, std::size_t count) {
        std::array<float, pieceValues> acted;
        std::array<float, pieceValues> slope;
        activation(kind, gate.subspan(begin, count), {acted.data(), count});
        activationSlope(kind, gate.subspan(begin, count), {slope.data(), count});
        for (std::size_t i = 0; i < count; ++i) {
            const float gradient = outGradient[begin + i];
            if (!up.empty())
                upGradient[begin + i] = gradient * acted[i];
            gateGradient[begin + i] = gradient * slope[i] * (up.empty() ? 1 : up[begin + i]);
        }
    });
}

} // namespace bitloupe
