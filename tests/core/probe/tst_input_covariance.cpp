// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/input_covariance.h"

#include "core/probe/made_values.h"
#include "core/probe/slow_model.h"

#include <QTest>

#include <algorithm>

using namespace bitloupe;
using namespace bitloupe::test;
using bitloupe::testing::relativeDistance;

namespace {

constexpr std::uint32_t sequences = 3, length = 20;

SelfText madeText(std::uint32_t count = sequences)
{
    SelfText text;
    text.options.sequences = count;
    text.options.length = length;
    for (std::uint32_t i = 0; i < count * length; ++i)
        text.ids.push_back((i * i + 7 * i) % 40);
    return text;
}

using Groups = std::vector<std::vector<InputCovariance>>;

/// All groups; matrices whose name ends in `replaced` become zeros as soon as they are handed out.
Groups walked(const MadeModel& made, unsigned threads, const std::string& replaced = "-",
    bool followsFloat = false)
{
    Job job;
    job.threads = threads;
    const auto model = made.open();
    const auto walk = walkCovariances(model, madeText(), followsFloat);
    Groups groups;
    while (walk) {
        auto group = (*walk)->next(job);
        if (!group || group->empty())
            break;
        for (const InputCovariance& input : *group) {
            for (const auto& reader : input.readers) {
                const TensorInfo& tensor = model->tensor(reader.tensor);
                if (tensor.name.ends_with(replaced))
                    (*walk)->replace(
                        reader.tensor, reader.slab, std::vector<float>(tensor.elements()));
            }
        }
        groups.push_back(std::move(*group));
    }
    return groups;
}

/// The inputs of each matrix as the plain model has them.
std::map<std::string, std::vector<Row>> plainInputs(const MadeModel& made, SlowModel::Kind kind)
{
    SlowModel slow(made, kind);
    const SelfText text = madeText();
    for (std::uint32_t s = 0; s < sequences; ++s) {
        const auto begin = text.ids.begin() + s * length;
        slow.loss({begin, begin + length}, std::vector<std::uint32_t>(length));
    }
    return slow.inputs;
}

std::vector<double> covariance(const std::vector<Row>& rows)
{
    const std::size_t width = rows.front().size();
    std::vector<double> mean(width * width);
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < mean.size(); ++i)
            mean[i] += row[i / width] * row[i % width] / static_cast<double>(rows.size());
    }
    return mean;
}

bool same(const Groups& a, const Groups& b)
{
    for (std::size_t g = 0; g < a.size() && a.size() == b.size(); ++g) {
        for (std::size_t i = 0; i < a[g].size() && a[g].size() == b[g].size(); ++i) {
            if (a[g][i].mean != b[g][i].mean || a[g][i].inputShift != b[g][i].inputShift
                || a[g][i].outputTarget != b[g][i].outputTarget)
                return false;
        }
    }
    return a.size() == b.size();
}

MadeModel madeOf(SlowModel::Kind kind)
{
    if (kind == SlowModel::Kind::gemma3)
        return MadeModel::gemma3();
    return kind == SlowModel::Kind::mixture ? MadeModel::mixture() : MadeModel::llama();
}

} // namespace

class TestInputCovariance : public QObject {
    Q_OBJECT

private slots:
    void every_input_has_the_covariance_of_the_plain_model_data();
    void every_input_has_the_covariance_of_the_plain_model();
    void later_inputs_follow_replaced_matrices();
    void nothing_is_shifted_where_nothing_was_replaced();
    void what_was_replaced_shifts_the_inputs_behind_it();
    void a_replaced_embedding_is_looked_up();
    void the_float_head_has_the_covariance_of_the_plain_model();
    void the_head_learns_from_the_whole_text();
    void the_same_bits_for_any_thread_count();
    void refuses_text_that_does_not_fit();
    void refuses_an_unknown_architecture();
};

void TestInputCovariance::every_input_has_the_covariance_of_the_plain_model_data()
{
    QTest::addColumn<SlowModel::Kind>("kind");
    QTest::newRow("llama") << SlowModel::Kind::llama;
    QTest::newRow("gemma3") << SlowModel::Kind::gemma3;
    QTest::newRow("mixture of experts") << SlowModel::Kind::mixture;
}

void TestInputCovariance::every_input_has_the_covariance_of_the_plain_model()
{
    QFETCH(SlowModel::Kind, kind);
    const MadeModel made = madeOf(kind);
    const auto model = made.open();
    auto expected = plainInputs(made, kind);
    const Groups groups = walked(made, 2);
    QCOMPARE(groups.size(), std::size_t(2 * 4 + 1));
    std::size_t readers = 0;
    for (const auto& group : groups) {
        for (const InputCovariance& input : group) {
            for (const auto& reader : input.readers) {
                const std::string& name = model->tensor(reader.tensor).name;
                const auto& rows = expected[name];
                QVERIFY2(rows.size() == input.tokens, name.c_str());
                QVERIFY2(relativeDistance(input.mean, covariance(rows)) < 1e-5, name.c_str());
                ++readers;
            }
        }
    }
    QVERIFY(readers >= (kind == SlowModel::Kind::mixture ? 2 * 5 + 6 : 2 * 7 + 1));
}

