// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/rate_distortion.h"

#include "numeric/random.h"
#include "numeric/tile_sums.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bitloupe {
namespace {

constexpr std::uint64_t partElements = 262'144;

} // namespace

RateDistortion::RateDistortion(const TensorInfo& tensor, const MatrixView& view,
    CodecFamily family, DType scaleType, bool exact)
    : m_sampling(samplingOf(family))
    , m_units(tensor, view, m_sampling.largestGroup)
    , m_scaleType(scaleType)
    , m_key(randomKey(tensor.name, "curve"))
{
    for (const Codec& codec : codecs()) {
        if (codec.family == family
            && rowLayout(codec, m_units.rowLength(), scaleType))
            m_codecs.push_back(codec.id);
    }
    m_sampled = !exact && m_units.elements() > 2 * m_sampling.firstSample;
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
    return measureRange(begin, end, [&](const std::vector<std::uint64_t>& units) -> Result<void> {
        std::vector<Cluster> clusters;
        if (auto done = encodeUnits(reader, units, job, clusters); !done)
            return done;
        for (const Cluster& cluster : clusters)
            addTo(sum, cluster);
        return {};
    });
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
    std::vector<Cluster> clusters;
    const auto encode = [&](const std::vector<std::uint64_t>& units) {
        return encodeUnits(reader, units, job, clusters);
    };
    const auto enough = [&](std::uint64_t) {
        m_relativeErrors = relativeErrors(clusters);
        return std::all_of(m_relativeErrors.begin(), m_relativeErrors.end(),
            [](double error) { return error < wantedNrmseError; });
    };
    const auto sampled = measureSample(m_units, m_key, m_sampling.firstSample, encode, enough);
    if (!sampled)
        return sampled.error();
    if (!*sampled) {
        m_sampled = false;
        m_relativeErrors.clear();
        return encodeAll(reader, 0, m_units.units(), job, m_partSums[0]);
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

// Of the root of a ratio estimate: half the relative error of the ratio itself.
std::vector<double> RateDistortion::relativeErrors(const std::vector<Cluster>& clusters) const
{
    const auto energy = [](const Cluster& cluster) { return cluster.energy; };
    if (!energyIsShared(clusters, energy))
        return std::vector<double>(m_codecs.size(), std::numeric_limits<double>::infinity());
    std::vector<double> result;
    for (std::size_t i = 0; i < m_codecs.size(); ++i) {
        const auto error = [i](const Cluster& cluster) { return cluster.search[i]; };
        result.push_back(relativeError(clusters, error, energy) / 2);
    }
    return result;
}

void RateDistortion::finish(TensorScore& score)
{
    Cluster sum;
    for (const Cluster& part : m_partSums)
        addTo(sum, part);
    const auto nrmse = [&](double squared) {
        if (score.facts.nothingFinite())
            return unknownValue;
        const double value = sum.energy > 0 ? std::sqrt(squared / sum.energy) : 0;
        return std::isfinite(value) ? value : unknownValue;
    };
    score.sampled = score.sampled || m_sampled;
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
