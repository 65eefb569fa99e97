// SPDX-License-Identifier: GPL-3.0-or-later
// The front door: same numbers for any thread count, stop, progress, order.
#include "measure/measure.h"
#include "measure/metrics.h"
#include "support/cpu_time.h"
#include "support/synthetic_model.h"

#include <QTest>

#include <atomic>
#include <bit>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

using namespace bitloupe;
using namespace bitloupe::testing;

namespace {

std::shared_ptr<const Model> mixedModel(SyntheticModel& files)
{
    const auto add = [&](const std::string& name, DType dtype, const Shape& shape) {
        std::size_t count = 1;
        for (const std::uint64_t size : shape)
            count *= size;
        files.add(name, dtype, shape, gaussianValues(count, name, 0.02));
    };
    add("model.embed_tokens.weight", DType::BF16, {5000, 256});
    add("model.layers.0.mlp.down_proj.weight", DType::BF16, {800, 3000});
    add("model.layers.0.self_attn.q_proj.weight", DType::F16, {300, 256});
    add("model.layers.1.mlp.experts.down_proj", DType::BF16, {4, 64, 96});
    add("model.layers.1.mlp.up_proj.weight", DType::F32, {1200, 800});
    add("model.norm.weight", DType::BF16, {256});
    return files.open();
}

void append(std::string& text, double value)
{
    text += QString::number(std::bit_cast<std::uint64_t>(value), 16).toStdString() + ' ';
}

std::string bitsOf(const TensorScore& score)
{
    std::string text = score.reason + (score.sampled ? "s" : "e");
    const TensorFacts& f = score.facts;
    for (const double value : {f.minimum, f.maximum, f.mean, f.standardDeviation, f.maxSigma,
             f.rowNormSpread, f.columnNormSpread, score.frobeniusSquared})
        append(text, value);
    for (const double value : score.metrics)
        append(text, value);
    for (const float value : score.spectrum)
        append(text, static_cast<double>(value));
    for (const RatePoint& point : score.curve) {
        for (const double value : {point.nrmse, point.nrmseRound, point.relativeStandardError})
            append(text, value);
    }
    for (const std::uint32_t bin : f.histogram)
        text += std::to_string(bin) + ' ';
    return text;
}

std::string bitsOf(const Analysis& analysis)
{
    std::string text = analysis.modelDigest;
    for (const TensorScore& score : analysis.tensors)
        text += bitsOf(score) + '\n';
    return text;
}

Job jobWith(unsigned threads)
{
    Job job;
    job.threads = threads;
    return job;
}

// Asks for a stop once a phase has done something, and remembers when.
class StoppingSink : public ProgressSink {
public:
    StoppingSink(std::stop_source stop, std::string phase)
        : m_stop(std::move(stop))
        , m_phase(std::move(phase))
    {
    }
    void progress(const Progress& progress) override
    {
        if (progress.phase != m_phase || m_stop.stop_requested())
            return;
        if (progress.bytesDone == 0 && m_phase == "spectrum")
            m_stopper = std::jthread([stop = m_stop, this]() mutable {
                std::this_thread::sleep_for(std::chrono::milliseconds(30));
                request(stop);
            });
        else if (progress.bytesDone > 0)
            request(m_stop);
    }
    double worked = 0; // by all threads until it asked, in milliseconds

private:
    void request(std::stop_source& stop)
    {
        worked = test::processCpuMs();
        stop.request_stop();
    }
    std::stop_source m_stop;
    std::string m_phase;
    std::jthread m_stopper;
};

class RecordingSink : public ProgressSink {
public:
    void progress(const Progress& progress) override
    {
        const std::lock_guard lock(m_mutex);
        last[std::string(progress.phase)] = progress;
    }
    std::map<std::string, Progress> last;

private:
    std::mutex m_mutex;
};

} // namespace

class TestMeasure : public QObject {
    Q_OBJECT

private slots:
    void same_bits_for_any_thread_count_and_order();
    void stops_soon_in_both_passes_data();
    void stops_soon_in_both_passes();
    void a_stopped_job_measures_nothing();
    void progress_reaches_the_bytes_of_each_pass();
    void tensors_are_reported_after_each_pass();
    void scale_type_follows_the_matrices();
};

