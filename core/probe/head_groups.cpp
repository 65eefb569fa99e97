// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/head_groups.h"

#include "job/parallel.h"
#include "numeric/random.h"
#include "probe/covariance_sums.h"
#include "probe/logits.h"
#include "probe/second_moments.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

namespace bitloupe {
namespace {

constexpr std::size_t mostGroups = 16;
constexpr std::size_t rowsPerGroup = 32; // at least, on the mean
constexpr std::size_t factorsOfGroup = 3; // matrices as large as its mean that it takes to encode
constexpr std::size_t fewFloats = std::size_t {16} << 20;
constexpr std::size_t sketchWidth = 64; // places are compared in this many random directions
constexpr std::size_t sketchStep = 8; // every so many tokens tell where a row is likely
constexpr int roundsOfMeans = 12;
constexpr float ownShare = 0.6F; // the rest is the common mean: a group has few tokens of weight
constexpr std::size_t tokensOfSums = 2048;

// All groups together need no more memory than the head's rows as floats do.
std::size_t countFor(std::size_t rows, std::size_t columns)
{
    const std::size_t room = std::max(rows * columns, fewFloats);
    return std::min({mostGroups, rows / rowsPerGroup, room / (factorsOfGroup * columns * columns)});
}

class RowGroups {
public:
    RowGroups(Evaluation& run, const Architecture& architecture, std::span<const float> normed)
        : m_run(run)
        , m_head(*architecture.head)
        , m_softcap(architecture.logitSoftcap.value_or(0))
        , m_normed(normed)
        , m_weight(run.load(m_head))
        , m_groups(countFor(m_head.out, m_head.in))
    {
    }

    std::size_t count() const { return m_groups; }
    std::vector<std::uint8_t> take() { return std::move(m_groupOfRow); }

    void find()
    {
        const Floats places = placesOfRows();
        if (!m_run.failed())
            findMeans(places);
    }

    /// How much each token says about each group. Shapes: [tokens, groups].
    Floats weights()
    {
        Floats weights(m_normed.size() / m_head.in * m_groups);
        forVariances(m_normed, [&](std::size_t first, std::span<const float> variances) {
            const std::size_t count = variances.size() / m_head.out;
            m_run.check(parallelFor(m_run.job(), count, [&](std::size_t i) -> Result<void> {
                const auto row = variances.subspan(i * m_head.out, m_head.out);
                std::vector<double> sums(m_groups);
                for (std::size_t v = 0; v < row.size(); ++v)
                    sums[m_groupOfRow[v]] += static_cast<double>(row[v]);
                std::ranges::transform(sums, weights.begin()
                        + static_cast<std::ptrdiff_t>((first + i) * m_groups),
                    [](double sum) { return static_cast<float>(sum); });
                return {};
            }));
        });
        return weights;
    }

private:
    // Calls work(first token, p (1 - p) of a share of the tokens).
    template <typename Work> void forVariances(std::span<const float> rows, const Work& work)
    {
        const std::size_t tokens = rows.size() / m_head.in;
        const std::size_t most = std::clamp<std::size_t>(
            logitsAtOnce / m_head.out, 1, std::max<std::size_t>(tokens, 1));
        for (std::size_t first = 0; first < tokens && !m_run.failed(); first += most) {
            const std::size_t count = std::min(most, tokens - first);
            Floats logits = m_run.apply(
                m_head, m_weight, rows.subspan(first * m_head.in, count * m_head.in));
            if (m_run.failed())
                return;
            m_run.check(likelihoodVariances(m_softcap, logits, m_head.out, m_run.job()));
            if (!m_run.failed())
                work(first, std::span<const float>(logits));
        }
    }

    // The mean place at which each row is likely, as seen in the random directions.
    // Shapes: [head.out, sketchWidth].
    Floats placesOfRows()
    {
        const std::size_t hidden = m_head.in;
        Floats some;
        for (std::size_t at = 0; at < m_normed.size(); at += sketchStep * hidden)
            some.insert(some.end(), m_normed.begin() + static_cast<std::ptrdiff_t>(at),
                m_normed.begin() + static_cast<std::ptrdiff_t>(at + hidden));
        const Floats sketch = sketchOf(some);
        Floats places(m_head.out * sketchWidth);
        std::vector<double> totals(m_head.out);
        forVariances(some, [&](std::size_t first, std::span<const float> variances) {
            const std::size_t count = variances.size() / m_head.out;
            m_run.check(addCrossProducts(variances, m_head.out,
                std::span(sketch).subspan(first * sketchWidth, count * sketchWidth), sketchWidth,
                places, m_run.job()));
            for (std::size_t i = 0; i < variances.size(); ++i)
                totals[i % m_head.out] += static_cast<double>(variances[i]);
        });
        for (std::size_t v = 0; v < m_head.out; ++v) {
            const auto share = static_cast<float>(1 / std::max(totals[v], 1e-30));
            for (std::size_t k = 0; k < sketchWidth; ++k)
                places[v * sketchWidth + k] *= share;
        }
        return places;
    }

    Floats sketchOf(std::span<const float> rows)
    {
        const std::uint64_t key = randomKey("head", "directions");
        Floats directions(sketchWidth * m_head.in);
        for (std::size_t i = 0; i < directions.size(); ++i)
            directions[i] = (randomBits(key, i) & 1) != 0 ? 1.0F : -1.0F;
        const Linear linear {{}, 0, m_head.in, sketchWidth, false, {}};
        return m_run.apply(
            linear, Weight::fromFloats(std::move(directions), sketchWidth, m_head.in), rows);
    }

