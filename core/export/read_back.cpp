// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/read_back.h"

#include "base/digest.h"
#include "export/weight_sums.h"
#include "job/parallel.h"

#include <array>
#include <cstring>
#include <set>

namespace bitloupe {
namespace {

constexpr std::uint64_t hashChunk = 1u << 20;

Error mismatch(const std::string& where, std::string detail)
{
    return {Errc::verifyMismatch, where, std::move(detail)};
}

Result<TensorId> findPart(const Model& written, const OutputTensor& expected)
{
    const auto id = written.find(expected.name);
    if (!id)
        return mismatch(expected.name, "not in the written files");
    const TensorInfo& info = written.tensor(*id);
    if (info.dtype != expected.dtype || info.shape != expected.shape)
        return mismatch(expected.name, "dtype or shape is not the planned one");
    return *id;
}

// Those before the decisions, which no decision accounts for.
Result<TensorId> findComputed(const Model& written, const ComputedTensor& expected)
{
    const auto id = written.find(expected.name);
    if (!id)
        return mismatch(expected.name, "not in the written files");
    const TensorInfo& info = written.tensor(*id);
    const auto bytes = std::as_bytes(std::span(expected.values));
    if (info.dtype != DType::F32 || info.shape != Shape {expected.values.size()})
        return mismatch(expected.name, "dtype or shape is not the planned one");
    const auto window = written.view(*id, 0, bytes.size());
    if (!window)
        return window.error();
    if (std::memcmp(window->bytes().data(), bytes.data(), bytes.size()) != 0)
        return mismatch(expected.name, "not the numbers that were written");
    return *id;
}

Result<void> hashFile(FileDigest& digest, const Job& job, ProgressMeter& meter)
{
    if (!digest.file) {
        auto opened = SourceFile::open(digest.path);
        if (!opened)
            return opened.error();
        digest.file = std::move(*opened);
    }
    const std::shared_ptr<const SourceFile> file = std::move(digest.file);
    digest.bytes = file->size();
    Sha256 hash;
    std::vector<std::byte> chunk(hashChunk);
    for (std::uint64_t at = 0; at < digest.bytes; at += chunk.size()) {
        if (job.stopRequested())
            return Job::cancelled();
        chunk.resize(std::min<std::uint64_t>(hashChunk, digest.bytes - at));
        if (auto done = file->readInto(at, chunk); !done)
            return done;
        hash.add(chunk);
        meter.add(chunk.size());
    }
    digest.sha256 = hash.hex();
    return file->unchanged();
}

std::uint64_t differingElements(
    std::span<const std::byte> a, std::span<const std::byte> b, std::size_t elementBytes)
{
    if (std::memcmp(a.data(), b.data(), a.size()) == 0)
        return 0;
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < a.size(); i += elementBytes)
        if (std::memcmp(a.data() + i, b.data() + i, elementBytes) != 0)
            ++count;
    return count;
}

} // namespace

std::vector<FileDigest> sourceDigests(const Model& model)
{
    std::vector<FileDigest> digests;
    for (const Shard& shard : model.shards)
        digests.push_back({shard.file->path(), shard.file->size(), {}, shard.file});
    return digests;
}

Result<WrittenWeights> WrittenWeights::find(std::shared_ptr<const Model> written,
    const TargetProfile& profile, std::vector<CodecId> codecs)
{
    WrittenWeights weights;
    weights.m_scaleType = profile.floatType;
    std::set<TensorId> accounted;
    for (std::size_t d = 0; d < profile.decisions.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        Place place {codecs[d], {}};
        for (const auto& part : outputTensors(decision, codec(codecs[d]), profile.floatType)) {
            const auto id = findPart(*written, part);
            if (!id)
                return id.error();
            place.parts[static_cast<std::size_t>(part.part)] = *id;
            accounted.insert(*id);
        }
        weights.m_places.push_back(place);
        weights.m_columns.push_back(decision.columns);
    }
    for (const ComputedTensor& computed : profile.computed) {
        const auto id = findComputed(*written, computed);
        if (!id)
            return id.error();
        accounted.insert(*id);
    }
    for (std::size_t i = 0; i < written->tensors.size(); ++i)
        if (!accounted.contains(TensorId {static_cast<std::uint32_t>(i)}))
            return mismatch(written->tensors[i].name, "in the written files, but not planned");
    weights.m_written = std::move(written);
    return weights;
}

Result<FoundSums> WrittenWeights::compareStored(
    const RowTile& tile, const Place& place, std::span<const float> source) const
{
    const Codec& chosen = codec(place.codec);
    const auto bytes = static_cast<std::uint64_t>(chosen.bits) / 8;
    const std::uint64_t begin = tile.rowBegin * m_columns[tile.decision] + tile.columnBegin;
    const auto window
        = m_written->view(place.parts[0], begin * bytes, tile.elements() * bytes);
    if (!window)
        return window.error();
    FoundSums found;
    found.differing
        = differingElements(window->bytes(), plainFloats(chosen.storedType, source), bytes);
    if (auto intact = window->intact(); !intact)
        return intact.error();
    return found;
}

bool WrittenWeights::isCopied(std::uint32_t decision) const
{
    return bitloupe::isCopied(codec(m_places[decision].codec));
}

