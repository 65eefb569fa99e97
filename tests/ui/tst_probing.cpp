// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/decision_text.h"
#include "report/score_cache.h"
#include "ui/heatmap_builder.h"
#include "ui/models/tensor_table_model.h"
#include "ui/probing.h"
#include "ui/qt_text.h"
#include "ui/ready_session.h"
#include "ui/tensor_panel.h"
#include "ui/tier_table.h"
#include "ui/views/channel_profile.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

using namespace bitloupe;
using bitloupe::test::isReady;
using bitloupe::test::patience;
using bitloupe::test::ReadySession;
using bitloupe::ui::Session;

namespace {

std::ptrdiff_t probedTensors(const Session& session)
{
    const auto& tensors = session.analysis()->tensors;
    return std::count_if(tensors.begin(), tensors.end(),
        [](const TensorScore& score) { return score.probed != ProbeTier::none; });
}

bool waitUntilProbing(Session& session)
{
    session.open(BITLOUPE_SOURCE_DIR "/resources/sample");
    return QTest::qWaitFor([&session] { return session.probing(); }, patience);
}

int firstOf(const Session& session, TensorRole role)
{
    const auto& decisions = session.profile()->decisions;
    const auto found = std::find_if(decisions.begin(), decisions.end(),
        [role](const Decision& one) { return one.role == role; });
    return static_cast<int>(found - decisions.begin());
}

} // namespace

class TestProbing : public QObject {
    Q_OBJECT
private slots:
    void probe_follows_the_first_pass();
    void without_a_probe_nothing_is_probed();
    void another_depth_probes_again_or_drops();
    void plan_of_the_first_pass_shows_while_it_probes();
    void stopping_the_probe_leaves_the_first_plan();
    void closing_while_it_probes_is_quiet();
    void panel_shows_profiles_and_compares_tiers();
    void heatmap_and_table_show_what_the_probe_found();
    void second_opening_has_the_probe_from_the_cache();
    void a_probe_that_came_to_less_is_not_repeated();
    void importance_file_stands_in_for_the_inputs_and_is_dropped();
    void a_file_that_is_no_importance_file_changes_nothing();
};

void TestProbing::probe_follows_the_first_pass()
{
    ReadySession session(ProbeDepth::automatic);
    QSignalSpy failed(&session, &Session::failed);
    QVERIFY(session.openAndWait());
    QCOMPARE(failed.count(), 0);
    QCOMPARE(session.tier(), 3);
    QVERIFY(session.tierReason().isEmpty());
    QVERIFY(!session.probing());
    QVERIFY(probedTensors(session) > 20);
    const auto& tensors = session.analysis()->tensors;
    QVERIFY(std::any_of(tensors.begin(), tensors.end(), [](const TensorScore& score) {
        return !score.curve.empty() && std::isfinite(score.curve.front().probed.damage);
    }));
}

void TestProbing::without_a_probe_nothing_is_probed()
{
    ReadySession session(ProbeDepth::none);
    QVERIFY(session.openAndWait());
    QCOMPARE(session.tier(), 1);
    QCOMPARE(probedTensors(session), std::ptrdiff_t(0));
}

void TestProbing::another_depth_probes_again_or_drops()
{
    ReadySession session(ProbeDepth::forward);
    QVERIFY(session.openAndWait());
    QCOMPARE(session.tier(), 2);
    session.setProbeDepth(ProbeDepth::none);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(session), patience);
    QCOMPARE(session.tier(), 1);
    QCOMPARE(probedTensors(session), std::ptrdiff_t(0));
}

void TestProbing::plan_of_the_first_pass_shows_while_it_probes()
{
    ReadySession session(ProbeDepth::automatic);
    QVERIFY(waitUntilProbing(session));
    QCOMPARE(session.state(), Session::State::analysing);
    QVERIFY(QTest::qWaitFor(
        [&session] { return session.planned() && !session.planned()->plan->provisional; },
        patience));
    QVERIFY(QTest::qWaitFor([&session] { return isReady(session); }, patience));
}

void TestProbing::stopping_the_probe_leaves_the_first_plan()
{
    ReadySession session(ProbeDepth::automatic);
    QSignalSpy failed(&session, &Session::failed);
    QVERIFY(waitUntilProbing(session));
    session.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(session), patience);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(session.tier(), 1);
    QVERIFY(!session.tierReason().isEmpty());
}

void TestProbing::closing_while_it_probes_is_quiet()
{
    ReadySession session(ProbeDepth::automatic);
    QSignalSpy failed(&session, &Session::failed);
    QVERIFY(waitUntilProbing(session));
    session.close();
    QVERIFY(!session.probing());
    QTest::qWait(50);
    QCOMPARE(session.state(), Session::State::empty);
    QCOMPARE(failed.count(), 0);
}

