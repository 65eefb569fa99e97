// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace bitloupe;
using bitloupe::ui::Session;

namespace {

constexpr int patience = 60'000; // sanitizers are slow

std::filesystem::path sample() { return BITLOUPE_SOURCE_DIR "/resources/sample"; }

bool opensAndScores(Session& session, const std::filesystem::path& path = sample())
{
    session.open(path);
    return QTest::qWaitFor([&] { return session.state() == Session::State::ready; }, patience)
        && QTest::qWaitFor(
            [&] { return session.planned() && session.planned()->plan
                    && !session.planned()->plan->provisional; },
            patience);
}

std::uint64_t waiting(const Session& session)
{
    return static_cast<std::uint64_t>(std::count_if(session.analysis()->tensors.begin(),
        session.analysis()->tensors.end(),
        [](const TensorScore& score) { return score.state == TensorState::waiting; }));
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
private slots:
    void scores_and_plans_the_sample();
    void second_opening_comes_from_the_cache();
    void says_why_a_path_cannot_be_opened();
    void cells_fill_in_while_it_measures();
    void cancel_keeps_what_is_there();
    void analysing_again_ends_ready();
    void closing_while_it_measures_is_quiet();
    void opening_another_model_while_measuring_wins();
    void plan_keeps_the_budget_and_follows_it();
    void pin_is_followed_and_undone();
    void impossible_budget_is_a_problem_not_a_failure();
    void codec_for_bits_fits_the_decision();
    void signals_find_consistent_state();
};

void TestSession::scores_and_plans_the_sample()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QSignalSpy failed(&session, &Session::failed);
    QVERIFY(opensAndScores(session));
    QCOMPARE(failed.count(), 0);
    QVERIFY(!session.fromCache());
    QVERIFY(!session.exportProblem());
    QCOMPARE(waiting(session), 0U);
    QVERIFY(session.planned()->plan->fileBytes > 0);
    QVERIFY(session.planned()->uniform.has_value());
    QVERIFY(session.planned()->mint.has_value());
    QVERIFY(session.planned()->swan.has_value());
    QVERIFY(session.planned()->frontier.points.size() > 10);
}

void TestSession::second_opening_comes_from_the_cache()
{
    QTemporaryDir cache;
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(cache.path().toStdString());
    QVERIFY(opensAndScores(session));
    const double damage = session.planned()->plan->damage;
    Session second;
    second.setProbeDepth(ProbeDepth::none);
    second.setCacheDirectory(cache.path().toStdString());
    QVERIFY(opensAndScores(second));
    QVERIFY(second.fromCache());
    QCOMPARE(second.planned()->plan->damage, damage);
}

void TestSession::says_why_a_path_cannot_be_opened()
{
    Session session;
    QSignalSpy failed(&session, &Session::failed);
    session.open("/nowhere/at all");
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(session.state() == Session::State::empty);
    QVERIFY(!session.model());
}

void TestSession::cells_fill_in_while_it_measures()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QSignalSpy scores(&session, &Session::scoresChanged);
    QVERIFY(opensAndScores(session));
    // At least the reset, one batch of tensors, and the end.
    QVERIFY(scores.count() >= 2);
    QVERIFY(scores.last().first().value<QVector<int>>().isEmpty());
}

void TestSession::cancel_keeps_what_is_there()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QSignalSpy failed(&session, &Session::failed);
    session.open(sample());
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == Session::State::analysing, patience);
    session.setPaused(true);
    QVERIFY(session.paused());
    session.cancel(); // also ends a pause
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == Session::State::partial, patience);
    QCOMPARE(failed.count(), 0); // what the user wanted is no failure
    QVERIFY(session.model());
    QVERIFY(!session.analysis()->complete);
    QTRY_VERIFY_WITH_TIMEOUT(session.planned() && session.planned()->plan, patience);
}

void TestSession::analysing_again_ends_ready()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QVERIFY(opensAndScores(session));
    const double damage = session.planned()->plan->damage;
    session.analyse();
    QVERIFY(session.state() == Session::State::analysing);
    QCOMPARE(waiting(session), std::uint64_t(session.model()->tensors.size()));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == Session::State::ready, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!session.planned()->plan->provisional, patience);
    QCOMPARE(session.planned()->plan->damage, damage);
}

void TestSession::closing_while_it_measures_is_quiet()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QSignalSpy failed(&session, &Session::failed);
    session.open(sample());
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == Session::State::analysing, patience);
    QSignalSpy plans(&session, &Session::planChanged);
    session.close();
    QVERIFY(!session.model());
    QTest::qWait(0);
    QVERIFY(session.state() == Session::State::empty);
    QCOMPARE(plans.count(), 0);
    QCOMPARE(failed.count(), 0);
    {
        Session dying;
        dying.setCacheDirectory(std::nullopt);
        dying.open(sample());
        QTRY_VERIFY_WITH_TIMEOUT(dying.state() == Session::State::analysing, patience);
    } // destroyed in the middle
}

