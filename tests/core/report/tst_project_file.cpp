// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/project_file.h"

#include <QtTest>

#include <cmath>

using namespace bitloupe;

namespace {

Project madeProject()
{
    Project project;
    project.modelDigest = std::string(64, 'a');
    project.modelName = "org/model \"x\"\n\xE2\x80\xAE";
    project.modelPath = "../model";
    project.architecture = "llama";
    project.parameters = 1000;
    project.modelBytes = 2000;
    project.probeDepth = "automatic";
    ProjectPlan& plan = project.current;
    plan.target = "mlx";
    plan.budget = {BudgetKind::dataBytes, 123456789012};
    plan.heldDamage = .125;
    ProjectWish byHand;
    byHand.byHand = {{"a.b", findCodec("affine-4-g64")->id}};
    ProjectWish pattern;
    pattern.kind = Rule::Kind::floor;
    pattern.enabled = false;
    pattern.pattern = "q_proj$";
    pattern.codec = findCodec("q4_k")->id;
    plan.wishes = {byHand, pattern};
    plan.choices = {{"a.b", findCodec("affine-4-g64")->id, 77, .5}, {"norm", findCodec("bf16")->id, 9}};
    plan.fileBytes = 86;
    plan.bitsPerWeight = 4.5;
    plan.damage = .5;
    project.saved = {plan, plan};
    project.saved[0].name = "one";
    project.saved[1].name = "two";
    project.saved[1].heldDamage.reset();
    project.view = {{"tab", "compare"}, {"device", "rtx4090"}};
    return project;
}

QByteArray madeText() { return QByteArray::fromStdString(projectToJson(madeProject())); }

} // namespace

class ProjectFileTest : public QObject {
    Q_OBJECT
private slots:
    void what_is_written_is_read_again()
    {
        const std::string text = projectToJson(madeProject());
        const auto read = projectFromJson(text);
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        QCOMPARE(projectToJson(*read), text);
        QCOMPARE(read->current.wishes.size(), std::size_t(2));
        QVERIFY(!read->current.wishes[1].enabled);
        QCOMPARE(*read->current.heldDamage, .125);
        QVERIFY(!read->saved[1].heldDamage);
        QVERIFY(std::isnan(read->current.choices[1].damage));
    }

    void nonsense_is_refused_in_one_line_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("schema") << QByteArray("bitloupe-project/1") << QByteArray("bitloupe-plan/1");
        QTest::newRow("digest") << QByteArray("aaaaaa\"") << QByteArray("aaaaag\"");
        QTest::newRow("codec") << QByteArray("affine-4-g64") << QByteArray("affine-9-g64");
        QTest::newRow("budget") << QByteArray("123456789012") << QByteArray("-1");
        QTest::newRow("fraction of a byte") << QByteArray("123456789012") << QByteArray("1.5");
        QTest::newRow("huge") << QByteArray("123456789012") << QByteArray("1e30");
        QTest::newRow("kind") << QByteArray("\"data_bytes\",") << QByteArray("\"megabytes\",");
        QTest::newRow("rule") << QByteArray("\"floor\"") << QByteArray("\"wish\"");
        QTest::newRow("empty pattern") << QByteArray("q_proj$") << QByteArray("");
        QTest::newRow("long pattern") << QByteArray("q_proj$") << QByteArray(5000, 'x');
        QTest::newRow("negative damage") << QByteArray("\"damage\": 0.5") << QByteArray("\"damage\": -0.5");
        QTest::newRow("twice") << QByteArray("\"norm\"") << QByteArray("\"a.b\"");
        QTest::newRow("same name") << QByteArray("\"two\"") << QByteArray("\"one\"");
        QTest::newRow("no name") << QByteArray("\"two\"") << QByteArray("\"\"");
        QTest::newRow("view") << QByteArray("\"compare\"") << QByteArray("[1]");
        QTest::newRow("deep") << QByteArray("\"compare\"") << QByteArray(40, '[') + QByteArray(40, ']');
        QTest::newRow("duplicate key") << QByteArray("\"probe\"") << QByteArray("\"schema\"");
        QTest::newRow("not a number") << QByteArray("0.125") << QByteArray("NaN");
        QTest::newRow("held") << QByteArray("0.125") << QByteArray("-0.125");
    }

    void nonsense_is_refused_in_one_line()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray text = madeText();
        QVERIFY(text.contains(from));
        text.replace(from, to);
        const auto read = projectFromJson(text.toStdString());
        QVERIFY(!read);
        QVERIFY(read.error().code == Errc::badPlan || read.error().code == Errc::badJson);
        QVERIFY(read.error().detail.find('\n') == std::string::npos);
        QVERIFY(read.error().detail.size() < 400);
    }

    void every_truncation_is_refused()
    {
        const std::string text = projectToJson(madeProject());
        for (std::size_t length = 0; length + 2 < text.size(); ++length)
            QVERIFY(!projectFromJson(std::string_view(text).substr(0, length)));
    }

    void too_many_rules_are_refused()
    {
        Project project = madeProject();
        project.current.wishes.assign(1001, project.current.wishes.back());
        QVERIFY(!projectFromJson(projectToJson(project)));
        project.current.wishes.pop_back();
        QVERIFY(projectFromJson(projectToJson(project)));
    }

    void too_many_plans_are_refused()
    {
        Project project = madeProject();
        project.saved.assign(mostSavedPlans + 1, project.saved.front());
        for (std::size_t i = 0; i < project.saved.size(); ++i)
            project.saved[i].name = std::to_string(i);
        QVERIFY(!projectFromJson(projectToJson(project)));
        project.saved.pop_back();
        QVERIFY(projectFromJson(projectToJson(project)));
    }
};

QTEST_APPLESS_MAIN(ProjectFileTest)
#include "tst_project_file.moc"
