// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/metrics.h"
#include "model/strict_json.h"
#include "report/documents.h"
#include "report/score_cache.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace bitloupe;

namespace {

Model modelOf(const std::vector<std::string>& names)
{
    Model model;
    for (const std::string& name : names) {
        TensorInfo info;
        info.name = name;
        info.dtype = DType::BF16;
        info.shape = {64, 64};
        info.byteSize = 8192;
        model.tensors.push_back(info);
    }
    model.shards.push_back({});
    return model;
}

TensorScore someScore()
{
    TensorScore score;
    score.state = TensorState::measured;
    score.facts.minimum = -1.0 / 3;
    score.facts.maximum = 1e-45;
    score.facts.elements = 4096;
    score.facts.nans = 2;
    score.facts.histogram[7] = 4094;
    score.metrics.assign(metrics().size(), unknownValue);
    score.metrics[0] = .1;
    score.spectrum = {3.5F, .1F};
    score.curve = {{findCodec("affine-2-g128")->id, .3, .4, .001},
        {findCodec("affine-4-g64")->id, .1, unknownValue, 0}};
    score.frobeniusSquared = 12.25;
    score.sampled = true;
    return score;
}

Analysis analysisOf(const Model& model)
{
    Analysis analysis;
    analysis.modelDigest = model.digest();
    analysis.complete = true;
    for (std::size_t i = 0; i < model.tensors.size(); ++i)
        analysis.tensors.push_back(someScore());
    analysis.tensors.back() = {};
    analysis.tensors.back().state = TensorState::notAnalysed;
    analysis.tensors.back().reason = "I32 \"codes\"\n";
    return analysis;
}

} // namespace

class DocumentsTest : public QObject {
    Q_OBJECT
private slots:
    void an_analysis_reads_back_to_the_same_text()
    {
        const Model model = modelOf({"a", "b\u00e9\"\\\x01", "c"});
        const std::string text = analysisToJson(model, analysisOf(model));
        const auto read = analysisFromJson(model, text);
        QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
        QCOMPARE(analysisToJson(model, *read), text);
        QCOMPARE(read->tensors[0].facts.minimum, -1.0 / 3);
        QCOMPARE(read->tensors[0].curve[1].nrmse, .1);
        QVERIFY(std::isnan(read->tensors[0].curve[1].nrmseRound));
        QCOMPARE(read->tensors[2].state, TensorState::notAnalysed);
    }

    void unknown_numbers_are_null_and_the_tensor_is_marked()
    {
        const Model model = modelOf({"a", "b"});
        const std::string text = analysisToJson(model, analysisOf(model));
        QVERIFY(parseStrictJson(text).has_value());
        QVERIFY(text.find("\"not_finite\": true") != std::string::npos);
        QVERIFY(text.find("nan,") == std::string::npos);
    }