void TestMeasure::same_bits_for_any_thread_count_and_order()
{
    SyntheticModel files;
    const auto model = mixedModel(files);
    const auto once = measureModel(model, {}, jobWith(1));
    QVERIFY(once.has_value());
    QVERIFY(once->complete);
    const std::string bits = bitsOf(*once);
    MeasureOptions reversed;
    reversed.first = {TensorId {4}, TensorId {1}, TensorId {4}, TensorId {999}};
    for (const unsigned threads : {1u, 2u, 7u}) {
        const auto again
            = measureModel(model, threads == 7 ? reversed : MeasureOptions(), jobWith(threads));
        QVERIFY(bitsOf(*again) == bits);
    }
}

void TestMeasure::stops_soon_in_both_passes_data()
{
    QTest::addColumn<QString>("phase");
    QTest::newRow("first pass") << "analysing";
    QTest::newRow("second pass") << "spectrum";
}

void TestMeasure::stops_soon_in_both_passes()
{
    QFETCH(QString, phase);
    SyntheticModel files;
    const std::vector<float> values = gaussianValues(2048 * 4096, "large", 0.02);
    files.add("a.weight", DType::BF16, {2048, 4096}, values);
    files.add("b.weight", DType::BF16, {4096, 2048}, values);
    const auto model = files.open();
    std::stop_source stop;
    StoppingSink sink(stop, phase.toStdString());
    Job job = jobWith(2);
    job.stop = stop.get_token();
    job.sink = &sink;
    const auto analysis = measureModel(model, {}, job);
    const double worked = test::processCpuMs() - sink.worked;
    QVERIFY(!analysis);
    QVERIFY(analysis.error().code == Errc::cancelled);
    // What both threads still do together. By the clock on the wall a machine that others use too
    // would be measured as well.
    QVERIFY2(!test::timesCount || worked < 200, qPrintable(QString::number(worked)));
}

void TestMeasure::a_stopped_job_measures_nothing()
{
    SyntheticModel files;
    std::stop_source stop;
    stop.request_stop();
    Job job;
    job.stop = stop.get_token();
    const auto analysis = measureModel(mixedModel(files), {}, job);
    QVERIFY(!analysis && analysis.error().code == Errc::cancelled);
}

void TestMeasure::progress_reaches_the_bytes_of_each_pass()
{
    SyntheticModel files;
    const auto model = mixedModel(files);
    RecordingSink sink;
    Job job = jobWith(2);
    job.sink = &sink;
    QVERIFY(measureModel(model, {}, job).has_value());
    QCOMPARE(sink.last["analysing"].bytesDone, model->totalBytes());
    QCOMPARE(sink.last["analysing"].bytesTotal, model->totalBytes());
    const std::uint64_t matrices = model->totalBytes() - 2 * 256; // all but the norm
    QCOMPARE(sink.last["spectrum"].bytesTotal, matrices);
    QVERIFY(sink.last["spectrum"].bytesDone > matrices - 1000);
    QVERIFY(sink.last["spectrum"].bytesDone <= matrices);
}

void TestMeasure::tensors_are_reported_after_each_pass()
{
    SyntheticModel files;
    const auto model = mixedModel(files);
    std::mutex mutex;
    std::map<std::string, int> times;
    std::map<std::string, std::string> last;
    const auto analysis = measureModel(
        model, {}, jobWith(2), [&](TensorId id, const TensorScore& score) {
            const std::lock_guard lock(mutex);
            ++times[model->tensor(id).name];
            last[model->tensor(id).name] = bitsOf(score);
        });
    for (std::size_t i = 0; i < model->tensors.size(); ++i) {
        const TensorInfo& tensor = model->tensors[i];
        QCOMPARE(times[tensor.name], tensor.shape.size() > 1 ? 2 : 1);
        QVERIFY(last[tensor.name] == bitsOf(analysis->tensors[i]));
    }
}

void TestMeasure::scale_type_follows_the_matrices()
{
    SyntheticModel half, mixed;
    half.add("a.weight", DType::F16, {8, 8}, gaussianValues(64, "a"));
    half.add("norm.weight", DType::F32, {1000}, gaussianValues(1000, "n"));
    mixed.add("a.weight", DType::F16, {8, 8}, gaussianValues(64, "a"));
    mixed.add("b.weight", DType::BF16, {8, 16}, gaussianValues(128, "b"));
    QVERIFY(scaleTypeFor(*half.open()) == DType::F16);
    QVERIFY(scaleTypeFor(*mixed.open()) == DType::BF16);
}

QTEST_APPLESS_MAIN(TestMeasure)
#include "tst_measure.moc"
