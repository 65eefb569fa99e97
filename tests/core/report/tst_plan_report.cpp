// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/made_profiles.h"
#include "plan/solve.h"
#include "report/plan_report.h"
#include "report/plan_table.h"

#include <QtTest>
#include <QXmlStreamReader>

#include <numeric>
#include <set>

using namespace bitloupe;

namespace {

struct Made {
    Model model;
    test::MadePlanCase made;
    Plan plan;
    ReportSubject subject() const
    {
        return {model, made.profile, made.evidence, plan, {{"uniform <4>", 1000, 4.5, .25}}};
    }
    QStringList table(TableFormat format) const
    {
        std::vector<std::uint32_t> all(made.profile.decisions.size());
        std::iota(all.begin(), all.end(), 0U);
        return QString::fromStdString(
            planTable(model, made.profile, made.evidence, plan, all, format))
            .split(format == TableFormat::csv ? QStringLiteral("\r\n") : QStringLiteral("\n"));
    }
};

Made madePlan()
{
    Made one {{}, test::makePlanCase(3, {.decisions = 12}), {}};
    one.model.name = "<script>alert(1)</script> & co";
    for (Decision& decision : one.made.profile.decisions)
        decision.sources.clear();
    PlanOptions options;
    options.budget = budgetFromBpw(5, one.made.profile.parameters).value();
    options.rules = {{Rule::Kind::floor, "<b>|part", std::nullopt, findCodec("affine-3-g64")->id}};
    one.plan = solve(one.made.profile, one.made.evidence, options).value();
    return one;
}

} // namespace

class PlanReportTest : public QObject {
    Q_OBJECT
private slots:
    void a_table_has_a_line_for_each_decision_and_columns_for_all_lines()
    {
        const Made one = madePlan();
        for (const TableFormat format : {TableFormat::csv, TableFormat::tsv}) {
            const QStringList lines = one.table(format);
            QCOMPARE(lines.size(), 12 + 2); // header, and the end of the last line
            const QChar separator = format == TableFormat::csv ? QLatin1Char(',') : QLatin1Char('\t');
            for (qsizetype i = 0; i + 1 < lines.size(); ++i)
                QCOMPARE(lines[i].count(separator), lines[0].count(separator));
        }
    }

    void names_cannot_break_a_table()
    {
        Made one = madePlan();
        one.made.profile.decisions[0].name = "=HYPERLINK(\"x\"),\n";
        one.made.profile.decisions[1].name = "a\tb";
        QVERIFY(one.table(TableFormat::csv)[1].startsWith(
            QLatin1String("\"'=HYPERLINK(\"\"x\"\"),\\x0a\",")));
        QVERIFY(one.table(TableFormat::tsv)[1].startsWith(
            QLatin1String("'=HYPERLINK(\"x\"),\\x0a\t")));
        QVERIFY(one.table(TableFormat::tsv)[2].startsWith(QLatin1String("a\\x09b\t")));
    }

    void tables_hold_no_control_characters()
    {
        Made one = madePlan();
        one.made.profile.decisions[0].name = std::string("a\x1b[2Jb\0c\x7f\xc2\x9b d\xff", 15);
        for (const TableFormat format : {TableFormat::csv, TableFormat::tsv})
            QVERIFY(one.table(format)[1].startsWith(
                QLatin1String("a\\x1b[2Jb\\x00c\\x7f\\u{009b} d\\xff")));
    }

    void a_report_says_what_the_probe_read()
    {
        Made one = madePlan();
        Evidence& evidence = one.made.evidence;
        evidence.tier = 3;
        evidence.tierReason = "no memory for text";
        evidence.momentsSource = "imatrix <a.dat>";
        const std::string unsaid = planReportHtml(one.subject());
        QVERIFY(unsaid.find("The probe read") == std::string::npos);
        evidence.ownText = false;
        const std::string words = planReportHtml(one.subject());
        QVERIFY(words.find("Why no text") != std::string::npos);
        QVERIFY(words.find("Why no deeper") == std::string::npos);
        QVERIFY(words.find("words of its vocabulary") != std::string::npos);
        QVERIFY(words.find("imatrix &lt;a.dat&gt;") != std::string::npos);
        QVERIFY(modelCardFragment(one.subject()).find("a.dat") != std::string::npos);
        evidence.tierReason.clear();
        evidence.ownText = true;
        QVERIFY(planReportHtml(one.subject()).find("text that the model wrote")
            != std::string::npos);
    }

    void damages_of_a_table_add_up_to_the_plan()
    {
        const Made one = madePlan();
        const QStringList lines = one.table(TableFormat::csv);
        const qsizetype column
            = lines[0].split(QLatin1Char(',')).indexOf(QLatin1String("predicted_damage"));
        double sum = 0;
        for (qsizetype i = 1; i + 1 < lines.size(); ++i)
            sum += lines[i].split(QLatin1Char(','))[column].toDouble();
        QVERIFY(std::abs(sum - one.plan.damage) <= 1e-9 * one.plan.damage);
    }

    void a_report_escapes_what_comes_from_others()
    {
        Made one = madePlan();
        one.made.profile.decisions[0].name = "<img src=x onerror=\"a\">\x1b";
        const std::string html = planReportHtml(one.subject());
        QVERIFY(html.find("<script") == std::string::npos);
        QVERIFY(html.find("<img") == std::string::npos);
        QVERIFY(html.find("\x1b") == std::string::npos);
        QVERIFY(html.find("uniform &lt;4&gt;") != std::string::npos);
        QVERIFY(html.find("http") == html.find("http://www.w3.org/2000/svg"));
        QVERIFY(html.find("not a measurement") != std::string::npos);
    }

    void the_heatmap_is_proper_svg_with_a_cell_for_each_place()
    {
        const Made one = madePlan();
        QXmlStreamReader xml(
            QString::fromStdString(planHeatmapSvg(one.made.profile, one.plan)));
        int cells = 0;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("rect"))
                ++cells;
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        std::set<std::pair<int, TensorRole>> places;
        for (const Decision& decision : one.made.profile.decisions)
            if (decision.options.size() > 1)
                places.insert({decision.layer, decision.role});
        QCOMPARE(cells, int(places.size()));
    }

    void a_model_card_counts_every_byte()
    {
        const Made one = madePlan();
        const QString card = QString::fromStdString(modelCardFragment(one.subject()));
        QVERIFY(card.contains(QLatin1String("uniform \\<4\\>")));
        std::uint64_t bytes = 0;
        bool inCodecs = false;
        const QStringList lines = card.split(QLatin1Char('\n'));
        for (const QString& line : lines) {
            inCodecs |= line.startsWith(QLatin1String("| codec"));
            if (inCodecs && line.startsWith(QLatin1String("| ")) && !line.startsWith(QLatin1String("| codec")))
                bytes += line.split(QLatin1Char('|'))[3].remove(QLatin1Char(',')).trimmed().toULongLong();
        }
        QCOMPARE(bytes, one.plan.dataBytes);
    }
};

QTEST_APPLESS_MAIN(PlanReportTest)
#include "tst_plan_report.moc"