    // Lloyd's rounds, from rows drawn far from each other (k-means++).
    void findMeans(const Floats& places)
    {
        m_groupOfRow.resize(m_head.out);
        std::vector<double> distances(m_head.out);
        std::vector<double> means;
        for (std::size_t g = 0; g < m_groups; ++g) {
            const auto row = static_cast<std::ptrdiff_t>(g == 0 ? 0 : drawRow(distances, g));
            means.insert(means.end(), places.begin() + row * std::ptrdiff_t(sketchWidth),
                places.begin() + (row + 1) * std::ptrdiff_t(sketchWidth));
            assign(places, means, distances);
        }
        for (int round = 0; round < roundsOfMeans && !m_run.failed(); ++round) {
            moveMeans(places, means);
            assign(places, means, distances);
        }
    }

    // By the squared distances from the means there are.
    std::size_t drawRow(std::span<const double> distances, std::size_t group) const
    {
        const double total = std::accumulate(distances.begin(), distances.end(), 0.0);
        double rest = randomUniform(randomKey("head", "groups"), group) * total;
        std::size_t row = 0;
        while (row + 1 < distances.size() && rest >= distances[row])
            rest -= distances[row++];
        return row;
    }

    // The nearest mean of each row, and its squared distance.
    void assign(
        const Floats& places, const std::vector<double>& means, std::vector<double>& distances)
    {
        constexpr std::size_t rowsInTask = taskValues / sketchWidth;
        const std::size_t tasks = (m_head.out + rowsInTask - 1) / rowsInTask;
        m_run.check(parallelFor(m_run.job(), tasks, [&](std::size_t task) -> Result<void> {
            const std::size_t end = std::min(m_head.out, (task + 1) * rowsInTask);
            for (std::size_t v = task * rowsInTask; v < end; ++v)
                std::tie(distances[v], m_groupOfRow[v])
                    = nearest(places.data() + v * sketchWidth, means);
            return {};
        }));
    }

    static std::pair<double, std::uint8_t> nearest(
        const float* place, const std::vector<double>& means)
    {
        std::pair<double, std::uint8_t> best {INFINITY, 0};
        for (std::size_t at = 0; at < means.size(); at += sketchWidth) {
            double distance = 0;
            for (std::size_t k = 0; k < sketchWidth; ++k) {
                const double difference = static_cast<double>(place[k]) - means[at + k];
                distance += difference * difference;
            }
            best = std::min(best, {distance, static_cast<std::uint8_t>(at / sketchWidth)});
        }
        return best;
    }

    // A mean without rows stays where it is.
    void moveMeans(const Floats& places, std::vector<double>& means) const
    {
        std::vector<double> sums(means.size());
        std::vector<double> rows(m_groups);
        for (std::size_t v = 0; v < m_head.out; ++v) {
            const std::size_t g = m_groupOfRow[v];
            rows[g] += 1;
            for (std::size_t k = 0; k < sketchWidth; ++k)
                sums[g * sketchWidth + k] += static_cast<double>(places[v * sketchWidth + k]);
        }
        for (std::size_t i = 0; i < means.size(); ++i)
            if (rows[i / sketchWidth] > 0)
                means[i] = sums[i] / rows[i / sketchWidth];
    }

    Evaluation& m_run;
    const Linear& m_head;
    double m_softcap;
    std::span<const float> m_normed;
    Weight m_weight;
    std::size_t m_groups;
    std::vector<std::uint8_t> m_groupOfRow;
};

double traceOf(std::span<const float> mean, std::size_t width)
{
    double sum = 0;
    for (std::size_t i = 0; i < width; ++i)
        sum += static_cast<double>(mean[i * width + i]);
    return sum;
}

// Second moments of the tokens by their weights of one group.
Floats weightedMean(Evaluation& run, const Linear& head, std::span<const float> normed,
    std::span<const float> weights, std::size_t groups, std::size_t group)
{
    const std::size_t width = head.in;
    CovarianceSums sums({&head}, width);
    for (std::size_t at = 0; at < normed.size() && !run.failed(); at += tokensOfSums * width) {
        const auto rows = normed.subspan(at, std::min(tokensOfSums * width, normed.size() - at));
        Floats weighted(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            weighted[i] = rows[i] * std::sqrt(weights[(at + i) / width * groups + group]);
        sums.add(run, weighted);
    }
    return std::move(sums.take().mean);
}

// As large as the common mean on the whole, so that shares of both can be added.
void blend(std::span<const float> common, std::size_t width, Floats& own)
{
    const double trace = traceOf(own, width);
    const double scale = trace > 0 ? traceOf(common, width) / trace : 0;
    const float share = scale > 0 && std::isfinite(scale) ? ownShare : 0;
    for (std::size_t i = 0; i < own.size(); ++i)
        own[i] = share * static_cast<float>(scale) * own[i] + (1 - share) * common[i];
}

} // namespace

void groupHeadRows(Evaluation& run, const Architecture& architecture,
    std::span<const float> normed, InputCovariance& head)
{
    if (run.failed() || normed.empty())
        return;
    RowGroups groups(run, architecture, normed);
    if (groups.count() < 2)
        return;
    groups.find();
    if (run.failed())
        return;
    const Floats weights = groups.weights();
    for (std::size_t g = 0; g < groups.count() && !run.failed(); ++g) {
        head.groupMeans.push_back(
            weightedMean(run, *architecture.head, normed, weights, groups.count(), g));
        blend(head.mean, head.columns, head.groupMeans.back());
    }
    head.groupOfRow = groups.take();
}

} // namespace bitloupe
