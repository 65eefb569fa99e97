// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/decision_text.h"
#include "ui/heatmap_page.h"
#include "ui/ready_session.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/legend.h"
#include "ui/views/plot_theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

#include <cmath>

using namespace bitloupe;
using namespace bitloupe::ui;

class TestColourScalePage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY(m_session.openAndWait());
        m_page = std::make_unique<HeatmapPage>(m_session);
        m_page->resize(900, 600);
        m_page->show();
        m_page->refresh();
    }
    void init()
    {
        m_page->colourBy(ColourChoice::damage);
        reset();
    }
    void cleanupTestCase() { m_page.reset(); }

    void typed_ends_are_those_of_the_colours_and_of_the_legend();
    void ends_are_kept_for_each_metric();
    void reset_gives_back_the_ends_of_the_values();
    void what_makes_no_scale_is_said_and_not_used_data();
    void what_makes_no_scale_is_said_and_not_used();
    void the_log_box_and_the_editor_agree();
    void a_click_and_a_key_open_the_editor();
    void a_difference_has_its_middle_at_zero_in_either_scheme();
    void bits_beside_a_plan_that_was_kept();
    void a_plan_that_goes_gives_way_to_the_uniform_one();
    void a_plan_for_other_decisions_leaves_the_cells_unknown();

private:
    ScaleEditor& editor() { return m_page->scaleEditor(); }
    std::pair<double, double> range() { return m_page->view().valueRange(); }
    void type(QLineEdit* field, const QString& text)
    {
        field->clear();
        QTest::keyClicks(field, text);
    }
    void reset()
    {
        QTest::keyClick(&m_page->legend(), Qt::Key_Space);
        for (auto* button : editor().findChildren<QPushButton*>())
            button->click();
        editor().close();
    }

    test::ReadySession m_session;
    std::unique_ptr<HeatmapPage> m_page;
};

void TestColourScalePage::typed_ends_are_those_of_the_colours_and_of_the_legend()
{
    const auto [least, most] = m_page->view().dataRange();
    const double middle = std::sqrt(least * most);
    QTest::keyClick(&m_page->legend(), Qt::Key_Space);
    const QImage before = m_page->view().toImage({600, 400}, 1);
    type(editor().highestField(), QLocale().toString(middle, 'g', 4));
    QVERIFY(std::abs(range().second / middle - 1) < 1e-3);
    QCOMPARE(range().first, least);
    QVERIFY(m_page->legend().accessibleDescription().contains(shortNumber(range().second)));
    QVERIFY(m_page->view().toImage({600, 400}, 1) != before);
}

void TestColourScalePage::ends_are_kept_for_each_metric()
{
    m_page->setColourRange({1e-9, 3, true});
    m_page->colourBy(ColourChoice::nrmse);
    QVERIFY(range().second != 3);
    m_page->setColourRange({0, 0.5, false});
    m_page->colourBy(ColourChoice::damage);
    QCOMPARE(range(), std::pair(1e-9, 3.0));
    QVERIFY(m_page->view().style().logScale);
    m_page->colourBy(ColourChoice::nrmse);
    QCOMPARE(range(), std::pair(0.0, 0.5));
    QVERIFY(!m_page->view().style().logScale);
}

void TestColourScalePage::reset_gives_back_the_ends_of_the_values()
{
    m_page->setColourRange({1e-9, 3, true});
    reset();
    QCOMPARE(range(), m_page->view().dataRange());
    QCOMPARE(editor().lowestField()->text(), QString());
}

void TestColourScalePage::what_makes_no_scale_is_said_and_not_used_data()
{
    QTest::addColumn<QString>("lowest");
    QTest::addColumn<QString>("highest");
    QTest::newRow("word") << "a lot" << "";
    QTest::newRow("the wrong way round") << "2" << "1";
    QTest::newRow("empty") << "1" << "1";
    QTest::newRow("zero on a log scale") << "0" << "1";
    QTest::newRow("infinite") << "" << "inf";
}

void TestColourScalePage::what_makes_no_scale_is_said_and_not_used()
{
    QFETCH(QString, lowest);
    QFETCH(QString, highest);
    QTest::keyClick(&m_page->legend(), Qt::Key_Space);
    QVERIFY(m_page->view().style().logScale);
    QSignalSpy changed(&editor(), &ScaleEditor::changed);
    editor().highestField()->setText(highest);
    editor().lowestField()->setText(lowest.chopped(lowest.isEmpty() ? 0 : 1));
    QTest::keyClicks(lowest.isEmpty() ? editor().highestField() : editor().lowestField(),
        lowest.isEmpty() ? QStringLiteral("i") : lowest.right(1));
    QVERIFY(!editor().problem().isEmpty());
    QCOMPARE(changed.count(), 0);
    QCOMPARE(range(), m_page->view().dataRange());
}

