// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/gguf_bytes.h"
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"
#include "ui/decision_text.h"
#include "ui/models/findings.h"
#include "ui/models/layer_tree_model.h"
#include "ui/models/recent_model_list.h"
#include "ui/models/tensor_filter.h"
#include "ui/models/tensor_table_model.h"
#include "ui/ready_session.h"
#include "ui/tensor_panel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::ReadySession;

namespace {

using Tester = QAbstractItemModelTester;
constexpr auto fatal = Tester::FailureReportingMode::QtTest;

} // namespace

class TestItemModels : public QObject {
    Q_OBJECT
private slots:
    void table_is_a_proper_model_through_a_session();
    void table_sorts_by_numbers_not_by_text();
    void rows_that_take_short_blocks_alone_say_so();
    void tree_is_a_proper_model_through_a_session();
    void tree_holds_every_decision_once();
    void tree_sums_are_those_of_the_plan();
    void pins_and_chains_are_seen_in_table_and_tree();
    void what_was_odd_is_said_in_tool_tips();
    void proxy_shows_what_the_filter_leaves();
    void filter_words_data();
    void filter_words();
    void filter_reports_a_broken_expression();
    void findings_are_a_proper_model();
    void findings_name_what_is_odd_and_where();
    void copies_are_found_in_kept_scores_and_leave_with_the_model();
    void recent_models_are_a_proper_model();
};

void TestItemModels::table_is_a_proper_model_through_a_session()
{
    ReadySession session;
    TensorTableModel table(session);
    Tester tester(&table, fatal);
    QCOMPARE(table.rowCount(), 0);
    connect(&session, &Session::modelChanged, &table, &TensorTableModel::reload);
    connect(&session, &Session::planChanged, &table, &TensorTableModel::refresh);
    QVERIFY(session.openAndWait());
    QCOMPARE(table.rowCount(), int(session.profile()->decisions.size()));
    for (int row = 0; row < table.rowCount(); ++row)
        for (int column = 0; column < table.columnCount(); ++column)
            QVERIFY(table.index(row, column).data(TensorTableModel::sortRole).isValid());
    session.close();
    QCOMPARE(table.rowCount(), 0);
}

void TestItemModels::table_sorts_by_numbers_not_by_text()
{
    ReadySession session;
    QVERIFY(session.openAndWait());
    TensorTableModel table(session);
    TensorFilterProxy proxy;
    proxy.setSourceModel(&table);
    Tester tester(&proxy, fatal);
    for (const int column : {int(TensorTableModel::layer), int(TensorTableModel::bytes),
             int(TensorTableModel::damage), int(TensorTableModel::metric)}) {
        proxy.sort(column, Qt::DescendingOrder);
        for (int row = 1; row < proxy.rowCount(); ++row) {
            const auto key = [&](int at) {
                return proxy.index(at, column).data(TensorTableModel::sortRole).toDouble();
            };
            QVERIFY(key(row - 1) >= key(row));
        }
    }
}

void TestItemModels::rows_that_take_short_blocks_alone_say_so()
{
    test::GgufBuilder builder;
    builder.addText("general.architecture", "llama");
    builder.addFloats("blk.0.attn_q.weight", {256, 64});
    builder.addFloats("blk.0.ffn_down.weight", {96, 64});
    builder.addFloats("blk.0.attn_norm.weight", {96});
    test::ScratchFolder folder;
    ReadySession session;
    QVERIFY(session.openAndWait(folder.write("m.gguf", builder.bytes())));
    TensorTableModel table(session);
    connect(&session, &Session::modelChanged, &table, &TensorTableModel::reload);
    connect(&session, &Session::planChanged, &table, &TensorTableModel::refresh);
    session.setTarget(*findExportTarget("gguf"));
    QTRY_VERIFY_WITH_TIMEOUT(
        test::isReady(session) && session.target().id == "gguf", test::patience);
    QStringList found;
    for (int row = 0; row < table.rowCount(); ++row)
        found << table.index(row, TensorTableModel::name).data().toString() + u' '
                + table.index(row, TensorTableModel::blocks).data().toString();
    QCOMPARE(found,
        QStringList({"blk.0.attn_q 256", "blk.0.ffn_down 32", "blk.0.attn_norm "}));
}