void TestSession::opening_another_model_while_measuring_wins()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QSignalSpy failed(&session, &Session::failed);
    session.open(sample());
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == Session::State::analysing, patience);
    session.open("/nowhere");
    session.open(sample());
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == Session::State::ready, patience);
    QCOMPARE(failed.count(), 0);
}

void TestSession::plan_keeps_the_budget_and_follows_it()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QVERIFY(opensAndScores(session));
    const double before = session.planned()->plan->damage;
    const std::uint64_t less = session.planned()->plan->fileBytes * 8 / 10;
    for (std::uint64_t step = 0; step < 20; ++step)
        session.editor().setBudget({BudgetKind::fileBytes, less + 20 - step}, true);
    session.editor().setBudget({BudgetKind::fileBytes, less}, false);
    QTRY_VERIFY_WITH_TIMEOUT(
        session.planned()->plan && session.planned()->plan->fileBytes <= less, patience);
    QVERIFY(session.planned()->plan->damage > before);
    QCOMPARE(session.editor().history().count(), 1);
}

void TestSession::pin_is_followed_and_undone()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QVERIFY(opensAndScores(session));
    int decision = 0;
    while (session.profile()->decisions[static_cast<std::size_t>(decision)].options.size() < 2)
        ++decision;
    const auto option = [&] {
        return session.planned()->plan->choices[static_cast<std::size_t>(decision)];
    };
    const CodecId eight = *session.codecForBits(decision, 8);
    session.editor().pin({{decision, eight}}, QStringLiteral("pin"));
    QTRY_VERIFY_WITH_TIMEOUT(option().reason == ReasonKind::pinned, patience);
    const auto& one = session.profile()->decisions[static_cast<std::size_t>(decision)];
    QVERIFY(one.options[option().option].codec == eight);
    session.editor().history().undo();
    QTRY_VERIFY_WITH_TIMEOUT(option().reason != ReasonKind::pinned, patience);
}

void TestSession::impossible_budget_is_a_problem_not_a_failure()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QVERIFY(opensAndScores(session));
    QSignalSpy failed(&session, &Session::failed);
    session.editor().setBudget({BudgetKind::fileBytes, 1000}, false);
    QTRY_VERIFY_WITH_TIMEOUT(session.planned()->problem.has_value(), patience);
    QCOMPARE(session.planned()->problem->code, Errc::infeasibleBudget);
    QVERIFY(!session.planned()->plan);
    QCOMPARE(failed.count(), 0);
    session.editor().history().undo();
    QTRY_VERIFY_WITH_TIMEOUT(session.planned()->plan.has_value(), patience);
}

void TestSession::codec_for_bits_fits_the_decision()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    QVERIFY(!session.codecForBits(0, 4));
    QVERIFY(opensAndScores(session));
    const auto& decisions = session.profile()->decisions;
    for (int d = 0; d < static_cast<int>(decisions.size()); ++d)
        for (const int bits : {2, 3, 4, 5, 6, 8, 16})
            if (const auto id = session.codecForBits(d, bits)) {
                QVERIFY(bits == 16 || codec(*id).bits == bits);
                const auto& options = decisions[static_cast<std::size_t>(d)].options;
                QVERIFY(std::any_of(options.begin(), options.end(),
                    [&](const CodecOption& option) { return option.codec == *id; }));
            }
    QVERIFY(!session.codecForBits(-1, 4));
    QVERIFY(!session.codecForBits(static_cast<int>(decisions.size()), 4));
}

// What the window may assume whenever it is told that something changed.
void TestSession::signals_find_consistent_state()
{
    Session session;
    session.setProbeDepth(ProbeDepth::none);
    session.setCacheDirectory(std::nullopt);
    int checks = 0;
    const auto check = [&] {
        QCOMPARE(session.model() == nullptr, session.profile() == nullptr);
        QCOMPARE(session.model() == nullptr, session.analysis() == nullptr);
        if (session.planned() && session.planned()->evidence)
            QCOMPARE(session.planned()->evidence->decisions.size(),
                session.profile()->decisions.size());
        if (session.planned() && session.planned()->plan)
            QCOMPARE(session.planned()->plan->choices.size(), session.profile()->decisions.size());
        ++checks;
    };
    connect(&session, &Session::stateChanged, &session, check);
    connect(&session, &Session::modelChanged, &session, check);
    connect(&session, &Session::scoresChanged, &session, check);
    connect(&session, &Session::planChanged, &session, check);
    QVERIFY(opensAndScores(session));
    session.open(sample());
    session.close();
    QVERIFY(checks > 6);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
