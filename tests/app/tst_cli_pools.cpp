// SPDX-License-Identifier: GPL-3.0-or-later
// Experts in RAM, the rest on the GPU: what the program plans, writes and refuses.
#include "app/program.h"
#include "ui/moe_folder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace bitloupe::test;

class TstCliPools : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { writeMoe(m_folder, true); }
    void both_budgets_are_kept_and_recorded();
    void written_files_have_the_planned_size();
    void text_names_both_memories();
    void refusals_data();
    void refusals();

private:
    QString model() const { return QString::fromStdString(m_folder.path().string()); }
    QStringList planOf(const QStringList& more) const
    {
        return QStringList {"plan", model(), "--probe", "none", "--target", "mlx"} + more;
    }
    ScratchFolder m_folder;
};

void TstCliPools::both_budgets_are_kept_and_recorded()
{
    const Program program;
    const Run run =
        program.run(planOf({"--target-size", "60000", "--experts-size", "50000", "--json"}));
    QVERIFY2(run.code == 0, run.err);
    const QJsonObject root = QJsonDocument::fromJson(run.out).object();
    const QJsonObject totals = root["totals"].toObject(), budget = root["budget"].toObject();
    QCOMPARE(budget["bytes"].toInt(), 60000);
    QCOMPARE(budget["expert_bytes"].toInt(), 50000);
    const int experts = totals["expert_bytes"].toInt(), rest = totals["rest_bytes"].toInt();
    QVERIFY(experts > 45000 && experts <= 50000);
    QVERIFY(rest > 50000 && rest <= 60000);
    QCOMPARE(experts + rest, totals["file_bytes"].toInt());
}

void TstCliPools::written_files_have_the_planned_size()
{
    const Program program;
    const QString plan = program.path("plan.json"), out = program.path("out");
    const Run made = program.run(
        planOf({"--target-size", "60000", "--experts-size", "50000", "-o", plan, "--json"}));
    QVERIFY2(made.code == 0, made.err);
    const Run run = program.run({"export", model(), "--plan", plan, "-o", out, "--force"});
    QVERIFY2(run.code == 0, run.err);
    qint64 bytes = 0;
    for (const QFileInfo& file : QDir(out).entryInfoList({"*.safetensors"}))
        bytes += file.size();
    const QJsonObject totals =
        QJsonDocument::fromJson(made.out).object()["totals"].toObject();
    QCOMPARE(bytes, qint64(totals["file_bytes"].toInt()));
    QFile manifest(QDir(out).filePath("bitloupe-manifest.json"));
    QVERIFY(manifest.open(QIODevice::ReadOnly));
    QVERIFY(manifest.readAll().contains("\"expert_budget_bytes\": 50000"));
}

void TstCliPools::text_names_both_memories()
{
    const Program program;
    const Run run = program.run(planOf({"--device", "rtx4090", "--context", "4096", "--sequences",
        "2", "--experts-size", "50000"}));
    QVERIFY2(run.code == 0, run.err);
    QVERIFY(run.out.contains("in RAM") && run.out.contains("the rest"));
    QVERIFY(run.out.contains("2 x 4,096 tokens"));
    QVERIFY(run.out.contains("free"));
}

void TstCliPools::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const QString sample = samplePath();
    QTest::newRow("no other budget") << planOf({"--experts-size", "1MB", "--target-bpw", "5"}) << 2
                                     << QByteArray("--target-size");
    QTest::newRow("no size") << planOf({"--experts-size", "many", "--target-size", "1MB"}) << 2
                             << QByteArray("40GiB");
    QTest::newRow("too little") << planOf({"--experts-size", "100", "--target-size", "1MB"}) << 4
                                << QByteArray("for the experts");
    QTest::newRow("no experts") << QStringList {"plan", sample, "--probe", "none", "--target",
        "mlx", "--experts-size", "1MB", "--target-size", "5MB"} << 2 << QByteArray("has none");
}

void TstCliPools::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    const Program program;
    const Run run = program.run(arguments);
    QCOMPARE(run.code, code);
    QVERIFY2(run.err.contains(says), run.err);
}

QTEST_GUILESS_MAIN(TstCliPools)
#include "tst_cli_pools.moc"
