// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says of GGUF files.
#include "app/program.h"
#include "support/gguf_bytes.h"

#include <QFile>
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
