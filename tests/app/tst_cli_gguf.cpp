// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says of GGUF files.
#include "app/program.h"
#include "support/gguf_bytes.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace bitloupe::test;

namespace {

std::string madeBytes()
{
    GgufBuilder builder;
    builder.addText("general.architecture", "llama");
    builder.addU32("llama.block_count", 1);
    builder.addTexts("tokenizer.ggml.tokens", {"a\x1b[31m", "b"});
    builder.addFloats("token_embd.weight", {64, 4});
    builder.addFloats("blk.0.ffn_up.weight", {64, 64});
    return builder.bytes();
}

QString written(const Program& program, const QString& name, const std::string& bytes)
{
    QFile file(program.path(name));
    const bool open = file.open(QIODevice::WriteOnly);
    return open && file.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0
        ? file.fileName()
        : QString();
}

} // namespace

class TstCliGguf : public QObject {
    Q_OBJECT
private slots:
    void inspect_says_the_format_and_the_keys();
    void inspect_writes_the_keys_as_json();
    void a_plan_can_be_studied_and_not_exported();
    void types_of_another_file_make_a_plan();
    void a_plan_stands_beside_the_clients_own_mixes();
    void a_plan_for_a_mac_leaves_the_clients_reserve();
    void a_plan_file_remembers_its_floats();
    void damage_ends_with_3_and_one_line();
};

void TstCliGguf::inspect_says_the_format_and_the_keys()
{
    const Program program;
    const Run run = program.run({"inspect", written(program, "m.gguf", madeBytes())});
    QCOMPARE(run.code, 0);
    QVERIFY(run.out.contains("GGUF, version 3, 3 key-values"));
    QVERIFY(run.out.contains("2 x string") && !run.out.contains('\x1b'));
}

void TstCliGguf::inspect_writes_the_keys_as_json()
{
    const Program program;
    const Run run = program.run({"inspect", written(program, "m.gguf", madeBytes()), "--json"});
    QCOMPARE(run.code, 0);
    const QJsonObject root = QJsonDocument::fromJson(run.out).object();
    QCOMPARE(root["format"].toString(), QString("gguf"));
    QVERIFY(root["quantized"].isNull());
    const QJsonArray keys = root["key_values"].toArray();
    QCOMPARE(keys.size(), 3);
    QCOMPARE(keys[1].toObject()["values"].toArray()[0].toString(), QString("1"));
    QCOMPARE(keys[2].toObject()["count"].toInt(), 2);
}

void TstCliGguf::a_plan_can_be_studied_and_not_exported()
{
    const Program program;
    const QString model = written(program, "m.gguf", madeBytes());
    const Run plan = program.run({"plan", model, "--target", "mlx", "--target-bpw", "6"});
    QVERIFY2(plan.code == 0, plan.err);
    const Run made = program.run({"export", model, "--target", "mlx", "--target-bpw", "6", "-o",
        program.path("out")});
    QCOMPARE(made.code, 3);
    QVERIFY(made.err.contains("does not become an MLX model"));
    QVERIFY(!QFile::exists(program.path("out")));
}

void TstCliGguf::types_of_another_file_make_a_plan()
{
    const Program program;
    const QString model = written(program, "m.gguf", madeBytes());
    const QString mixed = program.path("mixed.gguf");
    const Run made = program.run({"export", model, "--target", "gguf", "--target-bpw", "32", "--set",
        "ffn_up=q5_1", "--set", "embd=q4_0", "-o", mixed});
    QVERIFY2(made.code == 0, made.err);
    QVERIFY(program.run({"inspect", mixed}).out.contains("1 tensor of Q4_0, 1 tensor of Q5_1"));
    const Run plan = program.run({"plan", model, "--target", "gguf", "--like", mixed, "--json"});
    QVERIFY2(plan.code == 0, plan.err);
    const QJsonObject root = QJsonDocument::fromJson(plan.out).object();
    QCOMPARE(root["totals"].toObject()["file_bytes"].toInteger(), QFileInfo(mixed).size());
    const QJsonArray decisions = root["decisions"].toArray();
    QCOMPARE(decisions[0].toObject()["codec"].toString(), QString("q4_0"));
    QCOMPARE(decisions[1].toObject()["codec"].toString(), QString("q5_1"));
    const Run edited = program.run({"plan", model, "--target", "gguf", "--like", mixed, "--set",
        "ffn_up=q8_0", "--json"});
    QVERIFY2(edited.code == 0, edited.err);
    QCOMPARE(QJsonDocument::fromJson(edited.out)
                 .object()["decisions"].toArray()[1].toObject()["codec"].toString(),
        QString("q8_0"));
    const Run own = program.run(
        {"plan", mixed, "--target", "gguf", "--allow-requantize", "--like", mixed, "--json"});
    QVERIFY2(own.code == 0 && !own.err.contains("next larger"), own.err);
    QCOMPARE(program.run({"plan", model, "--target", "mlx", "--like", mixed}).code, 2);
}

