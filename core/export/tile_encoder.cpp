// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/tile_encoder.h"

#include "export/weight_sums.h"

#include <cmath>

namespace bitloupe {
namespace {

constexpr std::uint64_t writebackBytes = 32u << 20;

Error badWeights(const Decision& decision, std::string detail)
{
    return {Errc::badWeights, decision.tensorName, std::move(detail)};
}

EncodedTile roomFor(const Codec& codec, DType scaleType, const RowTile& tile)
{
    const RowLayout layout = partBytes(codec, tile.columnCount, scaleType);
    EncodedTile room;
    room.codes.resize(layout.codes * tile.rowCount);
    room.scales.resize(layout.scales * tile.rowCount);
    room.biases.resize(layout.biases * tile.rowCount);
    return room;
}

} // namespace

TileEncoder::TileEncoder(
    const EncodeInput& input, std::span<OutputFile> outputs, const Job& job)
    : m_input(input)
    , m_outputs(outputs)
    , m_tiles(tilesOf(input.profile.decisions))
    , m_pool(input.model, input.profile.decisions, m_tiles)
    , m_meter(job, "encoding", input.model->totalBytes())
    , m_sums(m_tiles.size())
    , m_unflushed(outputs.size())
{
}

Result<void> TileEncoder::prepare()
{
    if (!m_input.moments || m_input.encoder == Encoder::round)
        return {};
    for (const Decision& decision : m_input.profile.decisions) {
        auto weights = DecisionWeights::make(*m_input.model, decision, m_input.moments);
        if (!weights)
            return weights.error();
        m_weights.push_back(std::move(*weights));
    }
    return {};
}

const Codec& TileEncoder::codecOf(std::uint32_t decision) const
{
    return codec(m_input.profile.decisions[decision].options[m_input.choice[decision]].codec);
}

bool TileEncoder::takesFeedback(std::uint32_t decision) const
{
    const Codec& chosen = codecOf(decision);
    return chosen.family != CodecFamily::stored
        && !copies(m_input.profile.decisions[decision], chosen);
}

bool TileEncoder::isStored(std::uint32_t decision) const
{
    return codecOf(decision).family == CodecFamily::stored;
}

Result<void> TileEncoder::encode(
    std::size_t index, const RowFactors* factors, std::vector<float>* decoded,
    const WantedRows* wanted)
{
    const RowTile& tile = m_tiles[index];
    const Decision& decision = m_input.profile.decisions[tile.decision];
    const Codec& chosen = codecOf(tile.decision);
    const DType scaleType = m_input.profile.floatType;
    if (isCopied(chosen))
        return copyTile(tile, chosen);
    auto source = m_pool.acquire(tile.decision);
    if (!source)
        return source.error();
    std::vector<float> rows(tile.elements());
    if (auto done = (*source)->read(tile, rows); !done)
        return done;
    if (auto fit = checkFit(tile, rows); !fit)
        return fit;
    TileSums& sums = m_sums[index];
    sums.energy = sumOfSquares(rows);
    const bool stored = chosen.family == CodecFamily::stored;
    const bool lossless = stored || copies(decision, chosen);
    std::vector<float> moved;
    if (wanted != nullptr) {
        moved = rows;
        wanted->move(moved, decision.cut, tile.rowBegin % decision.rows);
    }
    const std::span<const float> asked = wanted != nullptr ? moved : rows;
    EncodedTile encoded;
    if (stored) {
        encoded.codes = plainFloats(chosen.storedType, asked);
    } else if (lossless) {
        if (auto copied = copySource(tile, chosen, encoded); !copied)
            return copied;
    } else {
        encoded = roomFor(chosen, scaleType, tile);
        if (factors != nullptr)
            factors->encode(chosen, scaleType, decision.cut, tile.rowBegin % decision.rows, asked,
                {encoded.codes, encoded.scales, encoded.biases});
        else
            search(chosen, tile, asked, encoded);
    }
    std::vector<float> own;
    std::vector<float>& back = decoded != nullptr ? *decoded : own;
    if (!lossless || decoded != nullptr) {
        back.resize(tile.elements());
        decodeRow(chosen, scaleType, {encoded.codes, encoded.scales, encoded.biases},
            Decode::exact, back);
    }
    // The encoders' own sums are of differences in float, which say little beside an outlier.
    if (!lossless)
        sums.squaredError = sumOfSquaredDifferences(rows, back);
    if (!std::isfinite(sums.squaredError))
        return badWeights(decision, "its range is too wide for " + std::string(chosen.name));
    if (auto done = write(tile, encoded); !done)
        return done;
    m_pool.release(tile.decision);
    m_meter.add(sourceBytes(*m_input.model, decision, tile));
    return {};
}

// Of values that nobody here reads, too.
Result<void> TileEncoder::copyTile(const RowTile& tile, const Codec& codec)
{
    EncodedTile bytes;
    if (auto copied = copySource(tile, codec, bytes); !copied)
        return copied;
    if (auto done = write(tile, bytes); !done)
        return done;
    m_meter.add(sourceBytes(*m_input.model, m_input.profile.decisions[tile.decision], tile));
    return {};
}

// Blocks that the source has already are taken over as they are.
bool TileEncoder::copies(const Decision& decision, const Codec& codec) const
{
    return dtypeInfo(codec.storedType).isBlock() && decision.sources.size() == 1
        && decision.cut == SourceCut {}
        && m_input.model->tensor(decision.sources.front()).dtype == codec.storedType;
}

Result<void> TileEncoder::copySource(
    const RowTile& tile, const Codec& codec, EncodedTile& out) const
{
    const Decision& decision = m_input.profile.decisions[tile.decision];
    const DType scaleType = m_input.profile.floatType;
    const std::uint64_t row = partBytes(codec, decision.columns, scaleType).codes;
    const std::uint64_t skipped = partBytes(codec, tile.columnBegin, scaleType).codes;
    const std::uint64_t bytes
        = tile.rowCount * partBytes(codec, tile.columnCount, scaleType).codes;
    auto window = m_input.model->view(
        decision.sources.front(), tile.rowBegin * row + skipped, bytes);
    if (!window)
        return window.error();
    out.codes.assign(window->bytes().begin(), window->bytes().end());
    return window->intact();
}

void TileEncoder::search(const Codec& codec, const RowTile& tile, std::span<const float> rows,
    EncodedTile& out) const
{
    const DType scaleType = m_input.profile.floatType;
    const RowLayout layout = partBytes(codec, tile.columnCount, scaleType);
    const DecisionWeights* weights
        = m_weights.empty() || !m_weights[tile.decision].any() ? nullptr : &m_weights[tile.decision];
    std::vector<float> steering(weights != nullptr ? tile.columnCount : 0);
    for (std::uint64_t r = 0; r < tile.rowCount; ++r) {
        const EncodedRow row {std::span(out.codes).subspan(r * layout.codes, layout.codes),
            std::span(out.scales).subspan(r * layout.scales, layout.scales),
            std::span(out.biases).subspan(r * layout.biases, layout.biases)};
        if (weights != nullptr)
            weights->steering(tile, r, steering);
        const auto floats = rows.subspan(r * tile.columnCount, tile.columnCount);
        encodeRow(codec, scaleType, m_input.encoder, floats, steering, row);
    }
}

Result<void> TileEncoder::checkFit(const RowTile& tile, std::span<const float> rows) const
{
    const Decision& decision = m_input.profile.decisions[tile.decision];
    const Codec& chosen = codecOf(tile.decision);
    const bool quantized = chosen.family != CodecFamily::stored;
    if (m_input.allowBad && !quantized)
        return {};
    const DType stored = quantized ? m_input.profile.floatType : chosen.storedType;
    const std::size_t at = firstUnfit(rows, largestFinite(stored));
    if (at == rows.size())
        return {};
    const std::string where = " in row " + std::to_string(tile.rowBegin + at / tile.columnCount);
    if (!std::isfinite(rows[at]))
        return badWeights(decision, "found NaN or infinity" + where);
    return badWeights(decision,
        "found a number beyond " + std::string(dtypeInfo(stored).name) + where);
}

Result<void> TileEncoder::write(const RowTile& tile, const EncodedTile& encoded)
{
    const PlacedDecision& placed = m_input.files.placed[tile.decision];
    const RowLayout before
        = partBytes(codecOf(tile.decision), tile.columnBegin, m_input.profile.floatType);
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

std::vector<DecisionSums> TileEncoder::sums() const
{
    std::vector<DecisionSums> sums(m_input.profile.decisions.size());
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        sums[m_tiles[i].decision].squaredError += m_sums[i].squaredError;
        sums[m_tiles[i].decision].energy += m_sums[i].energy;
    }
    return sums;
}

} // namespace bitloupe