void TestItemModels::tree_is_a_proper_model_through_a_session()
{
    ReadySession session;
    LayerTreeModel tree(session);
    Tester tester(&tree, fatal);
    connect(&session, &Session::modelChanged, &tree, &LayerTreeModel::reload);
    connect(&session, &Session::planChanged, &tree, &LayerTreeModel::refresh);
    QVERIFY(session.openAndWait());
    QVERIFY(tree.rowCount() > 0);
    session.close();
    QCOMPARE(tree.rowCount(), 0);
}

void TestItemModels::tree_holds_every_decision_once()
{
    ReadySession session;
    QVERIFY(session.openAndWait());
    LayerTreeModel tree(session);
    QVector<int> all;
    for (int row = 0; row < tree.rowCount(); ++row)
        all += tree.decisions(tree.index(row, 0));
    std::sort(all.begin(), all.end());
    QCOMPARE(all.size(), qsizetype(session.profile()->decisions.size()));
    for (int d = 0; d < all.size(); ++d) {
        QCOMPARE(all[d], d);
        const QModelIndex index = tree.indexOf(d);
        QVERIFY(index.isValid());
        QCOMPARE(tree.decisions(index), QVector<int> {d});
        QVERIFY(tree.index(index.row(), 0, index.parent()) == index);
    }
    QVERIFY(!tree.indexOf(-1).isValid());
    QVERIFY(!tree.indexOf(int(all.size())).isValid());
}

void TestItemModels::tree_sums_are_those_of_the_plan()
{
    ReadySession session;
    QVERIFY(session.openAndWait());
    QLocale::setDefault(QLocale::c());
    LayerTreeModel tree(session);
    double megabytes = 0;
    for (int row = 0; row < tree.rowCount(); ++row)
        megabytes += tree.index(row, LayerTreeModel::megabytes).data().toDouble();
    const double planned = double(session.planned()->plan->dataBytes) / 1e6;
    QVERIFY(qAbs(megabytes - planned) <= 0.005 * tree.rowCount());
}

void TestItemModels::pins_and_chains_are_seen_in_table_and_tree()
{
    ReadySession session;
    QVERIFY(session.openAndWait());
    const TensorTableModel table(session);
    const LayerTreeModel tree(session);
    const auto icons = [&](int decision) {
        const QModelIndex node = tree.indexOf(decision);
        return std::pair(
            !table.index(decision, TensorTableModel::bits).data(Qt::DecorationRole).value<QIcon>().isNull(),
            !node.siblingAtColumn(LayerTreeModel::bits).data(Qt::DecorationRole).value<QIcon>().isNull());
    };
    int plain = -1, tied = -1;
    for (int d = 0; d < table.rowCount(); ++d) {
        const DecisionView view(session, d);
        if (view.isFree())
            (view.tied() ? tied : plain) = d;
    }
    QCOMPARE(icons(tied), std::pair(true, true));
    QCOMPARE(icons(plain), std::pair(false, false));
    session.editor().pin({{plain, *session.codecForBits(plain, 8)}}, QStringLiteral("pin"));
    QCOMPARE(icons(plain), std::pair(true, true));
}

void TestItemModels::what_was_odd_is_said_in_tool_tips()
{
    test::ScratchFolder folder;
    test::SafetensorsBuilder builder;
    std::vector<float> values(64 * 64, 0.5F);
    values[3] = std::numeric_limits<float>::quiet_NaN();
    builder.addFloats("model.layers.0.mlp.up_proj.weight", {64, 64}, values);
    folder.write("model.safetensors", builder.bytes());
    ReadySession session;
    session.open(folder / "model.safetensors");
    QTRY_VERIFY_WITH_TIMEOUT(
        session.state() == Session::State::ready && session.planned(), bitloupe::test::patience);
    const DecisionView view(session, 0);
    QCOMPARE(view.trouble(), HeatmapCell::Trouble::notFinite);
    QCOMPARE(view.remarks(), QStringList {QStringLiteral("NaN or infinite values: 1")});
    const TensorTableModel table(session);
    QVERIFY(table.index(0, 0).data(Qt::ToolTipRole).toString().contains(view.remarks().first()));
    TensorPanel panel(session);
    panel.show(0, 1);
    bool said = false;
    const auto labels = panel.findChildren<QLabel*>();
    for (const QLabel* label : labels)
        said |= label->text().contains(view.remarks().first());
    QVERIFY(said);
}