void TstCliGguf::a_plan_stands_beside_the_clients_own_mixes()
{
    const Program program;
    const QString model = written(program, "m.gguf", madeBytes());
    const Run run = program.run({"plan", model, "--target", "gguf", "--target-bpw", "6"});
    QVERIFY2(run.code == 0, run.err);
    for (const char* name : {"Q8_0", "Q4_K_M", "IQ4_XS", "Q2_K"})
        QVERIFY2(run.out.contains(QByteArray("llama.cpp ") + name), name);
    QVERIFY(!run.out.contains("llama.cpp F16"));
    QVERIFY(run.out.contains("rows not of 256")); // no K types for them
    const Run json = program.run({"plan", model, "--target", "gguf", "--target-bpw", "6", "--json"});
    const QJsonArray mixes
        = QJsonDocument::fromJson(json.out).object()["mixes"].toArray();
    QVERIFY(mixes.size() > 8);
    QCOMPARE(mixes[0].toObject()["name"].toString(), QString("Q8_0"));
    QVERIFY(mixes[0].toObject()["file_bytes"].toInt() > mixes[8].toObject()["file_bytes"].toInt());
    const Run other = program.run({"plan", model, "--target", "mlx", "--target-bpw", "6"});
    QVERIFY(other.code == 0 && !other.out.contains("llama.cpp"));
    QVERIFY(!other.out.contains("rows not of 256"));
}

void TstCliGguf::a_plan_for_a_mac_leaves_the_clients_reserve()
{
    const Program program;
    const QStringList common = {"plan", QStringLiteral(BITLOUPE_SOURCE_DIR "/resources/sample"),
        "--device", "m1-8gb", "--context", "2048", "--probe", "none", "--no-cache", "--target"};
    const Run gguf = program.run(common + QStringList {"gguf"});
    QVERIFY2(gguf.code == 0, gguf.err);
    QVERIFY(gguf.out.contains("reserve       1,073,741,824 bytes"));
    const Run mlx = program.run(common + QStringList {"mlx"});
    QVERIFY(mlx.code == 0 && mlx.out.contains("reserve       0 bytes"));
}

void TstCliGguf::a_plan_file_remembers_its_floats()
{
    const Program program;
    const QString model = written(program, "m.gguf", madeBytes());
    const QString plan = program.path("plan.json");
    const Run planned = program.run({"plan", model, "--target", "gguf", "--target-bpw", "32",
        "--float-type", "f16", "--split-size", "20KB", "-o", plan});
    QVERIFY2(planned.code == 0, planned.err);
    const Run wrong = program.run({"export", model, "--plan", plan, "--float-type", "bf16", "-o",
        program.path("out.gguf"), "--dry-run"});
    QCOMPARE(wrong.code, 2);
    const Run made = program.run({"export", model, "--plan", plan, "-o", program.path("out.gguf"),
        "--json"});
    QVERIFY2(made.code == 0, made.err);
    const QJsonObject root = QJsonDocument::fromJson(made.out).object();
    QCOMPARE(root["weight_file_bytes"].toInteger(), root["planned_bytes"].toInteger());
}

void TstCliGguf::damage_ends_with_3_and_one_line()
{
    const Program program;
    const std::string whole = madeBytes();
    const Run run = program.run(
        {"inspect", written(program, "m.gguf", whole.substr(0, whole.size() - 1))});
    QCOMPARE(run.code, 3);
    QVERIFY(run.out.isEmpty() && run.err.count('\n') == 1);
    QVERIFY(run.err.contains("m.gguf") && run.err.contains("incomplete"));
}

QTEST_GUILESS_MAIN(TstCliGguf)
#include "tst_cli_gguf.moc"
