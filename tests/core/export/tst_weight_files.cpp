// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/weight_files.h"

#include "base/checked.h"
#include "core/export/made_checkpoint.h"
#include "export/json_text.h"

#include <QTest>

#include <map>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

std::vector<std::uint16_t> choicesOf(const Plan& plan)
{
    std::vector<std::uint16_t> choice;
    for (const Choice& entry : plan.choices)
        choice.push_back(entry.option);
    return choice;
}

JsonText headerOf(const WeightFile& file) { return *JsonText::parse(file.header.substr(8), "h"); }

std::uint64_t offsetOf(const JsonText& entry, std::size_t which)
{
    return std::stoull(entry.find("data_offsets")->members()[which].second.spelling());
}

} // namespace

class tst_WeightFiles : public QObject {
    Q_OBJECT

private slots:
    void one_file_has_no_index()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        const auto files = layoutWeightFiles(bench.profile, choicesOf(bench.plan));
        QVERIFY(files);
        QCOMPARE(files->files.size(), std::size_t {1});
        QCOMPARE(files->files[0].name, std::string("model.safetensors"));
        QVERIFY(files->index.empty());
    }

    void headers_are_aligned_and_say_their_length()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        const auto files = layoutWeightFiles(bench.profile, choicesOf(bench.plan));
        QVERIFY(files);
        const std::string& header = files->files[0].header;
        QCOMPARE(header.size() % 8, std::size_t {0});
        const auto length = loadLittleEndian<std::uint64_t>(
            reinterpret_cast<const std::byte*>(header.data()));
        QCOMPARE(length, std::uint64_t {header.size() - 8});
        const JsonText json = headerOf(files->files[0]);
        QCOMPARE(json.find("__metadata__")->find("format")->stringValue(), std::string("mlx"));
    }

    void data_has_no_holes_and_wide_elements_come_first()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        const auto files = layoutWeightFiles(bench.profile, choicesOf(bench.plan));
        QVERIFY(files);
        std::uint64_t at = 0;
        bool narrow = false;
        std::string last;
        const JsonText header = headerOf(files->files[0]);
        for (const auto& [name, entry] : header.members()) {
            if (name == "__metadata__")
                continue;
            QCOMPARE(offsetOf(entry, 0), at);
            at = offsetOf(entry, 1);
            const bool isNarrow = entry.find("dtype")->stringValue() != "U32";
            QVERIFY(isNarrow || !narrow);
            QVERIFY(isNarrow != narrow || last < name);
            narrow = isNarrow;
            last = name;
        }
        QCOMPARE(at, files->files[0].dataBytes);
    }

    void shards_are_indexed_and_bounded()
    {
        Bench bench;
        QVERIFY2(bench.open(llamaConfig(), llamaTensors()), bench.problem.c_str());
        bench.profile.size.shardLimitBytes = 20'000;
        const auto files = layoutWeightFiles(bench.profile, choicesOf(bench.plan));
        QVERIFY(files);
        QVERIFY(files->files.size() > 1);
        const std::string count = std::to_string(files->files.size());
        QCOMPARE(files->files[0].name, "model-00001-of-0000" + count + ".safetensors");
        std::map<std::string, std::string> where;
        for (const WeightFile& file : files->files) {
            QVERIFY(file.dataBytes <= 20'000);
            const JsonText header = headerOf(file);
            for (const auto& member : header.members())
                if (member.first != "__metadata__")
                    where[member.first] = file.name;
        }
        const JsonText index = *JsonText::parse(files->index, "index");
        QCOMPARE(index.find("metadata")->find("total_size")->spelling(),
            std::to_string(files->dataBytes));
        QCOMPARE(index.find("weight_map")->members().size(), where.size());
        for (const auto& [name, file] : index.find("weight_map")->members())
            QCOMPARE(file.stringValue(), where[name]);
    }
};

QTEST_APPLESS_MAIN(tst_WeightFiles)
#include "tst_weight_files.moc"
