// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/encode_weights.h"

#include "base/checked.h"
#include "export/feedback_pass.h"
#include "export/tile_encoder.h"
#include "export/weight_sums.h"
#include "job/parallel.h"
#include "numeric/float_types.h"

#include <atomic>
#include <cmath>
#include <deque>

namespace bitloupe {
RowLayout partBytes(const Codec& codec, std::uint64_t columns, DType scaleType)
{
    if (columns == 0)
        return {};
    return rowLayout(codec, columns, scaleType).value_or(RowLayout {});
}

std::vector<std::byte> plainFloats(DType dtype, std::span<const float> in)
{
    std::vector<std::byte> out(in.size() * static_cast<std::size_t>(dtypeInfo(dtype).bits) / 8);
    if (dtype == DType::BF16)
        narrowToBf16(in, out.data());
    else if (dtype == DType::F16)
        narrowToF16(in, out.data());
    else
        copyBytes(out.data(), in.data(), out.size());
    return out;
}

double DecisionSums::nrmse() const
{
    return energy > 0 ? std::sqrt(squaredError / energy) : 0;
}

std::vector<RowTile> tilesOf(std::span<const Decision> decisions)
{
    std::vector<RowTile> tiles;
    for (std::size_t d = 0; d < decisions.size(); ++d)
        for (const RowTile& tile : tilesOf(decisions[d], static_cast<std::uint32_t>(d)))
            tiles.push_back(tile);
    return tiles;
}

std::uint64_t sourceBytes(const Model& model, const Decision& decision, const RowTile& tile)
{
    const DType dtype = model.tensor(decision.sources.front()).dtype;
    return dtypeBytes(dtype, tile.elements()).value_or(0); // whole blocks, for tiles are wide
}

Result<std::vector<DecisionSums>> encodeWeights(
    const EncodeInput& input, std::span<OutputFile> outputs, const Job& job)
{
    TileEncoder encoder(input, outputs, job);
    if (auto ready = encoder.prepare(); !ready)
        return ready.error();
    if (input.encoder == Encoder::feedback)
        return encodeWithFeedback(input, encoder, job);
    auto done = parallelFor(job, encoder.tiles().size(),
        [&](std::size_t i) { return encoder.encode(i, nullptr); });
    if (!done)
        return done.error();
    std::vector<DecisionSums> sums = encoder.sums();
    for (DecisionSums& sum : sums)
        sum.encoder = input.encoder;
    return sums;
}

Result<std::vector<bool>> findBadDecisions(const std::shared_ptr<const Model>& model,
    const TargetProfile& profile, std::span<const std::uint16_t> choice, const Job& job)
{
    std::vector<RowTile> tiles;
    std::uint64_t bytes = 0;
    for (const RowTile& tile : tilesOf(profile.decisions)) {
        const Decision& decision = profile.decisions[tile.decision];
        if (codec(decision.options[choice[tile.decision]].codec).family == CodecFamily::stored)
            continue;
        tiles.push_back(tile);
        bytes += sourceBytes(*model, decision, tile);
    }
    DecisionRowsPool pool(model, profile.decisions, tiles);
    ProgressMeter meter(job, "checking", bytes);
    std::vector<std::uint8_t> badTile(tiles.size());
    auto done = parallelFor(job, tiles.size(), [&](std::size_t i) -> Result<void> {
        auto source = pool.acquire(tiles[i].decision);
        if (!source)
            return source.error();
        std::vector<float> rows(tiles[i].elements());
        if (auto read = (*source)->read(tiles[i], rows); !read)
            return read;
        badTile[i] = firstUnfit(rows, largestFinite(profile.floatType)) != rows.size() ? 1 : 0;
        pool.release(tiles[i].decision);
        meter.add(sourceBytes(*model, profile.decisions[tiles[i].decision], tiles[i]));
        return {};
    });
    if (!done)
        return done.error();
    std::vector<bool> bad(profile.decisions.size());
    for (std::size_t i = 0; i < tiles.size(); ++i)
        if (badTile[i] != 0)
            bad[tiles[i].decision] = true;
    return bad;
}

} // namespace bitloupe
