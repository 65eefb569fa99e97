// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/rate_distortion.h"

#include "numeric/random.h"
#include "numeric/tile_sums.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

constexpr std::uint64_t firstSample = 131'072; // elements
constexpr double wantedRelativeError = 0.01;
constexpr double fewestClusters = 8; // that must share the energy of a sample
// Encoders work on blocks of 16 groups; shorter stretches would waste them.
constexpr std::size_t clusterElements = 2'048;
constexpr std::uint64_t partElements = 262'144;

} // namespace

RateDistortion::RateDistortion(
    const TensorInfo& tensor, const MatrixView& view, DType scaleType, bool exact)
    : m_units(tensor, view)
    , m_scaleType(scaleType)
    , m_key(randomKey(tensor.name, "curve"))
{
    for (const Codec& codec : codecs()) {
        if (codec.family == CodecFamily::affine
            && rowLayout(codec, m_units.rowLength(), scaleType))
            m_codecs.push_back(codec.id);
    }
    m_sampled = !exact && m_units.elements() > 2 * firstSample;
    if (!m_codecs.empty())
        m_parts = m_sampled ? 1 : (m_units.elements() - 1) / partElements + 1;
    m_partSums.resize(m_parts);
}

Result<void> RateDistortion::measurePart(
    const FloatReader& reader, std::uint64_t part, const Job& job)
{
    if (m_sampled)
        return sample(reader, job);
    Cluster sum;
    const std::uint64_t units = m_units.units();
    const std::uint64_t begin = units / m_parts * part + std::min(part, units % m_parts);
    const std::uint64_t end = begin + units / m_parts + (part < units % m_parts ? 1 : 0);
    if (auto done = encodeAll(reader, begin, end, job, sum); !done)
        return done;
    const std::lock_guard lock(m_mutex);
    m_partSums[part] = std::move(sum);
    return {};
}

Result<void> RateDistortion::encodeAll(const FloatReader& reader, std::uint64_t begin,
    std::uint64_t end, const Job& job, Cluster& sum) const
{
    constexpr std::uint64_t unitsAtOnce = 256;
    for (; begin < end; begin += unitsAtOnce) {
        std::vector<std::uint64_t> units;
        for (std::uint64_t unit = begin; unit < std::min(end, begin + unitsAtOnce); ++unit)
            units.push_back(unit);
        std::vector<Cluster> clusters;
        if (auto done = encodeUnits(reader, units, job, clusters); !done)
            return done;
        for (const Cluster& cluster : clusters)
            addTo(sum, cluster);
    }
    return {};
}

Result<void> RateDistortion::encodeUnits(const FloatReader& reader,
    const std::vector<std::uint64_t>& units, const Job& job, std::vector<Cluster>& clusters) const
{
    std::vector<float> values;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (auto done = m_units.append(reader, units[i], values); !done)
            return done;
        if (values.size() < clusterElements && i + 1 < units.size())
            continue;
        if (job.stopRequested())
            return Job::cancelled();
        Cluster cluster;
        cluster.energy = addEnergies(values, {});
        for (const CodecId id : m_codecs) {
            const auto errorOf = [&](Encoder encoder) {
                return encodeError(codec(id), m_scaleType, encoder, values, {}).squared;
            };
            cluster.search.push_back(errorOf(Encoder::search));
            cluster.round.push_back(errorOf(Encoder::round));
        }
        clusters.push_back(std::move(cluster));
        values.clear();
    }
    return {};
}

Result<void> RateDistortion::sample(const FloatReader& reader, const Job& job)
{
    const std::uint64_t unitElements = std::max<std::uint64_t>(1, m_units.elements() / m_units.units());
    std::uint64_t count = (firstSample - 1) / unitElements + 1;
    std::uint64_t taken = 0;
    std::vector<Cluster> clusters;
    for (std::uint64_t round = 0;; ++round) {
        std::vector<std::uint64_t> units;
        for (std::uint64_t i = 0; i < count; ++i)
            units.push_back(m_units.sampledUnit(m_key + round, count, i));
        if (auto done = encodeUnits(reader, units, job, clusters); !done)
            return done;
        taken += count;
        m_relativeErrors = relativeErrors(clusters);
        if (std::all_of(m_relativeErrors.begin(), m_relativeErrors.end(),
                [](double error) { return error < wantedRelativeError; }))
            break;
        count = taken;
        if (taken + count > m_units.units() / 2) {
            m_sampled = false;
            m_relativeErrors.clear();
            return encodeAll(reader, 0, m_units.units(), job, m_partSums[0]);
        }
    }
    for (const Cluster& cluster : clusters)
        addTo(m_partSums[0], cluster);
    return {};
}

void RateDistortion::addTo(Cluster& sum, const Cluster& cluster) const
{
    sum.search.resize(m_codecs.size());
    sum.round.resize(m_codecs.size());
    sum.energy += cluster.energy;
    for (std::size_t i = 0; i < cluster.search.size(); ++i) {
        sum.search[i] += cluster.search[i];
        sum.round[i] += cluster.round[i];
    }
}

// Of the root of a ratio estimate, by clusters: half the relative error of the ratio itself.
// Source: Cochran, Sampling Techniques, 3rd edition, 6.4.
std::vector<double> RateDistortion::relativeErrors(const std::vector<Cluster>& clusters) const
{
    Cluster sum;
    for (const Cluster& cluster : clusters)
        addTo(sum, cluster);
    // A sample whose energy lies in a few clusters, or nowhere, says nothing about the rest, not
    // even how wrong it is.
    double energySquares = 0;
    for (const Cluster& cluster : clusters)
        energySquares += cluster.energy * cluster.energy;
    if (!(sum.energy * sum.energy > fewestClusters * energySquares))
        return std::vector<double>(m_codecs.size(), std::numeric_limits<double>::infinity());
    const double count = static_cast<double>(clusters.size());
    std::vector<double> result;
    for (std::size_t i = 0; i < m_codecs.size(); ++i) {
        double squares = 0;
        for (const Cluster& cluster : clusters) {
            const double expected = sum.search[i] / sum.energy * cluster.energy;
            squares += (cluster.search[i] - expected) * (cluster.search[i] - expected);
        }
        const double spread = std::sqrt(squares * count / std::max(1.0, count - 1));
        result.push_back(sum.search[i] > 0 ? spread / sum.search[i] / 2 : 0);
    }
    return result;
}

void RateDistortion::finish(TensorScore& score)
{
    Cluster sum;
    for (const Cluster& part : m_partSums)
        addTo(sum, part);
    const auto nrmse = [&](double squared) {
        const double value = sum.energy > 0 ? std::sqrt(squared / sum.energy) : 0;
        return std::isfinite(value) ? value : unknownValue;
    };
    score.sampled = m_sampled;
    for (std::size_t i = 0; i < m_codecs.size() && m_parts > 0; ++i) {
        RatePoint point;
        point.codec = m_codecs[i];
        point.nrmse = nrmse(sum.search[i]);
        point.nrmseRound = nrmse(sum.round[i]);
        point.relativeStandardError = m_sampled ? m_relativeErrors[i] : 0;
        score.curve.push_back(point);
    }
}

} // namespace bitloupe
