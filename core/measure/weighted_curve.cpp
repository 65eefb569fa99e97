// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/weighted_curve.h"

#include "measure/curve_sample.h"
#include "numeric/random.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

constexpr double wantedWeightedError = 0.05; // of r and D
constexpr std::uint64_t weightedRounds = 2; // a sample doubles at most so often for r and D

struct Cluster {
    WeightedSums energy, weights;
    std::vector<WeightedSums> errors; // per codec
};

void addTo(Cluster& sum, const Cluster& cluster)
{
    sum.energy.add(cluster.energy);
    sum.weights.add(cluster.weights);
    sum.errors.resize(cluster.errors.size());
    for (std::size_t i = 0; i < cluster.errors.size(); ++i)
        sum.errors[i].add(cluster.errors[i]);
}

class WeightedCurve {
public:
    WeightedCurve(const TensorInfo& tensor, const MatrixView& view, const FloatReader& reader,
        const ErrorWeights& weights, CodecFamily family, DType scaleType, const Job& job,
        const TensorScore& score)
        : m_sampling(samplingOf(family))
        , m_units(tensor, view, m_sampling.largestGroup)
        , m_reader(reader)
        , m_weights(weights)
        , m_scaleType(scaleType)
        , m_key(randomKey(tensor.name, "curve"))
        , m_job(job)
    {
        for (std::size_t at = 0; at < score.curve.size(); ++at) {
            if (codec(score.curve[at].codec).family != family)
                continue;
            m_codecs.push_back(score.curve[at].codec);
            m_places.push_back(at);
        }
    }

    bool empty() const { return m_codecs.empty(); }

    Result<void> run()
    {
        return m_units.elements() > 2 * m_sampling.firstSample ? sample() : encodeAll();
    }

    /// What the probe says of the tensor itself.
    void finishTensor(TensorScore& score) const
    {
        score.probed = m_weights.tier();
        score.inputEnergy = scaled(m_sum.energy.input, m_sum.weights.input, m_weights.inputTotal());
    }

    void finishCurve(TensorScore& score) const
    {
        for (std::size_t i = 0; i < m_codecs.size(); ++i) {
            ProbedPoint& point = score.curve[m_places[i]].probed;
            const WeightedSums& errors = m_sum.errors[i];
            point.nrmse = known(m_sum.energy.squared > 0
                    ? std::sqrt(errors.squared / m_sum.energy.squared)
                    : 0);
            point.nrmseStandardError = m_sampled ? m_nrmseErrors[i] : 0;
            point.inputError
                = known(m_sum.energy.input > 0 ? errors.input / m_sum.energy.input : 0);
            point.damage = m_weights.hasDamage()
                ? scaled(errors.damage, m_sum.weights.damage, m_weights.damageTotal())
                : unknownValue;
        }
    }

private:
    static double known(double value) { return std::isfinite(value) ? value : unknownValue; }

    // A weighted sum over the sample, brought to the weights of the whole.
    double scaled(double sum, double weights, double total) const
    {
        if (!m_sampled)
            return known(sum);
        return weights > 0 ? known(sum / weights * total) : 0;
    }

    Result<void> encodeAll()
    {
        const auto encode = [&](const std::vector<std::uint64_t>& units) -> Result<void> {
            std::vector<Cluster> clusters;
            if (auto done = encodeUnits(units, clusters); !done)
                return done;
            for (const Cluster& cluster : clusters)
                addTo(m_sum, cluster);
            return {};
        };
        return measureRange(0, m_units.units(), encode);
    }

    Result<void> encodeUnits(
        const std::vector<std::uint64_t>& units, std::vector<Cluster>& clusters) const
    {
        WeightedErrors errors(m_weights);
        std::vector<float> values;
        std::vector<CurveUnits::Stretch> stretches;
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (auto done = m_units.append(m_reader, units[i], values); !done)
                return done;
            m_units.appendStretches(units[i], stretches);
            if (values.size() < clusterElements && i + 1 < units.size())
                continue;
            errors.set(stretches, values);
            Cluster cluster {errors.energy(), errors.weights(), {}};
            for (const CodecId id : m_codecs) {
                if (m_job.stopRequested())
                    return Job::cancelled();
                cluster.errors.push_back(errors.errors(codec(id), m_scaleType));
            }
            clusters.push_back(std::move(cluster));
            values.clear();
            stretches.clear();
        }
        return {};
    }

    Result<void> sample()
    {
        std::vector<Cluster> clusters;
        const auto encode = [&](const std::vector<std::uint64_t>& units) {
            return encodeUnits(units, clusters);
        };
        const auto answers = [&](std::uint64_t round) { return enough(clusters, round); };
        const auto sampled = measureSample(m_units, m_key, m_sampling.firstSample, encode, answers);
        if (!sampled)
            return sampled.error();
        if (!*sampled)
            return encodeAll();
        m_sampled = true;
        for (const Cluster& cluster : clusters)
            addTo(m_sum, cluster);
        return {};
    }

    // Whether the sample answers; fills in the errors of each NRMSE.
    bool enough(const std::vector<Cluster>& clusters, std::uint64_t round)
    {
        const auto energy = [](const Cluster& c) { return c.energy.squared; };
        if (!energyIsShared(clusters, energy))
            return false;
        m_nrmseErrors.clear();
        bool good = true;
        for (std::size_t i = 0; i < m_codecs.size(); ++i) {
            const double plain = relativeError(
                clusters, [i](const Cluster& c) { return c.errors[i].squared; }, energy);
            m_nrmseErrors.push_back(plain / 2);
            good = good && plain / 2 < wantedNrmseError;
            if (round < weightedRounds)
                good = good && weightedError(clusters, i) < wantedWeightedError;
        }
        return good;
    }

    double weightedError(const std::vector<Cluster>& clusters, std::size_t i) const
    {
        const double input = relativeError(
            clusters, [i](const Cluster& c) { return c.errors[i].input; },
            [](const Cluster& c) { return c.energy.input; });
        const double damage = relativeError(
            clusters, [i](const Cluster& c) { return c.errors[i].damage; },
            [](const Cluster& c) { return c.weights.damage; });
        return std::max(input, damage);
    }

    CurveSampling m_sampling;
    CurveUnits m_units;
    const FloatReader& m_reader;
    const ErrorWeights& m_weights;
    DType m_scaleType;
    std::uint64_t m_key;
    const Job& m_job;
    std::vector<CodecId> m_codecs;
    std::vector<std::size_t> m_places; // of the codecs in the curve
    bool m_sampled = false;
    Cluster m_sum;
    std::vector<double> m_nrmseErrors;
};

} // namespace

Result<void> weighCurve(const TensorInfo& tensor, const FloatReader& reader,
    const ErrorWeights& weights, CodecFamily family, DType scaleType, const Job& job,
    TensorScore& score)
{
    const auto view = matrixView(tensor.shape);
    if (!view)
        return {};
    WeightedCurve curve(tensor, *view, reader, weights, family, scaleType, job, score);
    if (curve.empty())
        return {};
    if (auto done = curve.run(); !done)
        return done;
    // One sample speaks for the tensor, so that other curves change nothing.
    if (family == CodecFamily::affine)
        curve.finishTensor(score);
    curve.finishCurve(score);
    return {};
}

} // namespace bitloupe
