// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/decision_text.h"
#include "ui/error_map_page.h"
#include "ui/gap_watch.h"
#include "ui/ready_session.h"
#include "ui/views/error_map_view.h"

#include <QSpinBox>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;

class TestErrorMap : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_session.openAndWait()); }
    void init()
    {
        m_page = std::make_unique<ErrorMapPage>(m_session);
        m_page->resize(320, 150);
    }
    void cleanup() { m_page.reset(); }

    void nothing_is_computed_while_nobody_looks()
    {
        m_page->show(decision(TensorRole::mlpDown));
        QVERIFY(!m_page->computing());
        m_page->QWidget::show();
        QVERIFY(m_page->computing());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->view().data().rows, 256, patience);
    }

    void fields_choose_the_square()
    {
        m_page->QWidget::show();
        m_page->show(decision(TensorRole::mlpDown));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->view().data().firstColumn, 0, patience);
        QCOMPARE(m_page->columnField().maximum(), 512); // 768 columns
        QVERIFY(!m_page->rowField().isEnabled()); // 256 rows
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->computing(), patience);
        const QVector<float> first = m_page->view().data().before;
        m_page->columnField().stepUp();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->view().data().firstColumn, 256, patience);
        QVERIFY(m_page->view().data().before != first);
        QVERIFY(m_page->view().data().before != m_page->view().data().after);
    }

    void points_say_their_weight()
    {
        m_page->QWidget::show();
        m_page->show(decision(TensorRole::mlpDown));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->view().data().rows, 256, patience);
        const ErrorMapView& view = m_page->view();
        QVERIFY(view.textAt(view.rect().center()).startsWith(QStringLiteral("Row ")));
        QVERIFY(view.textAt({0, view.height() - 1}).isEmpty());
        if (const QString pictures = qEnvironmentVariable("BITLOUPE_PICTURES"); !pictures.isEmpty())
            m_page->grab().save(pictures + QStringLiteral("/error_map.png"));
    }

    void what_a_probe_finds_is_taken_into_account()
    {
        test::ReadySession session;
        QVERIFY(session.openAndWait());
        ErrorMapPage page(session);
        page.resize(320, 150);
        page.QWidget::show();
        const int down = decision(TensorRole::mlpDown);
        session.editor().pin({{down, findCodec("affine-3-g64")->id}}, QStringLiteral("pin"));
        QVERIFY(QTest::qWaitFor([&] {
            return DecisionView(session, down).codec().id == findCodec("affine-3-g64")->id;
        }, patience));
        page.show(down);
        QTRY_VERIFY_WITH_TIMEOUT(!page.computing() && page.view().data().rows > 0, patience);
        const QVector<float> before = page.view().data().after;
        session.setProbeDepth(ProbeDepth::forward);
        QVERIFY(QTest::qWaitFor([&] {
            return test::isReady(session) && session.analysis()->moments;
        }, patience));
        page.show(down); // as the tensor panel does with each plan
        QTRY_VERIFY_WITH_TIMEOUT(!page.computing(), patience);
        QVERIFY(page.view().data().after != before);
    }

    void what_has_no_map_says_why()
    {
        m_page->QWidget::show();
        m_page->show(-1);
        QVERIFY(!m_page->view().reason().isEmpty());
        const auto& decisions = m_session.profile()->decisions;
        for (int d = 0; d < static_cast<int>(decisions.size()); ++d)
            if (!DecisionView(m_session, d).isFree()) {
                m_page->show(d);
                QVERIFY(m_page->view().reason().contains(QStringLiteral("as it is")));
                return;
            }
        QFAIL("the sample has norms");
    }

    void window_answers_while_squares_are_computed()
    {
        m_page->QWidget::show();
        test::GapWatch watch;
        QTest::qWait(50);
        watch.restart();
        for (int i = 0; i < 20; ++i) {
            m_page->show(decision(i % 2 ? TensorRole::mlpDown : TensorRole::mlpUp));
            QTest::qWait(20);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->computing(), patience);
        QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
    }

private:
    int decision(TensorRole role) const
    {
        const auto& decisions = m_session.profile()->decisions;
        for (std::size_t d = 0; d < decisions.size(); ++d)
            if (decisions[d].role == role && decisions[d].options.size() > 1)
                return static_cast<int>(d);
        return -1;
    }

    test::ReadySession m_session;
    std::unique_ptr<ErrorMapPage> m_page;
};

QTEST_MAIN(TestErrorMap)
#include "tst_error_map.moc"
