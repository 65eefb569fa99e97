// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/made_model.h"
#include "app/program.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace bitloupe::test;

namespace {

QStringList planOf(const QString& model, const QStringList& more)
{
    return QStringList {"plan", model, "--target", "mlx"} + more;
}

bool isOneLine(const QByteArray& text)
{
    return text.startsWith("bitloupe: ") && text.count('\n') == 1 && text.endsWith('\n');
}

bool isJson(const QByteArray& text)
{
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    return error.error == QJsonParseError::NoError && document.isObject();
}

} // namespace

class TstCli : public QObject {
    Q_OBJECT
private slots:
    void an_unusable_target_is_refused_before_the_weights_are_read();
    void usage_errors_end_with_2_and_one_line_data();
    void usage_errors_end_with_2_and_one_line();
    void bad_input_ends_with_3_and_one_line_data();
    void bad_input_ends_with_3_and_one_line();
    void impossible_budget_ends_with_4();
    void nan_weights_are_refused_unless_kept();
    void every_verb_prints_strict_json_data();
    void every_verb_prints_strict_json();
    void help_and_version_are_results();
    void full_standard_output_is_a_failure();
    void names_with_escapes_reach_no_terminal();
    void paths_of_any_bytes_work();
    void a_result_never_replaces_a_foreign_file();
    void a_word_that_is_no_verb_and_no_path_is_refused();
    void progress_comes_as_json_lines_when_asked();
    void a_plan_without_damage_has_no_gap();
    void quiet_says_nothing_on_standard_error();
};

void TstCli::an_unusable_target_is_refused_before_the_weights_are_read()
{
    Program program;
    const Run run = program.run({"export", samplePath(), "--target", "mlx", "--target-bpw", "4",
        "-o", program.path("absent/out/"), "--progress", "json"});
    QCOMPARE(run.code, 1);
    QVERIFY2(!run.err.contains("\"phase\""), run.err);
    QVERIFY2(run.err.contains("absent"), run.err);
}

void TstCli::usage_errors_end_with_2_and_one_line_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString model = samplePath();
    QTest::newRow("no model") << QStringList {"inspect"};
    QTest::newRow("unknown option") << QStringList {"inspect", model, "--frobnicate"};
    QTest::newRow("two models") << QStringList {"inspect", model, model};
    QTest::newRow("option of another verb") << QStringList {"inspect", model, "--dry-run"};
    QTest::newRow("threads zero") << QStringList {"inspect", model, "--threads", "0"};
    QTest::newRow("threads no number") << QStringList {"inspect", model, "--threads", "many"};
    QTest::newRow("progress kind") << QStringList {"inspect", model, "--progress", "loud"};
    QTest::newRow("no target") << QStringList {"plan", model, "--target-bpw", "4"};
    QTest::newRow("unknown target")
        << QStringList {"plan", model, "--target", "elx", "--target-bpw", "4"};
    QTest::newRow("no budget") << planOf(model, {});
    QTest::newRow("two budgets") << planOf(model, {"--target-bpw", "4", "--target-size", "4MB"});
    QTest::newRow("bpw comma") << planOf(model, {"--target-bpw", "4,5"});
    QTest::newRow("bpw negative") << planOf(model, {"--target-bpw", "-4"});
    QTest::newRow("bpw nan") << planOf(model, {"--target-bpw", "nan"});
    QTest::newRow("size overflow") << planOf(model, {"--target-size", "99999999999GB"});
    QTest::newRow("size unit") << planOf(model, {"--target-size", "4 parsecs"});
    QTest::newRow("device without context") << planOf(model, {"--device", "rtx4090"});
    QTest::newRow("unknown device") << planOf(model, {"--device", "abacus", "--context", "1"});
    QTest::newRow("context without device")
        << planOf(model, {"--target-bpw", "4", "--context", "1"});
    QTest::newRow("strategy") << planOf(model, {"--target-bpw", "4", "--strategy", "hope"});
    QTest::newRow("set without codec") << planOf(model, {"--target-bpw", "4", "--set", "q_proj"});
    QTest::newRow("set bad codec") << planOf(model, {"--target-bpw", "4", "--set", "q=affine-7"});
    QTest::newRow("set bad regex")
        << planOf(model, {"--target-bpw", "4", "--set", "(=affine-8-g64"});
    QTest::newRow("export nowhere")
        << QStringList {"export", model, "--target", "mlx", "--target-bpw", "4"};
    QTest::newRow("encoder") << QStringList {
        "export", model, "-o", "out", "--target", "mlx", "--target-bpw", "4", "--encoder", "magic"};
    QTest::newRow("plan and budget")
        << QStringList {"export", model, "-o", "out", "--plan", "p.json", "--target-bpw", "4"};
}