void TestItemModels::proxy_shows_what_the_filter_leaves()
{
    ReadySession session;
    QVERIFY(session.openAndWait());
    TensorTableModel table(session);
    TensorFilterProxy proxy;
    proxy.setSourceModel(&table);
    Tester tester(&proxy, fatal);
    const TensorFilter filter(QStringLiteral("role:down"));
    QVector<bool> shown;
    for (int d = 0; d < table.rowCount(); ++d)
        shown.append(filter.matches(DecisionView(session, d)));
    proxy.setShown(shown);
    QCOMPARE(proxy.rowCount(), int(shown.count(true)));
    QVERIFY(proxy.rowCount() > 0 && proxy.rowCount() < table.rowCount());
    proxy.setShown({});
    QCOMPARE(proxy.rowCount(), table.rowCount());
}

void TestItemModels::filter_words_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("matchesQuery"); // layer 1, q
    QTest::addColumn<bool>("matchesDown"); // layer 0, down
    QTest::newRow("empty") << "" << true << true;
    QTest::newRow("word") << "Q_PROJ" << true << false;
    QTest::newRow("two words") << "layers q_proj" << true << false;
    QTest::newRow("words that exclude") << "down_proj q_proj" << false << false;
    QTest::newRow("expression") << "/layers\\.[0-9]+\\.mlp/" << false << true;
    QTest::newRow("expression with a space") << "/a b|q_proj/" << true << false;
    QTest::newRow("expression and word") << "/proj/ down" << false << true;
    QTest::newRow("role") << "role:q" << true << false;
    QTest::newRow("attention") << "role:attn" << true << false;
    QTest::newRow("mlp") << "role:mlp" << false << true;
    QTest::newRow("layer") << "layer:1" << true << false;
    QTest::newRow("layers") << "layer:0-1" << true << true;
    QTest::newRow("bits") << "bits<=16" << true << true;
    QTest::newRow("no bits") << "bits<2" << false << false;
    QTest::newRow("pinned") << "pinned" << true << false;
    QTest::newRow("broken expression") << "/(/" << false << false;
    QTest::newRow("lone slash") << "/" << false << false;
}

void TestItemModels::filter_words()
{
    static ReadySession session;
    if (!session.model()) {
        QVERIFY(session.openAndWait());
    }
    const auto find = [&](int layer, TensorRole role) {
        const auto& decisions = session.profile()->decisions;
        for (std::size_t d = 0; d < decisions.size(); ++d)
            if (decisions[d].layer == layer && decisions[d].role == role)
                return static_cast<int>(d);
        return -1;
    };
    const int query = find(1, TensorRole::attentionQ), down = find(0, TensorRole::mlpDown);
    QVERIFY(query >= 0 && down >= 0);
    session.editor().pin({{query, *session.codecForBits(query, 8)}}, QStringLiteral("pin"));
    QFETCH(QString, line);
    const TensorFilter filter(line);
    QTEST(filter.matches(DecisionView(session, query)), "matchesQuery");
    QTEST(filter.matches(DecisionView(session, down)), "matchesDown");
}

void TestItemModels::filter_reports_a_broken_expression()
{
    QString problem;
    const TensorFilter broken(QStringLiteral("/(/"), &problem);
    QVERIFY(!problem.isEmpty());
    problem.clear();
    const TensorFilter fine(QStringLiteral("/(a)/"), &problem);
    QVERIFY(problem.isEmpty());
}

