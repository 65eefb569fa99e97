// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/made_profiles.h"
#include "report/documents.h"

#include <QtTest>

using namespace bitloupe;
using test::makePlanCase;

namespace {

struct Written {
    Model model;
    test::MadePlanCase made;
    Plan plan;
    std::string text;
};

Written writtenPlan()
{
    Written w {{}, makePlanCase(1, {.decisions = 12}), {}, {}};
    w.made.evidence.modelDigest = w.model.digest();
    PlanOptions options;
    options.budget = budgetFromBpw(5, w.made.profile.parameters).value();
    options.rules = {{Rule::Kind::pin, "part[34]", std::nullopt, findCodec("affine-4-g128")->id},
        {Rule::Kind::pin, {}, 7, findCodec("bf16")->id},
        {Rule::Kind::floor, "\\\"?", std::nullopt, findCodec("affine-3-g64")->id}};
    w.plan = solve(w.made.profile, w.made.evidence, options).value();
    w.text = planToJson(w.model, w.made.profile, w.made.evidence, w.plan);
    return w;
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? std::string("not in the text: ") + std::string(from)
                                   : text.replace(at, from.size(), to);
}

} // namespace

class PlanDocumentTest : public QObject {
    Q_OBJECT
private slots:
    void reads_back_what_was_written()
    {
        const Written w = writtenPlan();
        const auto read = planFromJson(w.model, w.made.profile, w.text);
        QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
        QCOMPARE(read->plan.fileBytes, w.plan.fileBytes);
        QCOMPARE(read->plan.damage, w.plan.damage);
        QCOMPARE(read->plan.lowerBound, w.plan.lowerBound);
        QCOMPARE(read->plan.unfollowed, w.plan.unfollowed);
        for (std::size_t d = 0; d < w.plan.choices.size(); ++d) {
            QCOMPARE(read->plan.choices[d].option, w.plan.choices[d].option);
            QCOMPARE(read->plan.choices[d].reason, w.plan.choices[d].reason);
            QCOMPARE(read->plan.choices[d].rule, w.plan.choices[d].rule);
            for (std::size_t o = 0; o < w.made.profile.decisions[d].options.size(); ++o)
                QCOMPARE(read->evidence.decisions[d].options[o].nrmse,
                    w.made.evidence.decisions[d].options[o].nrmse);
        }
    }

    void writing_what_was_read_gives_the_same_text()
    {
        const Written w = writtenPlan();
        const auto read = planFromJson(w.model, w.made.profile, w.text);
        QVERIFY(read.has_value());
        QCOMPARE(planToJson(w.model, w.made.profile, read->evidence, read->plan), w.text);
    }

    void holds_the_frontier_from_the_smallest_plan_to_the_largest()
    {
        const Written w = writtenPlan();
        const auto expected = frontier(w.made.profile, w.made.evidence, w.plan.options).value();
        const QJsonObject written
            = QJsonDocument::fromJson(QByteArray::fromStdString(w.text))["frontier"].toObject();
        const QJsonArray points = written["points"].toArray();
        QCOMPARE(points.size(), qsizetype(expected.points.size()));
        QVERIFY(points.size() > 10);
        QCOMPARE(written["knee"].toInt(), int(expected.knee));
        for (qsizetype i = 1; i < points.size(); ++i) {
            QVERIFY(points[i]["file_bytes"].toDouble() > points[i - 1]["file_bytes"].toDouble());
            QVERIFY(points[i]["damage"].toDouble() < points[i - 1]["damage"].toDouble());
        }
    }

    void what_the_probe_read_is_known_only_where_the_file_says_so()
    {
        Written w = writtenPlan();
        for (const std::optional<bool> said : {std::optional<bool>(), {false}, {true}}) {
            w.made.evidence.ownText = said;
            const std::string text = planToJson(w.model, w.made.profile, w.made.evidence, w.plan);
            const auto read = planFromJson(w.model, w.made.profile, text);
            QVERIFY(read && read->evidence.ownText == said);
        }
        const auto older = planFromJson(
            w.model, w.made.profile, replaced(w.text, "\"own_text\"", "\"other\""));
        QVERIFY(older && !older->evidence.ownText);
    }

    void names_its_target_before_a_profile_exists()
    {
        const auto target = planTarget(writtenPlan().text);
        QVERIFY(target.has_value());
        QCOMPARE(target->id, std::string("mlx"));
        QVERIFY(target->floatType == DType::BF16);
        QCOMPARE(planTarget("{}").error().code, Errc::badPlan);
        QCOMPARE(planTarget("nonsense").error().code, Errc::badJson);
    }

    void refuses_what_does_not_fit_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("schema") << "bitloupe-plan/1"
                                << "bitloupe-plan/9";
        QTest::newRow("model") << "\"model_digest\": \""
                               << "\"model_digest\": \"0";
        QTest::newRow("target") << "\"target\": \"mlx\""
                                << "\"target\": \"gguf\"";
        QTest::newRow("strategy") << "\"strategy\": \"damage\""
                                  << "\"strategy\": \"luck\"";
        QTest::newRow("budget") << "\"bytes\": "
                                << "\"bytes\": -";
        QTest::newRow("name") << "layers.0.part0\""
                              << "layers.0.part9\"";
        QTest::newRow("twice") << "layers.0.part0\""
                               << "layers.0.part1\"";
        QTest::newRow("reason") << "\"reason\": \""
                                << "\"reason\": \"x";
        QTest::newRow("rule index") << "\"rule\": 0"
                                    << "\"rule\": 3";
        QTest::newRow("importance") << "\"importance\": 1"
                                    << "\"importance\": -1";
        QTest::newRow("curve") << "\"affine-4-g64\": ["
                               << "\"affine-4-g64\": [-";
        QTest::newRow("no curve") << "\"affine-4-g64\": ["
                                  << "\"affine-4-g65\": [";
        QTest::newRow("decisions") << "\"decisions\": ["
                                   << "\"decisions\": [{},";
    }

    void refuses_what_does_not_fit()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        const Written w = writtenPlan();
        const std::string text = replaced(w.text, from.toStdString(), to.toStdString());
        const auto read = planFromJson(w.model, w.made.profile, text);
        QVERIFY(!read.has_value());
        QVERIFY(read.error().code == Errc::badPlan || read.error().code == Errc::badJson);
        QVERIFY(read.error().message().find('\n') == std::string::npos);
    }

    void survives_any_single_damaged_byte()
    {
        const Written w = writtenPlan();
        for (std::size_t at = 0; at < w.text.size(); at += 37) {
            std::string text = w.text;
            text[at] = static_cast<char>(text[at] ^ 0x15);
            const auto read = planFromJson(w.model, w.made.profile, text);
            if (read)
                QCOMPARE(read->plan.choices.size(), w.plan.choices.size());
            else
                QVERIFY(!read.error().message().empty());
        }
    }
};

QTEST_APPLESS_MAIN(PlanDocumentTest)
#include "tst_plan_document.moc"