void TstCli::usage_errors_end_with_2_and_one_line()
{
    QFETCH(QStringList, arguments);
    const Program program;
    const Run run = program.run(arguments);
    QCOMPARE(run.code, 2);
    QVERIFY2(isOneLine(run.err), run.err);
    QVERIFY(run.out.isEmpty());
    const Run json = program.run(arguments + QStringList {"--json"});
    QCOMPARE(json.code, 2);
    QVERIFY2(isJson(json.out), json.out);
    QVERIFY(!QDir(program.path("out")).exists());
}

void TstCli::bad_input_ends_with_3_and_one_line_data()
{
    QTest::addColumn<QString>("make");
    QTest::newRow("absent") << "true";
    QTest::newRow("empty directory") << "mkdir m";
    QTest::newRow("empty file") << ": >m";
    QTest::newRow("truncated")
        << "mkdir m; cp $SAMPLE/config.json m; head -c 100000 $SAMPLE/model.safetensors "
           ">m/model.safetensors";
    QTest::newRow("git-lfs pointer")
        << "mkdir m; echo 'version https://git-lfs.github.com/spec/v1' >m/model.safetensors";
    QTest::newRow("named pipe") << "mkdir m; mkfifo m/model.safetensors";
    QTest::newRow("device") << "ln -s /dev/zero m";
    QTest::newRow("link to itself") << "ln -s m m";
    QTest::newRow("header of 2^63 bytes")
        << "printf '\\377\\377\\377\\377\\377\\377\\377\\177{}' >m.safetensors; mv m.safetensors m";
    QTest::newRow("damaged config")
        << "mkdir m; cp $SAMPLE/model.safetensors m; echo '{\"a\": 1,}' >m/config.json";
}

void TstCli::bad_input_ends_with_3_and_one_line()
{
    QFETCH(QString, make);
    const Program program;
    QCOMPARE(program.shell(make).code, 0);
    const Run run = program.run({"inspect", "m"});
    QCOMPARE(run.code, 3);
    QVERIFY2(isOneLine(run.err), run.err);
    QVERIFY(run.out.isEmpty());
    const Run json = program.run({"analyze", "m", "--json"});
    QCOMPARE(json.code, 3);
    QVERIFY2(isJson(json.out), json.out);
}

void TstCli::impossible_budget_ends_with_4()
{
    const Program program;
    for (const QStringList& budget :
        {QStringList {"--target-bpw", "0.5"}, QStringList {"--target-size", "1000"}}) {
        const Run run = program.run(planOf(samplePath(), budget));
        QCOMPARE(run.code, 4);
        QVERIFY2(isOneLine(run.err), run.err);
    }
}

void TstCli::nan_weights_are_refused_unless_kept()
{
    const Program program;
    MadeModel made;
    made.nanInFirst = true;
    QVERIFY(writeModel(program.path("m"), made));
    const QStringList arguments = {
        "export", "m", "-o", "out", "--target", "mlx", "--target-bpw", "8"};
    const Run refused = program.run(arguments);
    QCOMPARE(refused.code, 3);
    QVERIFY(!QDir(program.path("out")).exists());
    const Run kept = program.run(arguments + QStringList {"--keep-bad-tensors", "--json"});
    QVERIFY2(kept.code == 0, kept.err);
    const QJsonObject report = QJsonDocument::fromJson(kept.out).object();
    QCOMPARE(report["weight_file_bytes"], report["planned_bytes"]);
    QVERIFY(8 * report["data_bytes"].toDouble() <= 8 * report["parameters"].toDouble());
    QVERIFY2(report["notes"].toArray().size() == 1, kept.out);
}

void TstCli::every_verb_prints_strict_json_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("inspect") << QStringList {"inspect", samplePath()};
    QTest::newRow("analyze") << QStringList {"analyze", samplePath()};
    QTest::newRow("plan") << planOf(samplePath(), {"--target-bpw", "4.5"});
    QTest::newRow("dry run") << QStringList {
        "export", samplePath(), "-o", "out", "--target", "mlx", "--target-bpw", "4.5", "--dry-run"};
    QTest::newRow("presets") << QStringList {"presets"};
}

void TstCli::every_verb_prints_strict_json()
{
    QFETCH(QStringList, arguments);
    const Program program;
    const Run run = program.run(arguments + QStringList {"--json"});
    QCOMPARE(run.code, 0);
    QVERIFY2(isJson(run.out), run.out.left(200));
    const Run text = program.run(arguments);
    QCOMPARE(text.code, 0);
    QVERIFY(text.out.count('\n') > 5);
    QVERIFY(!QDir(program.path("out")).exists());
}

