// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/made_model.h"
#include "app/program.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace bitloupe::test;

namespace {

// As deep as the model allows, self-text included: what a person gets without asking.
const QStringList probedPlan = {"--target", "mlx", "--target-bpw", "4.5"};
const QStringList smallPlan = {"--target", "mlx", "--target-bpw", "4.5", "--probe", "none"};

QJsonObject json(const Run& run) { return QJsonDocument::fromJson(run.out).object(); }

qint64 weightBytes(const QString& directory)
{
    qint64 bytes = 0;
    for (const QFileInfo& file : QDir(directory).entryInfoList({"*.safetensors"}, QDir::Files))
        bytes += file.size();
    return bytes;
}

// Names in a folder that an interrupted or failed run may have left.
QStringList entries(const QString& directory)
{
    return QDir(directory).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

bool flipByte(const QString& path, qint64 fromEnd)
{
    QByteArray bytes = fileBytes(path);
    if (bytes.size() < fromEnd)
        return false;
    char& byte = bytes[bytes.size() - fromEnd];
    byte = static_cast<char>(byte ^ 0x40);
    return writeFile(path, bytes);
}

} // namespace

class TstCliJob : public QObject {
    Q_OBJECT
private slots:
    void plan_size_is_the_size_on_disk_data();
    void plan_size_is_the_size_on_disk();
    void plan_file_and_plan_options_export_the_same_bytes();
    void verify_finds_one_flipped_bit();
    void verify_finds_another_model();
    void export_never_overwrites();
    void dry_run_writes_nothing_and_says_the_size();
    void same_bytes_for_any_thread_count_data();
    void same_bytes_for_any_thread_count();
    void cached_analysis_is_the_measured_one();
    void comma_locale_changes_no_byte();
    void pins_and_floors_are_kept();
    void uniform_plan_stands_beside_ours();
    void interrupted_analysis_ends_with_130();
    void interrupted_export_leaves_nothing_data();
    void interrupted_export_leaves_nothing();
    void plan_for_another_model_is_refused();
};

void TstCliJob::plan_size_is_the_size_on_disk_data()
{
    QTest::addColumn<QStringList>("budget");
    QTest::newRow("bits") << QStringList {"--target-bpw", "4.5"};
    QTest::newRow("bytes") << QStringList {"--target-size", "2.1MB"};
    QTest::newRow("device") << QStringList {"--device", "rtx4090", "--context", "512"};
    QTest::newRow("uniform") << QStringList {"--target-bpw", "5", "--strategy", "uniform"};
    QTest::newRow("swan") << QStringList {"--strategy", "swan"};
    QTest::newRow("mint") << QStringList {"--target-bpw", "6", "--strategy", "mint"};
}

void TstCliJob::plan_size_is_the_size_on_disk()
{
    QFETCH(QStringList, budget);
    const Program program;
    const QStringList options = QStringList {"--target", "mlx", "--probe", "none"} + budget;
    const Run plan = program.run(QStringList {"plan", samplePath(), "--json"} + options);
    QVERIFY2(plan.code == 0, plan.err);
    const Run written =
        program.run(QStringList {"export", samplePath(), "-o", "out", "--json"} + options);
    QVERIFY2(written.code == 0, written.err);
    const QJsonObject totals = json(plan)["totals"].toObject();
    QCOMPARE(weightBytes(program.path("out")), totals["file_bytes"].toInteger());
    const Run verified = program.run({"verify", "out", "--source", samplePath()});
    QVERIFY2(verified.code == 0, verified.err);
}

void TstCliJob::plan_file_and_plan_options_export_the_same_bytes()
{
    const Program program;
    QCOMPARE(program.run(QStringList {"plan", samplePath(), "-o", "p.json"} + probedPlan).code, 0);
    const QStringList search = {"export", samplePath(), "--encoder", "search", "-o"};
    QCOMPARE(program.run(search + QStringList {"a", "--plan", "p.json"}).code, 0);
    QCOMPARE(program.run(search + QStringList {"b"} + probedPlan).code, 0);
    const QByteArray tree = treeBytes(program.path("a"));
    QVERIFY(tree.size() > 1'000'000);
    QVERIFY(tree == treeBytes(program.path("b")));
}

void TstCliJob::verify_finds_one_flipped_bit()
{
    const Program program;
    QCOMPARE(program.run(QStringList {"export", samplePath(), "-o", "out"} + smallPlan).code, 0);
    QVERIFY(flipByte(program.path("out/model.safetensors"), 5000));
    for (const QStringList& source : {QStringList {}, QStringList {"--source", samplePath()}}) {
        const Run run = program.run(QStringList {"verify", "out"} + source);
        QCOMPARE(run.code, 5);
        QVERIFY(run.err.startsWith("bitloupe: verification failed"));
        QCOMPARE(run.err.count('\n'), 1);
    }
}

void TstCliJob::verify_finds_another_model()
{
    const Program program;
    QVERIFY(writeModel(program.path("m"), {}));
    QCOMPARE(program.run(QStringList {"export", samplePath(), "-o", "out"} + smallPlan).code, 0);
    const Run run = program.run({"verify", "out", "--source", "m"});
    QVERIFY2(run.code == 5 || run.code == 3, run.err);
}

void TstCliJob::export_never_overwrites()
{
    const Program program;
    QVERIFY(QDir().mkpath(program.path("out")));
    QVERIFY(writeFile(program.path("out/keep"), "mine"));
    const Run run = program.run(QStringList {"export", samplePath(), "-o", "out"} + smallPlan);
    QCOMPARE(run.code, 1);
    QCOMPARE(entries(program.path("out")), QStringList {"keep"});
    const QString model = program.copySample("m");
    const QByteArray before = treeBytes(model);
    const Run inside = program.run(QStringList {"export", "m", "-o", "m/out"} + smallPlan);
    QCOMPARE(inside.code, 1);
    QVERIFY(treeBytes(model) == before);
}

void TstCliJob::dry_run_writes_nothing_and_says_the_size()
{
    const Program program;
    const QStringList options = QStringList {"export", samplePath(), "-o", "out"} + smallPlan;
    const Run text = program.run(options + QStringList {"--dry-run"});
    QCOMPARE(text.code, 0);
    QVERIFY(!QDir(program.path("out")).exists());
    QCOMPARE(program.run(options).code, 0);
    const QByteArray size =
        QLocale(QLocale::English).toString(weightBytes(program.path("out"))).toUtf8();
    QVERIFY2(text.out.contains(size + " bytes"), text.out);
}

void TstCliJob::same_bytes_for_any_thread_count_data()
{
    QTest::addColumn<QString>("threads");
    for (const char* threads : {"1", "2", "7"})
        QTest::newRow(threads) << threads;
}

void TstCliJob::same_bytes_for_any_thread_count()
{
    QFETCH(QString, threads);
    static QList<QByteArray> first;
    const Program program;
    const QStringList with = {"--threads", threads, "--no-cache"};
    const Run analysis = program.run(QStringList {"analyze", samplePath(), "--json"} + with);
    QCOMPARE(analysis.code, 0);
    const Run plan = program.run(QStringList {"plan", samplePath(), "--json"} + probedPlan + with);
    QCOMPARE(plan.code, 0);
    QCOMPARE(
        program.run(QStringList {"export", samplePath(), "-o", "out"} + probedPlan + with).code, 0);
    const QList<QByteArray> all = {analysis.out, plan.out, treeBytes(program.path("out"))};
    if (first.isEmpty())
        first = all;
    QVERIFY(all == first);
}

void TstCliJob::cached_analysis_is_the_measured_one()
{
    const Program program;
    const Run measured = program.run({"analyze", samplePath(), "--json"});
    QVERIFY(!entries(program.path("cache/bitloupe")).isEmpty());
    const Run cached = program.run({"analyze", samplePath(), "--json", "--progress", "json"});
    QVERIFY(!cached.err.contains("analysing"));
    QCOMPARE(cached.code, 0);
    QVERIFY(cached.out == measured.out);
}

void TstCliJob::comma_locale_changes_no_byte()
{
    Program program;
    QVERIFY(QDir().mkpath(program.path("locales")));
    if (program.shell("localedef -i de_DE -f UTF-8 locales/de_DE.UTF-8").code != 0)
        QSKIP("no locale with a decimal comma can be made here (package locales)");
    const QStringList plan = QStringList {"plan", samplePath()} + smallPlan;
    const Run english = program.run(plan);
    program.setEnvironment("LOCPATH", program.path("locales"));
    program.setEnvironment("LC_ALL", "de_DE.UTF-8");
    QVERIFY(program.shell("locale decimal_point").out.startsWith(','));
    const Run german = program.run(plan);
    QCOMPARE(german.code, 0);
    QCOMPARE(german.out, english.out);
    QCOMPARE(program.run(QStringList {"export", samplePath(), "-o", "de"} + smallPlan).code, 0);
    program.setEnvironment("LC_ALL", "C.UTF-8");
    QCOMPARE(program.run(QStringList {"export", samplePath(), "-o", "c"} + smallPlan).code, 0);
    QVERIFY(treeBytes(program.path("de")) == treeBytes(program.path("c")));
}

void TstCliJob::pins_and_floors_are_kept()
{
    const Program program;
    const Run run = program.run(QStringList {"export", samplePath(), "-o", "out", "--set",
                                    "q_proj=affine-8-g32", "--floor", "v_proj=affine-6-g64"}
        + smallPlan);
    QVERIFY2(run.code == 0, run.err);
    const QJsonObject quantization =
        QJsonDocument::fromJson(fileBytes(program.path("out/config.json")))
            .object()["quantization"]
            .toObject();
    for (int layer = 0; layer < 4; ++layer) {
        const QString prefix = QStringLiteral("model.layers.%1.self_attn.").arg(layer);
        QCOMPARE(quantization[prefix + "q_proj"].toObject()["bits"].toInt(), 8);
        QCOMPARE(quantization[prefix + "q_proj"].toObject()["group_size"].toInt(), 32);
        QVERIFY(quantization[prefix + "v_proj"].toObject()["bits"].toInt(16) >= 6);
    }
}

void TstCliJob::uniform_plan_stands_beside_ours()
{
    const Program program;
    const Run run = program.run(QStringList {"plan", samplePath()} + smallPlan);
    QCOMPARE(run.code, 0);
    for (const char* row : {"damage (this plan)", "uniform", "swan", "mint"})
        QVERIFY2(run.out.contains(QByteArray("\n") + row + ' '), run.out);
}

void TstCliJob::interrupted_analysis_ends_with_130()
{
    const Program program;
    MadeModel large;
    large.hidden = 1024;
    large.intermediate = 8192;
    QVERIFY(writeModel(program.path("m"), large));
    const Run run = program.runAndSignal(
        {"analyze", "m", "-o", "a.json", "--progress", "json"}, "analysing", SIGINT);
    QVERIFY2(run.code == 130, run.err);
    QVERIFY(run.err.contains("bitloupe: cancelled\n"));
    QVERIFY(!QFile::exists(program.path("a.json")));
}

void TstCliJob::interrupted_export_leaves_nothing_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TstCliJob::interrupted_export_leaves_nothing()
{
    QFETCH(int, signal);
    const Program program;
    MadeModel large;
    large.hidden = 1024;
    large.intermediate = 8192;
    QVERIFY(writeModel(program.path("m"), large));
    QVERIFY(QDir().mkpath(program.path("target")));
    const Run run = program.runAndSignal({"export", "m", "-o", "target/out", "--target", "mlx",
                                             "--target-bpw", "5", "--probe", "none", "--progress",
                                             "json"},
        "encoding", signal);
    QVERIFY2(run.code == 130, run.err);
    QCOMPARE(entries(program.path("target")), QStringList());
}

void TstCliJob::plan_for_another_model_is_refused()
{
    const Program program;
    QVERIFY(writeModel(program.path("m"), {}));
    QCOMPARE(program.run(QStringList {"plan", samplePath(), "-o", "p.json"} + smallPlan).code, 0);
    const Run run = program.run({"export", "m", "-o", "out", "--plan", "p.json"});
    QCOMPARE(run.code, 3);
    QVERIFY(!QDir(program.path("out")).exists());
}

QTEST_GUILESS_MAIN(TstCliJob)
#include "tst_cli_job.moc"