    void another_models_analysis_is_refused()
    {
        const Model model = modelOf({"a", "b"}), other = modelOf({"a", "x"});
        const auto read = analysisFromJson(other, analysisToJson(model, analysisOf(model)));
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().code, Errc::badPlan);
    }

    void a_damaged_analysis_is_refused_or_read_whole()
    {
        const Model model = modelOf({"a", "b"});
        const std::string whole = analysisToJson(model, analysisOf(model));
        for (std::size_t at = 0; at < whole.size(); at += 13) {
            std::string text = whole;
            text[at] = static_cast<char>(text[at] ^ 0x13);
            const auto read = analysisFromJson(model, text);
            QVERIFY(!read || read->tensors.size() == 2);
            QVERIFY(!analysisFromJson(model, whole.substr(0, at)).has_value());
        }
    }

    void every_document_is_strict_json_with_its_schema()
    {
        ExportReport exported;
        exported.checks.push_back({"w", findCodec("affine-4-g64")->id});
        exported.files.push_back({"model.safetensors", 10, "00"});
        VerifyReport verified;
        verified.problems = {"one \"problem\""};
        const std::map<std::string, std::string> documents {
            {"bitloupe-inspect/1", inspectionToJson(modelOf({"a"}))},
            {"bitloupe-export/1", exportReportToJson(exported)},
            {"bitloupe-verify/1", verifyReportToJson(verified)},
            {"bitloupe-error/1", errorToJson({Errc::badPlan, "x\n\x1b[31m", "\xff"})},
            {"bitloupe-presets/1", presetsToJson()}};
        for (const auto& [schema, text] : documents) {
            const auto parsed = parseStrictJson(text);
            QVERIFY2(parsed.has_value(), schema.c_str());
            QCOMPARE(jsonString(*parsed, "schema"), std::optional(schema));
        }
    }

    void the_cache_returns_what_was_stored_and_ignores_damage()
    {
        QTemporaryDir folder;
        const std::filesystem::path cache =
            std::filesystem::path(folder.path().toStdString()) / "new" / "cache";
        Model model = modelOf({"a", "b"});
        model.shards.clear();
        QVERIFY(!loadCachedAnalysis(cache, model).has_value());
        const Analysis analysis = analysisOf(model);
        QVERIFY(storeCachedAnalysis(cache, model, analysis).has_value());
        QVERIFY(storeCachedAnalysis(cache, model, analysis).has_value());
        const auto kept = loadCachedAnalysis(cache, model);
        QVERIFY(kept.has_value());
        QCOMPARE(analysisToJson(model, *kept), analysisToJson(model, analysis));
        const std::filesystem::path file = std::filesystem::directory_iterator(cache)->path();
        std::ofstream(file) << "{\"schema\": \"bitloupe-analysis/1\"";
        QVERIFY(!loadCachedAnalysis(cache, model).has_value());
    }

    void the_cache_answers_for_the_tier_that_was_asked()
    {
        QTemporaryDir folder;
        const std::filesystem::path cache = folder.path().toStdString();
        Model model = modelOf({"a", "b"});
        model.shards.clear();
        Analysis analysis = analysisOf(model);
        Moments moments;
        moments.tier = ProbeTier::forward;
        moments.reason = "why no deeper";
        moments.tensors.resize(2);
        analysis.moments = std::make_shared<const Moments>(moments);
        QVERIFY(storeCachedAnalysis(cache, model, analysis, ProbeTier::full).has_value());
        const auto kept = loadCachedAnalysis(cache, model, ProbeTier::full);
        QVERIFY(kept && kept->moments);
        QCOMPARE(kept->moments->reason, moments.reason);
        QVERIFY(!loadCachedAnalysis(cache, model, ProbeTier::forward).has_value());
        // Less without a reason is somebody else's file.
        moments.reason.clear();
        analysis.moments = std::make_shared<const Moments>(moments);
        QVERIFY(storeCachedAnalysis(cache, model, analysis, ProbeTier::full).has_value());
        QVERIFY(!loadCachedAnalysis(cache, model, ProbeTier::full).has_value());
    }

    void the_cache_keeps_apart_what_the_probe_read()
    {
        QTemporaryDir folder;
        const std::filesystem::path cache = folder.path().toStdString();
        Model model = modelOf({"a", "b"}); // of no architecture: it cannot write text
        model.shards.clear();
        Analysis analysis = analysisOf(model);
        Moments moments;
        moments.tier = ProbeTier::full;
        moments.tensors.resize(2);
        for (const bool ownText : {false, true}) {
            moments.ownText = ownText;
            analysis.moments = std::make_shared<const Moments>(moments);
            QVERIFY(storeCachedAnalysis(cache, model, analysis).has_value());
            const auto kept = loadCachedAnalysis(cache, model, ProbeTier::full);
            QVERIFY(kept && kept->moments);
            QCOMPARE(kept->moments->ownText, ownText);
        }
        const auto files = std::filesystem::directory_iterator(cache);
        QCOMPARE(std::distance(begin(files), end(files)), 2);
    }

    void the_cache_keeps_curves_of_blocks_apart()
    {
        QTemporaryDir folder;
        const std::filesystem::path cache = folder.path().toStdString();
        Model model = modelOf({"a", "b"});
        model.shards.clear();
        Analysis analysis = analysisOf(model);
        QVERIFY(storeCachedAnalysis(cache, model, analysis).has_value());
        QVERIFY(!loadCachedAnalysis(cache, model, ProbeTier::none, true).has_value());
        analysis.blockCurves = true;
        analysis.tensors[0].curve.push_back({findCodec("q4_k")->id, .07, .08, .002});
        QVERIFY(storeCachedAnalysis(cache, model, analysis).has_value());
        const auto blocks = loadCachedAnalysis(cache, model, ProbeTier::none, true);
        QVERIFY(blocks && blocks->blockCurves);
        QCOMPARE(blocks->tensors[0].curve.back().codec, findCodec("q4_k")->id);
        const auto plain = loadCachedAnalysis(cache, model);
        QVERIFY(plain && !plain->blockCurves);
    }

    void an_unfinished_analysis_is_not_taken_from_the_cache()
    {
        QTemporaryDir folder;
        Model model = modelOf({"a"});
        model.shards.clear();
        Analysis analysis = analysisOf(model);
        analysis.complete = false;
        QVERIFY(storeCachedAnalysis(folder.path().toStdString(), model, analysis).has_value());
        QVERIFY(!loadCachedAnalysis(folder.path().toStdString(), model).has_value());
    }
};

QTEST_APPLESS_MAIN(DocumentsTest)
#include "tst_documents.moc"
