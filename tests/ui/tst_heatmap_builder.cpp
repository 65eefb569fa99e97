// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/decision_text.h"
#include "ui/heatmap_builder.h"
#include "ui/ready_session.h"

#include <QTest>

#include <algorithm>

using namespace bitloupe;
using namespace bitloupe::ui;

class TestHeatmapBuilder : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void bars_are_keyed_by_plan_and_uniform();
    void damage_per_megabyte_is_of_the_bytes_in_the_plan();
    void embedding_that_is_the_head_as_well_is_linked();

private:
    HeatmapData build() { return buildHeatmap(m_session, colourChoices().first()); }

    test::ReadySession m_session;
};

void TestHeatmapBuilder::initTestCase()
{
    QVERIFY(m_session.openAndWait());
}

void TestHeatmapBuilder::bars_are_keyed_by_plan_and_uniform()
{
    const HeatmapData data = build();
    QVERIFY(std::any_of(data.rows.begin(), data.rows.end(),
        [](const HeatmapRow& row) { return std::isfinite(row.uniformDamage); }));
    QVERIFY(!data.barTitle.isEmpty());
    const int bits = m_session.planned()->uniform->bits;
    QVERIFY2(data.uniformTitle.contains(QString::number(bits)), qPrintable(data.uniformTitle));
}

void TestHeatmapBuilder::damage_per_megabyte_is_of_the_bytes_in_the_plan()
{
    const auto choices = colourChoices();
    const auto byMegabyte = std::find_if(choices.begin(), choices.end(),
        [](const ColourChoice& one) { return one.kind == ColourChoice::damagePerMegabyte; });
    QVERIFY(byMegabyte != choices.end());
    const HeatmapData damage = build(), data = buildHeatmap(m_session, *byMegabyte);
    int cells = 0;
    for (qsizetype i = 0; i < data.cells.size(); ++i) {
        if (data.cells[i].decision < 0)
            continue;
        const double bytes = double(DecisionView(m_session, data.cells[i].decision).bytes());
        QCOMPARE(data.cells[i].value, damage.cells[i].value / (bytes / 1e6));
        ++cells;
    }
    QVERIFY(cells > 20);
}

void TestHeatmapBuilder::embedding_that_is_the_head_as_well_is_linked()
{
    QVERIFY(m_session.model()->config.tiedEmbeddings.value_or(false));
    const HeatmapData data = build();
    for (const HeatmapCell& cell : data.cells) {
        if (cell.decision < 0)
            continue;
        const TensorRole role = DecisionView(m_session, cell.decision).decision().role;
        QCOMPARE(cell.linked, role == TensorRole::embedding);
    }
}

QTEST_MAIN(TestHeatmapBuilder)
#include "tst_heatmap_builder.moc"