void TestItemModels::findings_are_a_proper_model()
{
    ReadySession session;
    FindingsModel findings;
    Tester tester(&findings, fatal);
    QVERIFY(session.openAndWait());
    findings.setFindings(findFindings(session));
    QVERIFY(findings.rowCount() > 0);
    for (int row = 0; row < findings.rowCount(); ++row)
        QVERIFY(!findings.index(row).data().toString().isEmpty());
    findings.setFindings({{Finding::Kind::note, QStringLiteral("<img src='x'>"), {}, -1}});
    QVERIFY(!findings.index(0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
    findings.setFindings({});
    QCOMPARE(findings.rowCount(), 0);
}

void TestItemModels::findings_name_what_is_odd_and_where()
{
    test::ScratchFolder folder;
    test::SafetensorsBuilder builder;
    std::vector<float> values(64 * 64);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = (i % 2 == 0 ? 1.0F : -1.0F) * (0.5F + float(i % 7) / 14);
    std::vector<float> sharp = values, gap = values;
    sharp[100] = 1000;
    std::fill_n(gap.begin(), 3 * 64, 0.0F);
    builder.addFloats("model.layers.0.self_attn.q_proj.weight", {64, 64}, values);
    builder.addFloats("model.layers.0.mlp.up_proj.weight", {64, 64}, sharp);
    builder.addFloats("model.layers.0.mlp.down_proj.weight", {64, 64}, gap);
    builder.addFloats("model.layers.0.self_attn.v_proj.weight", {64, 64}, values);
    builder.addFloats(
        "model.layers.0.mlp.gate_proj.weight", {64, 64}, std::vector<float>(64 * 64, 0.0F));
    folder.write("model.safetensors", builder.bytes());
    ReadySession session;
    QVERIFY(session.openAndWait(folder / "model.safetensors"));
    QTRY_COMPARE(session.copies().size(), std::size_t(1));
    QMap<int, QStringList> said;
    const QVector<Finding> findings = findFindings(session);
    for (const Finding& finding : findings)
        said[finding.decision].append(finding.sentence);
    const auto of = [&](TensorRole role) {
        const auto& decisions = session.profile()->decisions;
        for (std::size_t d = 0; d < decisions.size(); ++d)
            if (decisions[d].role == role)
                return said.value(static_cast<int>(d)).join(QLatin1Char('|'));
        return QString();
    };
    QVERIFY(of(TensorRole::mlpUp).contains(QChar(0x3C3)));
    QVERIFY(of(TensorRole::mlpDown).contains(QLatin1String("3 rows are all zero")));
    QVERIFY(of(TensorRole::mlpGate).contains(QLatin1String("all zero")));
    QVERIFY(!of(TensorRole::attentionQ).contains(QLatin1String("zero")));
    QVERIFY(of(TensorRole::attentionV).contains(QLatin1String("the same numbers as")));
    QVERIFY(!of(TensorRole::attentionQ).contains(QLatin1String("the same numbers")));
}

void TestItemModels::copies_are_found_in_kept_scores_and_leave_with_the_model()
{
    test::ScratchFolder folder;
    test::SafetensorsBuilder builder;
    std::vector<float> values(64 * 64);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = float(i % 13) - 6;
    for (const char* name : {"q", "k", "v"})
        builder.addFloats("model.layers.0.self_attn." + std::string(name) + "_proj.weight",
            {64, 64}, values);
    folder.write("model.safetensors", builder.bytes());
    for (const bool kept : {false, true}) {
        ReadySession session;
        session.setCacheDirectory(folder / "cache");
        QSignalSpy found(&session, &Session::copiesFound);
        QVERIFY(session.openAndWait(folder / "model.safetensors"));
        QCOMPARE(session.fromCache(), kept);
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(session.copies().size(), std::size_t(2));
        session.close();
        QVERIFY(session.copies().empty());
    }
}

void TestItemModels::recent_models_are_a_proper_model()
{
    RecentModelList list;
    Tester tester(&list, fatal);
    list.setModels({{QStringLiteral("/nowhere"), QStringLiteral("evil\nname"), 5, 6, {}},
        {QStringLiteral("/"), QStringLiteral("root"), 7, 8, QDateTime::currentDateTime()}});
    QCOMPARE(list.rowCount(), 2);
    QVERIFY(!list.index(0, RecentModelList::Name).data().toString().contains(QLatin1Char('\n')));
    QVERIFY(!list.index(0, RecentModelList::State).data().toString().isEmpty());
    QVERIFY(list.index(1, RecentModelList::State).data().toString().isEmpty());
}

QTEST_MAIN(TestItemModels)
#include "tst_item_models.moc"