void TestInputCovariance::later_inputs_follow_replaced_matrices()
{
    const MadeModel made = MadeModel::llama();
    const std::string name = "layers.0.self_attn.v_proj.weight";
    const Groups groups = walked(made, 1, name);
    MadeModel zeroed = made;
    const std::string whole = "model." + name;
    const Shape shape = made.tensors().at(whole);
    zeroed.setValues(whole, shape, std::vector<float>(shape[0] * shape[1]));
    QVERIFY(same(groups, walked(zeroed, 1)));
    QVERIFY(!same(groups, walked(made, 1)));
}

void TestInputCovariance::nothing_is_shifted_where_nothing_was_replaced()
{
    const Groups groups = walked(MadeModel::llama(), 2, "-", true);
    QVERIFY(same(walked(MadeModel::mixture(), 2), walked(MadeModel::mixture(), 2, "-", true)));
    QCOMPARE(groups.size(), std::size_t(2 * 4 + 1));
    for (const auto& group : groups) {
        const InputCovariance& input = group.front();
        QVERIFY(input.inputShift.empty() != input.outputTarget.empty());
        QVERIFY(std::all_of(input.inputShift.begin(), input.inputShift.end(),
            [](float shift) { return shift == 0; }));
    }
}

// Without attention's output the states lack it, and the next matrix is wanted to bring it.
void TestInputCovariance::what_was_replaced_shifts_the_inputs_behind_it()
{
    const MadeModel made = MadeModel::llama();
    const Groups groups = walked(made, 2, "layers.0.self_attn.o_proj.weight", true);
    const Groups untouched = walked(made, 2, "-", true);
    QCOMPARE(groups[1].front().outputTarget, untouched[1].front().outputTarget);
    const auto& shift = groups[2].front().inputShift;
    QVERIFY(std::any_of(shift.begin(), shift.end(), [](float value) { return value != 0; }));
    QVERIFY(relativeDistance(groups[3].front().outputTarget,
                std::vector<double>(untouched[3].front().outputTarget.begin(),
                    untouched[3].front().outputTarget.end()))
        > 1e-3);
}

void TestInputCovariance::a_replaced_embedding_is_looked_up()
{
    const auto model = MadeModel::llama().open();
    const auto walk = walkCovariances(model, madeText());
    QVERIFY((*walk)->startsWithEmbedding());
    const Shape shape = model->tensor((*walk)->embedding()).shape;
    (*walk)->replaceEmbedding(std::vector<float>(shape[0] * shape[1]));
    const auto group = (*walk)->next({});
    QVERIFY(group);
    const auto& mean = group->front().mean;
    QVERIFY(std::all_of(mean.begin(), mean.end(), [](float value) { return value == 0; }));
}

void TestInputCovariance::the_float_head_has_the_covariance_of_the_plain_model()
{
    for (const auto& made : {MadeModel::llama(), MadeModel::gemma3()}) {
        const auto walk = walkCovariances(made.open(), madeText());
        const auto head = (*walk)->headCovariance({});
        QVERIFY(head);
        QCOMPARE(head->mean, walked(made, 2).back().front().mean);
    }
}

void TestInputCovariance::the_head_learns_from_the_whole_text()
{
    const auto model = MadeModel::llama().open();
    const SelfText text = madeText(5000 / length);
    const auto walk = walkCovariances(model, text);
    std::vector<InputCovariance> last;
    for (auto group = (*walk)->next({}); group && !group->empty(); group = (*walk)->next({}))
        last = std::move(*group);
    const auto head = (*walkCovariances(model, text))->headCovariance({});
    QVERIFY(head && !last.empty());
    QCOMPARE(head->tokens, std::uint64_t {text.ids.size()});
    QCOMPARE(head->mean, last.front().mean);
}

void TestInputCovariance::the_same_bits_for_any_thread_count()
{
    const std::string replaced = "layers.0.self_attn.o_proj.weight";
    for (const MadeModel& made : {MadeModel::llama(), MadeModel::mixture()}) {
        const Groups groups = walked(made, 1, replaced, true);
        QVERIFY(!groups.empty());
        QVERIFY(same(groups, walked(made, 2, replaced, true)));
        QVERIFY(same(groups, walked(made, 7, replaced, true)));
    }
}

void TestInputCovariance::refuses_text_that_does_not_fit()
{
    const auto model = MadeModel::llama().open();
    SelfText ragged = madeText();
    ragged.ids.pop_back();
    SelfText beyond = madeText();
    beyond.ids[5] = 40;
    for (const SelfText& text : {ragged, beyond, SelfText()}) {
        const auto walk = walkCovariances(model, text);
        QVERIFY(!walk);
        QCOMPARE(walk.error().code, Errc::badArgument);
    }
}

void TestInputCovariance::refuses_an_unknown_architecture()
{
    MadeModel made = MadeModel::llama();
    QVERIFY(made.replaceInConfig(R"("model_type":"llama")", R"("model_type":"unheard_of")"));
    const auto walk = walkCovariances(made.open(), madeText());
    QVERIFY(!walk);
    QCOMPARE(walk.error().code, Errc::unsupported);
}

QTEST_APPLESS_MAIN(TestInputCovariance)
#include "tst_input_covariance.moc"