void TestColourScalePage::the_log_box_and_the_editor_agree()
{
    m_page->setColourRange({0, 1, false});
    for (auto* box : m_page->findChildren<QCheckBox*>())
        if (box->parent() == m_page.get() && box->text() == QLatin1String("Log scale"))
            box->click();
    QVERIFY(m_page->view().style().logScale);
    QVERIFY(range().first > 0); // a log scale has no zero: the values' own end stands in
    QTest::keyClick(&m_page->legend(), Qt::Key_Space);
    QVERIFY(editor().findChild<QCheckBox*>()->isChecked());
}

void TestColourScalePage::a_click_and_a_key_open_the_editor()
{
    QVERIFY(!editor().isVisible());
    QTest::mouseClick(&m_page->legend(), Qt::LeftButton);
    QVERIFY(editor().isVisible());
    if (const QString pictures = qEnvironmentVariable("BITLOUPE_PICTURES"); !pictures.isEmpty())
        editor().grab().save(pictures + QStringLiteral("/scale_editor.png"));
    editor().close();
    QTest::keyClick(&m_page->legend(), Qt::Key_Return);
    QVERIFY(editor().isVisible());
    editor().close();
}

void TestColourScalePage::a_difference_has_its_middle_at_zero_in_either_scheme()
{
    m_page->colourBy(ColourChoice::bitsOverUniform);
    const auto [least, most] = m_page->view().dataRange();
    QVERIFY(least < most);
    QCOMPARE(range().second, std::max(std::abs(least), std::abs(most)));
    QCOMPARE(range().first, -range().second);
    QVERIFY(m_page->view().style().map == ColorMap::difference);
    const auto middle = [this] {
        const QImage legend = m_page->legend().grab().toImage();
        int lightness = 0;
        for (int x = 100; x < 110; ++x) // around the neutral colour
            lightness += legend.pixelColor(x, 6).lightness();
        return lightness / 10;
    };
    QVERIFY2(middle() > 200, qPrintable(QString::number(middle())));
    QPalette dark = m_page->palette();
    dark.setColor(QPalette::Window, Qt::black);
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::WindowText, Qt::white);
    dark.setColor(QPalette::Text, Qt::white);
    const QPalette before = m_page->palette();
    m_page->setPalette(dark);
    QVERIFY2(middle() < 90, qPrintable(QString::number(middle())));
    m_page->setPalette(before);
    QVERIFY(middle() > 200);
    m_page->colourBy(ColourChoice::damage);
    QVERIFY(m_page->view().style().map == ColorMap::viridis);
}

void TestColourScalePage::bits_beside_a_plan_that_was_kept()
{
    // One with the second option of everything that has a choice.
    const auto second = [](const TargetProfile& profile) {
        return std::vector<std::uint16_t>(profile.decisions.size(), 1);
    };
    m_page->offerPlans({{QStringLiteral("mine"), second}});
    m_page->colourBy(ColourChoice::bitsOverPlan);
    QVERIFY(m_page->view().style().map == ColorMap::difference);
    int compared = 0;
    for (const HeatmapCell& cell : m_page->view().data().cells) {
        if (cell.decision < 0)
            continue;
        const DecisionView view(m_session, cell.decision);
        const CodecOption& other = view.decision().options[1];
        const double bits
            = view.bitsPerWeight() - 8.0 * double(other.dataBytes) / double(view.decision().elements);
        QVERIFY(std::abs(cell.value - bits) < 1e-9);
        ++compared;
    }
    QVERIFY(compared > 0);
    QCOMPARE(range().first, -range().second);
}

void TestColourScalePage::a_plan_that_goes_gives_way_to_the_uniform_one()
{
    const auto first = [](const TargetProfile& profile) {
        return std::vector<std::uint16_t>(profile.decisions.size(), 0);
    };
    m_page->offerPlans({{QStringLiteral("a"), first}, {QStringLiteral("b"), first}});
    m_page->colourBy(ColourChoice::bitsOverPlan); // the first of them
    auto* colour = m_page->findChild<QComboBox*>();
    QCOMPARE(colour->currentText(), QStringLiteral("Bits beside a"));
    m_page->offerPlans({{QStringLiteral("0"), first}, {QStringLiteral("a"), first}});
    QCOMPARE(colour->currentText(), QStringLiteral("Bits beside a"));
    m_page->offerPlans({});
    QCOMPARE(colour->currentText(), QStringLiteral("Bits beside the uniform plan"));
    m_page->colourBy(ColourChoice::damage);
    m_page->offerPlans({{QStringLiteral("a"), first}}); // what is shown stays
    QCOMPARE(colour->currentText(), QStringLiteral("Predicted damage"));
}

void TestColourScalePage::a_plan_for_other_decisions_leaves_the_cells_unknown()
{
    m_page->offerPlans(
        {{QStringLiteral("other"), [](const TargetProfile&) { return std::vector<std::uint16_t>(); }}});
    m_page->colourBy(ColourChoice::bitsOverPlan);
    for (const HeatmapCell& cell : m_page->view().data().cells)
        QVERIFY(std::isnan(cell.value));
    QVERIFY(std::isnan(range().first));
}

QTEST_MAIN(TestColourScalePage)
#include "tst_colour_scale_page.moc"
