// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/head_groups.h"

#include "core/probe/made_model.h"
#include "core/probe/made_values.h"
#include "probe/covariance_sums.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace bitloupe;
using namespace bitloupe::test;
using bitloupe::testing::gaussian;
using bitloupe::testing::relativeDistance;

namespace {

constexpr std::size_t hidden = 16, rowCount = 64, tokens = 256;

// Rows and places look into one of two directions, the first halves into one and the others into
// the other, more or less.
std::vector<float> twoKinds(std::size_t count, std::string_view name, float along, float noise)
{
    std::vector<float> values = gaussian(count * hidden, name);
    for (float& value : values)
        value *= noise;
    for (std::size_t i = 0; i < count; ++i)
        values[i * hidden + (i < count / 2 ? 0 : 1)] += along;
    return values;
}

MadeModel madeWith(const std::vector<float>& head)
{
    MadeModel made = MadeModel::llama();
    const std::string rows = std::to_string(head.size() / hidden);
    made.setValues("model.embed_tokens.weight", {head.size() / hidden, hidden}, head);
    if (!made.replaceInConfig(R"("vocab_size":40)", R"("vocab_size":)" + rows))
        made.dropConfig();
    return made;
}

struct Grouped {
    InputCovariance head;
    std::optional<Error> error;
};

Grouped grouped(const MadeModel& made, const std::vector<float>& normed, unsigned threads = 2)
{
    const auto model = made.open();
    const Architecture architecture = describeArchitecture(*model);
    Job job;
    job.threads = threads;
    Evaluation run(model, job, nullptr);
    CovarianceSums sums({&*architecture.head}, hidden);
    sums.add(run, normed);
    Grouped result {sums.take(), {}};
    groupHeadRows(run, architecture, normed, result.head);
    if (run.failed())
        result.error = run.error();
    return result;
}

// p (1 - p) of all rows of a group, at one place.
double weightOf(const std::vector<float>& head, const float* place,
    const std::vector<std::uint8_t>& groupOfRow, std::size_t group)
{
    std::vector<double> terms;
    double total = 0;
    for (std::size_t v = 0; v < head.size() / hidden; ++v) {
        double logit = 0;
        for (std::size_t j = 0; j < hidden; ++j)
            logit += double(head[v * hidden + j]) * double(place[j]);
        terms.push_back(std::exp(logit));
        total += terms.back();
    }
    double weight = 0;
    for (std::size_t v = 0; v < terms.size(); ++v)
        if (groupOfRow[v] == group)
            weight += terms[v] / total * (1 - terms[v] / total);
    return weight;
}

// Three fifths of the mean by these weights, as large as the common one, and two fifths of that.
std::vector<double> expectedMean(const std::vector<float>& head, const std::vector<float>& normed,
    const InputCovariance& found, std::size_t group)
{
    std::vector<double> own(hidden * hidden);
    double ownTrace = 0, trace = 0;
    for (std::size_t t = 0; t < normed.size() / hidden; ++t) {
        const float* place = normed.data() + t * hidden;
        const double weight = weightOf(head, place, found.groupOfRow, group);
        for (std::size_t i = 0; i < own.size(); ++i)
            own[i] += weight * double(place[i / hidden]) * double(place[i % hidden]);
    }
    for (std::size_t j = 0; j < hidden; ++j) {
        ownTrace += own[j * hidden + j];
        trace += double(found.mean[j * hidden + j]);
    }
    for (std::size_t i = 0; i < own.size(); ++i)
        own[i] = 0.6 * own[i] * trace / ownTrace + 0.4 * double(found.mean[i]);
    return own;
}

} // namespace

class TestHeadGroups : public QObject {
    Q_OBJECT

private slots:
    void rows_that_are_likely_at_the_same_places_are_a_group()
    {
        const auto head = twoKinds(rowCount, "rows", 4, 0.3F);
        const auto normed = twoKinds(tokens, "places", 4, 0.3F);
        const Grouped found = grouped(madeWith(head), normed);
        QVERIFY(!found.error);
        const auto& groups = found.head.groupOfRow;
        QCOMPARE(groups.size(), rowCount);
        QVERIFY(groups.front() != groups.back());
        for (std::size_t v = 0; v < rowCount; ++v)
            QCOMPARE(groups[v], v < rowCount / 2 ? groups.front() : groups.back());
    }

    void a_groups_moments_are_those_of_its_places()
    {
        const auto head = twoKinds(rowCount, "rows", 1, 1);
        const auto normed = twoKinds(tokens, "places", 1, 1);
        const Grouped found = grouped(madeWith(head), normed);
        QCOMPARE(found.head.groupMeans.size(), std::size_t {2});
        for (std::size_t g = 0; g < 2; ++g)
            QVERIFY(relativeDistance(found.head.groupMeans[g],
                        expectedMean(head, normed, found.head, g)) < 1e-5);
    }

    void the_same_bits_for_any_thread_count()
    {
        const MadeModel made = madeWith(gaussian(200 * hidden, "rows"));
        const auto normed = gaussian(tokens * hidden, "places");
        const Grouped one = grouped(made, normed, 1);
        QCOMPARE(one.head.groupMeans.size(), std::size_t {6});
        for (const unsigned threads : {2U, 7U}) {
            const Grouped other = grouped(made, normed, threads);
            QVERIFY(one.head.groupOfRow == other.head.groupOfRow);
            QVERIFY(one.head.groupMeans == other.head.groupMeans);
        }
    }

    void a_small_head_has_one_mean()
    {
        const Grouped found = grouped(MadeModel::llama(), gaussian(tokens * hidden, "places"));
        QVERIFY(!found.error && found.head.groupMeans.empty() && found.head.groupOfRow.empty());
    }

    void logits_that_are_no_numbers_are_refused()
    {
        auto normed = gaussian(tokens * hidden, "places");
        normed[5] = std::numeric_limits<float>::quiet_NaN();
        const Grouped found = grouped(madeWith(gaussian(rowCount * hidden, "rows")), normed);
        QVERIFY(found.error);
        QCOMPARE(found.error->code, Errc::badWeights);
    }
};

QTEST_APPLESS_MAIN(TestHeadGroups)
#include "tst_head_groups.moc"
