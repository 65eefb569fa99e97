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
    void bits_beside_the_uniform_plan_are_of_the_bytes_of_both();
    void embedding_that_is_the_head_as_well_is_linked();

private:
    ColourChoice choiceOf(ColourChoice::Kind kind) const
    {
        for (const ColourChoice& one : colourChoices())
            if (one.kind == kind)
                return one;
        return {};
    }
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
    const HeatmapData damage = build();
    const HeatmapData data
        = buildHeatmap(m_session, choiceOf(ColourChoice::damagePerMegabyte));
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

void TestHeatmapBuilder::bits_beside_the_uniform_plan_are_of_the_bytes_of_both()
{
    const HeatmapData data = buildHeatmap(m_session, choiceOf(ColourChoice::bitsOverUniform));
    const auto& uniform = m_session.planned()->uniformChoice;
    int different = 0;
    for (const HeatmapCell& cell : data.cells) {
        if (cell.decision < 0)
            continue;
        const DecisionView view(m_session, cell.decision);
        const auto& options = view.decision().options;
        const double other
            = double(options[uniform[static_cast<std::size_t>(cell.decision)]].dataBytes);
        QCOMPARE(cell.value,
            8 * (double(view.bytes()) - other) / double(view.decision().elements));
        different += cell.value != 0 ? 1 : 0;
    }
    QVERIFY(different > 0);
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