Result<FoundSums> WrittenWeights::compareCopied(
    const RowTile& tile, const Model& source, TensorId copied) const
{
    const Place& place = m_places[tile.decision];
    const Codec& chosen = codec(place.codec);
    const std::uint64_t row = partBytes(chosen, m_columns[tile.decision], m_scaleType).codes;
    const std::uint64_t begin
        = tile.rowBegin * row + partBytes(chosen, tile.columnBegin, m_scaleType).codes;
    const std::uint64_t size
        = tile.rowCount * partBytes(chosen, tile.columnCount, m_scaleType).codes;
    const auto written = m_written->view(place.parts[0], begin, size);
    if (!written)
        return written.error();
    const auto from = source.view(copied, begin, size);
    if (!from)
        return from.error();
    const DTypeInfo& type = dtypeInfo(chosen.storedType);
    FoundSums found;
    found.differing = differingElements(written->bytes(), from->bytes(),
        static_cast<std::size_t>(type.isBlock() ? type.blockBytes : type.bits / 8));
    for (const FileWindow* window : {&*written, &*from})
        if (auto intact = window->intact(); !intact)
            return intact.error();
    return found;
}

Result<FoundSums> WrittenWeights::compareEncoded(
    const RowTile& tile, const Place& place, std::span<const float> source) const
{
    const Codec& chosen = codec(place.codec);
    const RowLayout row = partBytes(chosen, m_columns[tile.decision], m_scaleType);
    const RowLayout before = partBytes(chosen, tile.columnBegin, m_scaleType);
    const RowLayout here = partBytes(chosen, tile.columnCount, m_scaleType);
    std::array<FileWindow, 3> windows; // of parts that the codec does not have: empty
    const auto look = [&](std::size_t part, std::uint64_t rowBytes, std::uint64_t skip,
                          std::uint64_t bytes) -> Result<void> {
        if (bytes == 0)
            return {};
        auto window = m_written->view(
            place.parts[part], tile.rowBegin * rowBytes + skip, tile.rowCount * bytes);
        if (!window)
            return window.error();
        windows[part] = std::move(*window);
        return {};
    };
    if (auto done = look(0, row.codes, before.codes, here.codes); !done)
        return done.error();
    if (auto done = look(1, row.scales, before.scales, here.scales); !done)
        return done.error();
    if (auto done = look(2, row.biases, before.biases, here.biases); !done)
        return done.error();
    FoundSums found;
    std::vector<float> decoded(tile.columnCount);
    for (std::uint64_t r = 0; r < tile.rowCount; ++r) {
        const ConstEncodedRow encoded {windows[0].bytes().subspan(r * here.codes, here.codes),
            windows[1].bytes().subspan(r * here.scales, here.scales),
            windows[2].bytes().subspan(r * here.biases, here.biases)};
        decodeRow(chosen, m_scaleType, encoded, Decode::exact, decoded);
        found.sums.squaredError += sumOfSquaredDifferences(
            source.subspan(r * tile.columnCount, tile.columnCount), decoded);
    }
    found.sums.energy = sumOfSquares(source);
    for (const FileWindow& window : windows)
        if (!window.bytes().empty())
            if (auto intact = window.intact(); !intact)
                return intact.error();
    return found;
}

Result<FoundSums> WrittenWeights::compare(
    const RowTile& tile, std::span<const float> source) const
{
    const Place& place = m_places[tile.decision];
    return codec(place.codec).family == CodecFamily::stored ? compareStored(tile, place, source)
                                                            : compareEncoded(tile, place, source);
}

Result<std::vector<FoundSums>> readBack(
    const ReadBackInput& input, std::span<FileDigest> digests, const Job& job)
{
    const std::span<const Decision> decisions
        = input.source ? std::span<const Decision>(input.profile->decisions)
                       : std::span<const Decision>();
    const std::vector<RowTile> tiles = tilesOf(decisions);
    std::uint64_t total = input.source ? input.source->totalBytes() : 0;
    for (const FileDigest& digest : digests)
        total += digest.bytes;
    ProgressMeter meter(job, "verifying", total);
    DecisionRowsPool pool(input.source, decisions, tiles);
    std::vector<FoundSums> byTile(tiles.size());
    const auto compareFloats = [&](const RowTile& tile) -> Result<FoundSums> {
        auto rows = pool.acquire(tile.decision);
        if (!rows)
            return rows.error();
        std::vector<float> source(tile.elements());
        if (auto done = (*rows)->read(tile, source); !done)
            return done.error();
        auto found = input.written->compare(tile, source);
        pool.release(tile.decision);
        return found;
    };
    const auto compareOne = [&](std::size_t i) -> Result<void> {
        const std::uint32_t d = tiles[i].decision;
        auto found = input.written->isCopied(d)
            ? input.written->compareCopied(tiles[i], *input.source, decisions[d].sources.front())
            : compareFloats(tiles[i]);
        if (!found)
            return found.error();
        byTile[i] = *found;
        meter.add(sourceBytes(*input.source, decisions[tiles[i].decision], tiles[i]));
        return {};
    };
    // Long single-threaded hashes first, so that the comparisons fill in beside them.
    auto done = parallelFor(job, digests.size() + tiles.size(), [&](std::size_t i) {
        return i < digests.size() ? hashFile(digests[i], job, meter)
                                  : compareOne(i - digests.size());
    });
    if (!done)
        return done.error();
    std::vector<FoundSums> sums(decisions.size());
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        FoundSums& sum = sums[tiles[i].decision];
        sum.sums.squaredError += byTile[i].sums.squaredError;
        sum.sums.energy += byTile[i].sums.energy;
        sum.differing += byTile[i].differing;
    }
    return sums;
}

} // namespace bitloupe