void TstCli::help_and_version_are_results()
{
    const Program program;
    QVERIFY(program.run({"--version"}).out.startsWith("bitloupe "));
    for (const QStringList& arguments : {QStringList {"--help"}, QStringList {"plan", "--help"}}) {
        const Run run = program.run(arguments);
        QCOMPARE(run.code, 0);
        QVERIFY(run.out.contains("Usage"));
        QVERIFY(run.err.isEmpty());
    }
}

void TstCli::full_standard_output_is_a_failure()
{
    if (!QFile::exists("/dev/full"))
        QSKIP("this system has no /dev/full");
    const Program program;
    const Run run = program.shell("\"$BITLOUPE\" presets >/dev/full");
    QCOMPARE(run.code, 1);
    QVERIFY2(isOneLine(run.err), run.err);
}

void TstCli::names_with_escapes_reach_no_terminal()
{
    const Program program;
    const QJsonObject header {{"evil\x1b[31m\nname",
        QJsonObject {
            {"dtype", "BF16"}, {"shape", QJsonArray {2, 2}}, {"data_offsets", QJsonArray {0, 8}}}}};
    QVERIFY(writeFile(program.path("m.safetensors"), safetensors(header, QByteArray(8, '\0'))));
    for (const char* verb : {"inspect", "analyze"}) {
        const Run run = program.run({verb, "m.safetensors"});
        QCOMPARE(run.code, 0);
        QVERIFY(!run.out.contains('\x1b') && !run.err.contains('\x1b'));
    }
}

void TstCli::paths_of_any_bytes_work()
{
    const Program program;
    const Run run =
        program.shell("set -e; d=$(printf -- '-caf\\351 %%s \"q\"'); mkdir -- \"$d\"; "
                      "cp $SAMPLE/*.* \"./$d\"; \"$BITLOUPE\" inspect -- \"$d\"; rm -r -- \"$d\"");
    QVERIFY2(run.code == 0, run.err);
}

void TstCli::a_result_never_replaces_a_foreign_file()
{
    const Program program;
    const QString model = program.copySample("m") + "/model.safetensors";
    const QByteArray before = fileBytes(model);
    QCOMPARE(program.run({"analyze", "m", "-o", model}).code, 1);
    QCOMPARE(fileBytes(model), before);
    const QString result = program.path("a.json");
    QCOMPARE(program.run({"analyze", "m", "-o", result}).code, 0);
    const QByteArray first = fileBytes(result);
    QVERIFY(isJson(first));
    QCOMPARE(program.run({"analyze", "m", "-o", result}).code, 0);
    QCOMPARE(fileBytes(result), first);
}

void TstCli::a_word_that_is_no_verb_and_no_path_is_refused()
{
    const Program program;
    const Run run = program.run({"analyse", "m"});
    QCOMPARE(run.code, 2);
    QVERIFY2(isOneLine(run.err), run.err);
}

void TstCli::progress_comes_as_json_lines_when_asked()
{
    const Program program;
    const Run run = program.run({"analyze", samplePath(), "--progress", "json", "--no-cache"});
    QCOMPARE(run.code, 0);
    const QList<QByteArray> lines = run.err.trimmed().split('\n');
    QVERIFY(lines.size() >= 2);
    for (const QByteArray& line : lines)
        QVERIFY2(QJsonDocument::fromJson(line).object().contains("phase"), line);
}

void TstCli::a_plan_without_damage_has_no_gap()
{
    const Run run = Program().run(
        {"plan", samplePath(), "--target", "mlx", "--target-bpw", "16", "--probe", "none"});
    QVERIFY2(run.out.contains("gap           none"), run.out);
}

void TstCli::quiet_says_nothing_on_standard_error()
{
    const Program program;
    const Run run = program.run({"export", samplePath(), "-o", "out", "--target", "mlx",
        "--target-bpw", "5", "--probe", "none", "--quiet"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, QByteArray());
    QVERIFY(QFile::exists(program.path("out/model.safetensors")));
    const Run packed = program.run({"inspect", "out"});
    QVERIFY2(packed.out.contains("not counted, several to a word"), packed.out);
    const Run json = program.run({"inspect", "out", "--json"});
    QVERIFY2(json.out.contains("\"parameters\": null"), json.out);
}

QTEST_GUILESS_MAIN(TstCli)
#include "tst_cli.moc"
