// SPDX-License-Identifier: GPL-3.0-or-later
// The probe's part of analyses, and self-text, as documents.
#include "report/documents.h"

#include <QTest>

#include <cmath>

using namespace bitloupe;

namespace {

Model smallModel()
{
    Model model;
    for (const char* name : {"a", "b"}) {
        TensorInfo info;
        info.name = name;
        info.dtype = DType::BF16;
        info.shape = {2, 32};
        info.byteSize = 128;
        info.role = TensorRole::embedding;
        model.tensors.push_back(info);
    }
    model.shards.push_back({});
    return model;
}

SelfText someText()
{
    SelfText text;
    text.options = {2, 3, 0.8, 7};
    text.ids = {0, 1, 0, 1, 1, 0};
    return text;
}

Analysis probedAnalysis(const Model& model)
{
    Analysis analysis;
    analysis.modelDigest = model.digest();
    analysis.complete = true;
    Moments moments;
    moments.tier = ProbeTier::full;
    moments.reason = "why";
    moments.tokens = 512;
    moments.ownText = true;
    for (int i = 0; i < 2; ++i) {
        TensorScore score;
        score.state = TensorState::measured;
        score.probed = ProbeTier::full;
        score.inputEnergy = 2.5;
        RatePoint point {findCodec("affine-4-g32")->id, .1, .2, 0};
        point.probed = {.11, .001, .02, unknownValue};
        score.curve = {point};
        analysis.tensors.push_back(score);
        TensorMoments tensor;
        tensor.tier = ProbeTier::full;
        tensor.input.assign(32, 0.1F);
        tensor.gradient = {1e-9F, static_cast<float>(i)};
        moments.tensors.push_back(tensor);
    }
    moments.tensors[1].rowUse = {0.25F, 0.75F};
    moments.tensors[1].note = "a note";
    analysis.moments = std::make_shared<const Moments>(moments);
    analysis.selfText = std::make_shared<const SelfText>(someText());
    return analysis;
}

QByteArray documentWith(const char* from, const char* to)
{
    const Model model = smallModel();
    QByteArray text = QByteArray::fromStdString(analysisToJson(model, probedAnalysis(model)));
    return text.replace(from, to);
}

} // namespace

class tst_ProbeDocument : public QObject {
    Q_OBJECT

private slots:
    void moments_come_back_bit_by_bit()
    {
        const Model model = smallModel();
        const Analysis written = probedAnalysis(model);
        const auto read = analysisFromJson(model, analysisToJson(model, written));
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QVERIFY(read->moments && read->moments->tier == ProbeTier::full);
        QCOMPARE(read->moments->tokens, std::uint64_t {512});
        QVERIFY(read->moments->ownText);
        for (std::size_t i = 0; i < 2; ++i) {
            const TensorMoments& a = written.moments->tensors[i];
            const TensorMoments& b = read->moments->tensors[i];
            QVERIFY(a.input == b.input && a.gradient == b.gradient && a.rowUse == b.rowUse);
            QCOMPARE(b.note, a.note);
        }
        const ProbedPoint& point = read->tensors[0].curve.at(0).probed;
        QVERIFY(point.nrmse == .11 && point.inputError == .02 && std::isnan(point.damage));
        QVERIFY(read->tensors[0].probed == ProbeTier::full);
        QCOMPARE(read->tensors[0].inputEnergy, 2.5);
        QVERIFY(read->selfText && read->selfText->ids == written.selfText->ids);
    }

    void a_shared_vector_stands_once()
    {
        const QByteArray text = documentWith("", "");
        QVERIFY(text.contains("\"input\": [\"a\", \"input\"]"));
    }

    void refuses_damaged_documents_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("tier") << documentWith("\"tier\": \"full\"", "\"tier\": \"deep\"");
        QTest::newRow("base64") << documentWith("zczMPc3MzD3", "zczM*c3MzD3");
        QTest::newRow("negative") << documentWith("zczMPc3MzD3", "zczMvc3MzD3");
        QTest::newRow("another tensor") << documentWith("[\"a\", \"input\"]", "[\"z\", \"input\"]");
        QTest::newRow("itself") << documentWith("[\"a\", \"input\"]", "[\"b\", \"input\"]");
        QTest::newRow("curve") << documentWith("[0.11, ", "[-0.11, ");
        QTest::newRow("short curve") << documentWith("[0.11, ", "[");
        QTest::newRow("unknown id") << documentWith("[0, 1, 0,", "[0, 2, 0,");
        QTest::newRow("too few ids") << documentWith("[0, 1, 0,", "[0, 1,");
        QTest::newRow("product") << documentWith("\"sequences\": 2", "\"sequences\": 16777216");
    }

    void refuses_damaged_documents()
    {
        QFETCH(QByteArray, text);
        const Model model = smallModel();
        QVERIFY(text != documentWith("", ""));
        const auto read = analysisFromJson(model, text.toStdString());
        QVERIFY(!read);
        QVERIFY(read.error().code == Errc::badPlan);
    }

    void self_text_has_a_document_of_its_own()
    {
        const Model model = smallModel();
        const std::string text = selfTextToJson(model, someText());
        const auto read = selfTextFromJson(model, text);
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QVERIFY(read->ids == someText().ids && read->options.temperature == 0.8);
        Model other = model;
        other.tensors[0].name = "c";
        QVERIFY(!selfTextFromJson(other, text));
    }
};

QTEST_APPLESS_MAIN(tst_ProbeDocument)
#include "tst_probe_document.moc"
