// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/self_text.h"

#include "core/probe/made_model.h"
#include "core/probe/made_values.h"
#include "probe/attention_cache.h"
#include "probe/panel.h"

#include <QTest>

#include <algorithm>

using namespace bitloupe;
using namespace bitloupe::test;
using bitloupe::testing::gaussian;

namespace {

SelfTextOptions few(std::uint32_t sequences, std::uint32_t length)
{
    SelfTextOptions options;
    options.sequences = sequences;
    options.length = length;
    return options;
}

std::vector<std::uint32_t> written(
    const MadeModel& made, const SelfTextOptions& options, unsigned threads = 1)
{
    Job job;
    job.threads = threads;
    const auto text = writeSelfText(made.open(), options, job);
    return text ? text->ids : std::vector<std::uint32_t>();
}

} // namespace

class TestSelfText : public QObject {
    Q_OBJECT

private slots:
    void cached_attention_has_the_bits_of_whole_attention_data();
    void cached_attention_has_the_bits_of_whole_attention();
    void writes_whole_sequences();
    void one_half_starts_at_the_first_token_the_other_anywhere();
    void starts_with_the_vocabulary_without_a_first_token();
    void the_same_ids_for_any_thread_count();
    void another_seed_writes_another_text();
    void a_longer_text_begins_with_the_shorter_one();
    void refuses_options_that_make_no_sense();
    void says_what_stands_in_the_way();
    void a_stopped_job_is_cancelled();
};

void TestSelfText::cached_attention_has_the_bits_of_whole_attention_data()
{
    QTest::addColumn<double>("softcap");
    QTest::addColumn<int>("window");
    QTest::newRow("plain") << 0.0 << 0;
    QTest::newRow("softcap") << 1.5 << 0;
    QTest::newRow("sliding window") << 0.0 << 5;
}

void TestSelfText::cached_attention_has_the_bits_of_whole_attention()
{
    QFETCH(double, softcap);
    QFETCH(int, window);
    constexpr std::size_t sequences = 3, length = 55, heads = 4, kvHeads = 2, dim = 12;
    const AttentionShape shape {
        length, heads, kvHeads, dim, 0.3, softcap, static_cast<std::size_t>(window)};
    const auto q = gaussian(sequences * length * heads * dim, "q");
    const auto k = gaussian(sequences * length * kvHeads * dim, "k");
    const auto v = gaussian(sequences * length * kvHeads * dim, "v");
    std::vector<float> whole(q.size());
    QVERIFY(attend(shape, q, k, v, whole, {}));
    AttentionCache cache(shape, sequences);
    const auto tokenOf = [&](const std::vector<float>& values, std::size_t token) {
        const std::size_t width = values.size() / (sequences * length);
        std::vector<float> rows;
        for (std::size_t s = 0; s < sequences; ++s) {
            const auto from = values.begin() + static_cast<long>((s * length + token) * width);
            rows.insert(rows.end(), from, from + static_cast<long>(width));
        }
        return rows;
    };
    for (std::size_t token = 0; token < length; ++token) {
        std::vector<float> out(sequences * heads * dim);
        QVERIFY(cache.extend(tokenOf(q, token), tokenOf(k, token), tokenOf(v, token), out, {}));
        QCOMPARE(out, tokenOf(whole, token));
    }
}

void TestSelfText::writes_whole_sequences()
{
    const auto ids = written(MadeModel::llama(), few(5, 9));
    QCOMPARE(ids.size(), std::size_t(45));
    QVERIFY(std::all_of(ids.begin(), ids.end(), [](std::uint32_t id) { return id < 40; }));
    QVERIFY(!std::equal(ids.begin() + 1, ids.begin() + 9, ids.begin() + 19));
}

void TestSelfText::one_half_starts_at_the_first_token_the_other_anywhere()
{
    const auto ids = written(MadeModel::llama(), few(12, 2));
    QCOMPARE(ids.size(), std::size_t(24));
    const Panel panel = drawPanel(40);
    for (std::size_t s = 0; s < 12; s += 2) {
        QCOMPARE(ids[2 * s], 1u);
        QCOMPARE(ids[2 * (s + 1)], panel.ids[s + 1]);
    }
}

void TestSelfText::starts_with_the_vocabulary_without_a_first_token()
{
    MadeModel made = MadeModel::llama();
    QVERIFY(made.replaceInConfig(R"("bos_token_id":1)", R"("bos_token_id":null)"));
    const auto ids = written(made, few(30, 2));
    QCOMPARE(ids.size(), std::size_t(60));
    bool differ = false;
    for (std::size_t s = 1; s < 30; ++s)
        differ = differ || ids[2 * s] != ids[0];
    QVERIFY(differ);
}

void TestSelfText::the_same_ids_for_any_thread_count()
{
    for (const MadeModel& made :
        {MadeModel::llama(), MadeModel::gemma3(), MadeModel::mixture()}) {
        const auto ids = written(made, few(6, 20), 1);
        QVERIFY(!ids.empty());
        QCOMPARE(written(made, few(6, 20), 2), ids);
        QCOMPARE(written(made, few(6, 20), 7), ids);
    }
}

void TestSelfText::another_seed_writes_another_text()
{
    SelfTextOptions other = few(4, 12);
    other.seed = 1;
    QVERIFY(written(MadeModel::llama(), few(4, 12)) != written(MadeModel::llama(), other));
}

void TestSelfText::a_longer_text_begins_with_the_shorter_one()
{
    const auto brief = written(MadeModel::gemma3(), few(3, 8));
    const auto full = written(MadeModel::gemma3(), few(3, 30));
    QCOMPARE(full.size(), std::size_t(90));
    for (std::size_t s = 0; s < 3; ++s) {
        for (std::size_t t = 0; t < 8; ++t)
            QCOMPARE(full[s * 30 + t], brief[s * 8 + t]);
    }
}

void TestSelfText::refuses_options_that_make_no_sense()
{
    const auto model = MadeModel::llama().open();
    SelfTextOptions cold = few(2, 4);
    cold.temperature = 0;
    for (const SelfTextOptions& options : {few(0, 4), few(4, 0), cold}) {
        const auto text = writeSelfText(model, options, {});
        QVERIFY(!text);
        QCOMPARE(text.error().code, Errc::badArgument);
    }
}

void TestSelfText::says_what_stands_in_the_way()
{
    MadeModel made = MadeModel::llama();
    QCOMPARE(selfTextObstacle(*made.open(), 1u << 30), std::string());
    QVERIFY(selfTextObstacle(*made.open(), 1000).find("memory") != std::string::npos);
    QVERIFY(made.replaceInConfig(R"("model_type":"llama")", R"("model_type":"unheard_of")"));
    QVERIFY(!selfTextObstacle(*made.open(), 1u << 30).empty());
    const auto text = writeSelfText(made.open(), few(2, 4), {});
    QVERIFY(!text);
    QCOMPARE(text.error().code, Errc::unsupported);
}

void TestSelfText::a_stopped_job_is_cancelled()
{
    std::stop_source source;
    source.request_stop();
    Job job;
    job.stop = source.get_token();
    const auto text = writeSelfText(MadeModel::llama().open(), few(2, 4), job);
    QVERIFY(!text);
    QCOMPARE(text.error().code, Errc::cancelled);
}

QTEST_APPLESS_MAIN(TestSelfText)
#include "tst_self_text.moc"