void TestProbing::panel_shows_profiles_and_compares_tiers()
{
    ReadySession session(ProbeDepth::automatic);
    QVERIFY(session.openAndWait());
    ui::TensorPanel panel(session);
    const int query = firstOf(session, TensorRole::attentionQ);
    panel.show(query, 1);
    const Decision& decision = session.profile()->decisions[std::size_t(query)];
    const auto profiles = panel.findChildren<ui::ChannelProfileView*>();
    QCOMPARE(profiles.size(), 2);
    QCOMPARE(profiles[0]->profile().size(), qsizetype(decision.columns));
    QCOMPARE(profiles[1]->profile().size(), qsizetype(decision.rows));
    const auto* tiers = panel.findChild<ui::TierTable*>();
    const ui::DecisionView view(session, query);
    for (int tier = 1; tier <= 3; ++tier) {
        QVERIFY(std::isfinite(view.tierDamage(tier)));
        QCOMPARE(tiers->damageText(tier), ui::scoreToQt(view.tierDamage(tier)));
        QVERIFY(!tiers->shareText(tier).isEmpty());
    }
}

void TestProbing::heatmap_and_table_show_what_the_probe_found()
{
    ReadySession session(ProbeDepth::automatic);
    QVERIFY(session.openAndWait());
    const int query = firstOf(session, TensorRole::attentionQ);
    const ui::DecisionView view(session, query);
    const auto choices = ui::colourChoices();
    for (const ui::ColourChoice& choice : choices) {
        if (choice.kind != ui::ColourChoice::inputError
            && choice.kind != ui::ColourChoice::outputDamage)
            continue;
        const ui::HeatmapData data = ui::buildHeatmap(session, choice);
        const double value = data.cells[data.find(query)].value;
        QCOMPARE(value,
            choice.kind == ui::ColourChoice::inputError ? view.inputError() : view.outputDamage());
        QVERIFY(value > 0);
    }
    const ui::TensorTableModel table(session);
    const auto text = [&](int column) { return table.index(query, column).data().toString(); };
    QCOMPARE(text(ui::TensorTableModel::outputDamage), ui::scoreToQt(view.outputDamage()));
    QCOMPARE(text(ui::TensorTableModel::tier), QStringLiteral("3"));
}

void TestProbing::second_opening_has_the_probe_from_the_cache()
{
    QTemporaryDir cache;
    ReadySession first(ProbeDepth::automatic);
    first.setCacheDirectory(cache.path().toStdString());
    QVERIFY(first.openAndWait());
    ReadySession second(ProbeDepth::automatic);
    second.setCacheDirectory(cache.path().toStdString());
    bool probed = false;
    connect(&second, &Session::stateChanged, this, [&] { probed |= second.probing(); });
    QVERIFY(second.openAndWait());
    QVERIFY(second.fromCache());
    QCOMPARE(second.tier(), 3);
    QVERIFY(!probed);
    QCOMPARE(second.planned()->plan->damage, first.planned()->plan->damage);
}

void TestProbing::a_probe_that_came_to_less_is_not_repeated()
{
    QTemporaryDir cache;
    const std::filesystem::path folder = cache.path().toStdString();
    ReadySession first(ProbeDepth::forward);
    QVERIFY(first.openAndWait());
    Analysis analysis = *first.analysis();
    Moments less = *analysis.moments;
    less.reason = "the gradients did not stay finite";
    analysis.moments = std::make_shared<const Moments>(std::move(less));
    QVERIFY(storeCachedAnalysis(folder, *first.model(), analysis, ProbeTier::full).has_value());
    ReadySession second(ProbeDepth::automatic);
    second.setCacheDirectory(folder);
    bool probed = false;
    connect(&second, &Session::stateChanged, this, [&] { probed |= second.probing(); });
    QVERIFY(second.openAndWait());
    QVERIFY(!probed);
    QCOMPARE(second.tier(), 2);
    QCOMPARE(second.tierReason(), QStringLiteral("the gradients did not stay finite"));
}

void TestProbing::importance_file_stands_in_for_the_inputs_and_is_dropped()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("made.dat").toStdString();
    ReadySession session(ProbeDepth::forward);
    QVERIFY(session.openAndWait());
    const auto own = session.analysis()->moments;
    const double before = session.planned()->plan->damage;
    QSignalSpy saved(&session, &Session::imatrixSaved);
    session.saveImatrix(file);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);

    session.importImatrix(file);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(session) && session.imatrix() == file, patience);
    QVERIFY(!session.analysis()->moments->source.empty());
    QVERIFY(!session.imatrixNotes().isEmpty());
    QCOMPARE(session.ownTier(), ProbeTier::forward);
    const auto query = std::size_t(firstOf(session, TensorRole::attentionQ));
    const std::size_t source = session.profile()->decisions[query].sources.front().index();
    QCOMPARE(session.analysis()->moments->tensors[source].input, own->tensors[source].input);

    session.dropImatrix();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(session) && !session.imatrix(), patience);
    QVERIFY(session.analysis()->moments->source.empty());
    QCOMPARE(session.planned()->plan->damage, before);
}

void TestProbing::a_file_that_is_no_importance_file_changes_nothing()
{
    ReadySession session(ProbeDepth::forward);
    QVERIFY(session.openAndWait());
    QSignalSpy failed(&session, &Session::failed);
    session.importImatrix(BITLOUPE_SOURCE_DIR "/LICENSE");
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
    QVERIFY(isReady(session));
    QVERIFY(!session.imatrix());
    QCOMPARE(session.tier(), 2);
}

QTEST_MAIN(TestProbing)
#include "tst_probing.moc"
