// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/encode_weights.h"

#include "base/checked.h"
#include "export/weight_sums.h"
#include "job/parallel.h"
#include "numeric/float_types.h"

#include <atomic>
#include <cmath>
#include <deque>

namespace bitloupe {
namespace {

constexpr std::uint64_t writebackBytes = 32u << 20;

// Encoded rows of a tile, part by part as they lie in the file.
struct EncodedTile {
    std::vector<std::byte> codes, scales, biases;
};

double encodeTile(const Codec& codec, DType scaleType, Encoder encoder, const RowTile& tile,
    std::span<const float> rows, EncodedTile& out)
{
    const RowLayout layout = partBytes(codec, tile.columnCount, scaleType);
    out.codes.resize(layout.codes * tile.rowCount);
    out.scales.resize(layout.scales * tile.rowCount);
    out.biases.resize(layout.biases * tile.rowCount);
    if (codec.family == CodecFamily::stored) {
        out.codes = plainFloats(codec.storedType, rows);
        return 0;
    }
    double squared = 0;
    for (std::uint64_t r = 0; r < tile.rowCount; ++r) {
        const EncodedRow row {
            std::span(out.codes).subspan(r * layout.codes, layout.codes),
            std::span(out.scales).subspan(r * layout.scales, layout.scales),
            std::span(out.biases).subspan(r * layout.biases, layout.biases)};
        const auto floats = rows.subspan(r * tile.columnCount, tile.columnCount);
        squared += encodeRow(codec, scaleType, encoder, floats, {}, row).squared;
    }
    return squared;
}

class WeightEncoder {
public:
    WeightEncoder(const EncodeInput& input, std::span<OutputFile> outputs, const Job& job,
        std::vector<RowTile> tiles)
        : m_input(input)
        , m_outputs(outputs)
        , m_job(job)
        , m_tiles(std::move(tiles))
        , m_pool(input.model, input.profile.decisions, m_tiles)
        , m_meter(job, "encoding", input.model->totalBytes())
        , m_sums(m_tiles.size())
        , m_unflushed(outputs.size())
    {
    }

    Result<std::vector<DecisionSums>> run()
    {
        auto done
            = parallelFor(m_job, m_tiles.size(), [this](std::size_t i) { return encodeOne(i); });
        if (!done)
            return done.error();
        std::vector<DecisionSums> sums(m_input.profile.decisions.size());
        for (std::size_t i = 0; i < m_tiles.size(); ++i) {
            sums[m_tiles[i].decision].squaredError += m_sums[i].squaredError;
            sums[m_tiles[i].decision].energy += m_sums[i].energy;
        }
        return sums;
    }

private:
    Result<void> encodeOne(std::size_t index)
    {
        const RowTile& tile = m_tiles[index];
        const Decision& decision = m_input.profile.decisions[tile.decision];
        const Codec& chosen = codec(decision.options[m_input.choice[tile.decision]].codec);
        auto source = m_pool.acquire(tile.decision);
        if (!source)
            return source.error();
        std::vector<float> rows(tile.elements());
        if (auto done = (*source)->read(tile, rows); !done)
            return done;
        if (auto fit = checkFit(decision, chosen, tile, rows); !fit)
            return fit;
        EncodedTile encoded;
        const DType scaleType = m_input.profile.floatType;
        m_sums[index].energy = sumOfSquares(rows);
        m_sums[index].squaredError
            = encodeTile(chosen, scaleType, m_input.encoder, tile, rows, encoded);
        if (!std::isfinite(m_sums[index].squaredError))
            return badWeights(decision, "its range is too wide for " + std::string(chosen.name));
        if (auto done = write(tile, chosen, encoded); !done)
            return done;
        m_pool.release(tile.decision);
        m_meter.add(sourceBytes(*m_input.model, decision, tile));
        return {};
    }

    static Error badWeights(const Decision& decision, std::string detail)
    {
        return {Errc::badWeights, decision.tensorName, std::move(detail)};
    }

    Result<void> checkFit(const Decision& decision, const Codec& chosen, const RowTile& tile,
        std::span<const float> rows) const
    {
        const bool affine = chosen.family == CodecFamily::affine;
        if (m_input.allowBad && !affine)
            return {};
        const DType stored = affine ? m_input.profile.floatType : chosen.storedType;
        const std::size_t at = firstUnfit(rows, largestFinite(stored));
        if (at == rows.size())
            return {};
        const std::uint64_t row = tile.rowBegin + at / tile.columnCount;
        const std::string where = " in row " + std::to_string(row);
        if (!std::isfinite(rows[at]))
            return badWeights(decision, "found NaN or infinity" + where);
        return badWeights(decision,
            "found a number beyond " + std::string(dtypeInfo(stored).name) + where);
    }

    Result<void> write(const RowTile& tile, const Codec& chosen, const EncodedTile& encoded)
    {
        const PlacedDecision& placed = m_input.files.placed[tile.decision];
        const RowLayout before = partBytes(chosen, tile.columnBegin, m_input.profile.floatType);
        OutputFile& file = m_outputs[placed.shard];
        const auto put = [&](std::size_t part, std::uint64_t skip, const auto& bytes) {
            if (bytes.empty())
                return Result<void>();
            return file.writeAt(
                placed.offset[part] + tile.rowBegin * placed.rowBytes[part] + skip, bytes);
        };
        if (auto done = put(0, before.codes, encoded.codes); !done)
            return done;
        if (auto done = put(1, before.scales, encoded.scales); !done)
            return done;
        if (auto done = put(2, before.biases, encoded.biases); !done)
            return done;
        if (m_unflushed[placed.shard].fetch_add(encoded.codes.size()) > writebackBytes) {
            m_unflushed[placed.shard] = 0;
            file.startWriteback();
        }
        return {};
    }

    const EncodeInput& m_input;
    std::span<OutputFile> m_outputs;
    const Job& m_job;
    std::vector<RowTile> m_tiles;
    DecisionRowsPool m_pool;
    ProgressMeter m_meter;
    std::vector<DecisionSums> m_sums; // by tile
    std::deque<std::atomic<std::uint64_t>> m_unflushed; // by file
};

} // namespace

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
    return tile.elements() * static_cast<std::uint64_t>(dtypeInfo(dtype).bits) / 8;
}

Result<std::vector<DecisionSums>> encodeWeights(
    const EncodeInput& input, std::span<OutputFile> outputs, const Job& job)
{
    WeightEncoder encoder(input, outputs, job, tilesOf(input.profile.decisions));
    return encoder.run();
}

Result<std::vector<bool>> findBadDecisions(const std::shared_ptr<const Model>& model,
    const TargetProfile& profile, std::span<const std::uint16_t> choice, const Job& job)
{
    std::vector<RowTile> tiles;
    std::uint64_t bytes = 0;
    for (const RowTile& tile : tilesOf(profile.decisions)) {
        const Decision& decision = profile.decisions[tile.decision];
        if (codec(decision.options[choice[tile.decision]].codec).family != CodecFamily::affine)
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
