// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_model.h"

#include "core/export/made_checkpoint.h"
#include "export/config_check.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace bitloupe;
using namespace bitloupe::tests;
namespace fs = std::filesystem;

namespace {

void overwrite(const fs::path& path, std::uint64_t offset, const std::string& bytes)
{
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(offset));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void replaceText(const fs::path& path, const std::string& from, const std::string& to)
{
    std::string text = readText(path);
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
        text.replace(at, from.size(), to), at += to.size();
    std::ofstream(path, std::ios::binary) << text;
}

std::string problemsOf(const Bench& bench, bool withSource)
{
    const auto report
        = verifyExport(bench.path("out"), withSource ? bench.model : nullptr, Job {});
    if (!report)
        return "error: " + report.error().message();
    std::string all;
    for (const std::string& problem : report->problems)
        all += problem + "\n";
    return all;
}

// The last list of that name in the manifest, which has lists inside only where they end first.
void emptyList(const Bench& bench, const std::string& name, bool toTheEnd)
{
    const fs::path path = bench.path("out") / "bitloupe-manifest.json";
    std::string text = readText(path);
    const std::size_t begin = text.find('[', text.rfind('"' + name + "\":"));
    const std::size_t end = toTheEnd ? text.rfind(']') : text.find(']', begin);
    text.replace(begin, end - begin, "[");
    std::ofstream(path, std::ios::binary) << text;
}

// Where the data of a tensor begins in the file.
std::uint64_t placeOf(const std::string& file, const std::string& tensor)
{
    std::uint64_t header = 0;
    for (int i = 7; i >= 0; --i)
        header = header << 8 | static_cast<unsigned char>(file[static_cast<std::size_t>(i)]);
    const std::size_t offsets = file.find("data_offsets", file.find('"' + tensor + '"'));
    return 8 + header + std::stoull(file.substr(file.find('[', offsets) + 1, 20));
}

bool exported(Bench& bench)
{
    return bench.open(llamaConfig(), llamaTensors()) && bench.exportTo("out").has_value();
}

} // namespace

class tst_VerifyExport : public QObject {
    Q_OBJECT

private slots:
    void a_whole_export_has_no_problems()
    {
        Bench bench;
        QVERIFY(exported(bench));
        QCOMPARE(problemsOf(bench, true), std::string());
        QCOMPARE(problemsOf(bench, false), std::string());
        const auto report = verifyExport(bench.path("out"), bench.model, Job {});
        QCOMPARE(report->checks.size(), std::size_t {16});
    }

    void one_flipped_bit_is_seen_with_and_without_the_source()
    {
        Bench bench;
        QVERIFY(exported(bench));
        const fs::path file = bench.path("out") / "model.safetensors";
        const std::string text = readText(file);
        std::string last(1, text.back());
        last[0] = static_cast<char>(last[0] ^ 1);
        overwrite(file, text.size() - 1, last);
        QVERIFY(problemsOf(bench, false).find("SHA-256") != std::string::npos);
        QVERIFY(problemsOf(bench, true).find("values are not the source's") != std::string::npos
            || problemsOf(bench, true).find("the manifest says") != std::string::npos);
    }

    void an_error_that_is_no_number_is_no_error_of_zero()
    {
        Bench bench;
        QVERIFY(exported(bench));
        const fs::path file = bench.path("out") / "model.safetensors";
        overwrite(file, placeOf(readText(file), "lm_head.scales"), "\xC0\x7F"); // NaN in BF16
        const std::string problems = problemsOf(bench, true);
        QVERIFY2(problems.find("lm_head: error") != std::string::npos, problems.c_str());
    }

    void a_manifest_without_digests_verifies_nothing()
    {
        Bench bench;
        QVERIFY(exported(bench));
        emptyList(bench, "files", false);
        const std::string line = "model.safetensors: the manifest has no digest of it\n";
        QCOMPARE(problemsOf(bench, false), line);
        QCOMPARE(problemsOf(bench, true), line);
    }

    void a_manifest_without_decisions_is_seen_with_the_source()
    {
        Bench bench;
        QVERIFY(exported(bench));
        emptyList(bench, "decisions", true);
        const std::string problems = problemsOf(bench, true);
        QVERIFY2(problems.find("lm_head: quantized, which the manifest does not say")
                != std::string::npos,
            problems.c_str());
    }

    void the_report_repeats_what_the_manifest_says_of_each_tensor()
    {
        Bench bench;
        QVERIFY(exported(bench));
        replaceText(bench.path("out") / "bitloupe-manifest.json", "\"encoder\": \"search\"",
            "\"encoder\": \"round\"");
        const auto report = verifyExport(bench.path("out"), nullptr, Job {});
        QVERIFY(report);
        QCOMPARE(report->checks.size(), std::size_t {16});
        for (const TensorCheck& check : report->checks) {
            QCOMPARE(check.encoder, Encoder::round);
            QVERIFY(std::isfinite(check.nrmseEncoded));
            QVERIFY(std::isnan(check.nrmseFound));
        }
    }

    void a_truncated_file_is_a_problem_not_a_crash()
    {
        Bench bench;
        QVERIFY(exported(bench));
        fs::resize_file(bench.path("out") / "model.safetensors", 3000);
        QVERIFY(!problemsOf(bench, true).empty());
    }

    void a_configuration_that_disagrees_with_the_shapes_is_seen()
    {
        Bench bench;
        QVERIFY(exported(bench));
        replaceText(bench.path("out") / "config.json",
            "\"lm_head\": {\"group_size\": 64, \"bits\": 4}",
            "\"lm_head\": {\"group_size\": 64, \"bits\": 5}");
        const std::string problems = problemsOf(bench, true);
        QVERIFY2(problems.find("lm_head: 5 bits in groups of 64 do not fit") != std::string::npos,
            problems.c_str());
    }

    void a_stranger_in_the_folder_is_named()
    {
        Bench bench;
        QVERIFY(exported(bench));
        std::ofstream(bench.path("out") / "model-extra.txt") << "x";
        QVERIFY(problemsOf(bench, false).find("model-extra.txt") != std::string::npos);
    }

    void a_missing_file_is_named()
    {
        Bench bench;
        QVERIFY(exported(bench));
        fs::remove(bench.path("out") / "tokenizer.json");
        QVERIFY(problemsOf(bench, false).find("tokenizer.json") != std::string::npos);
    }

    void another_source_is_seen()
    {
        Bench bench;
        QVERIFY(exported(bench));
        Bench other;
        auto tensors = llamaTensors();
        tensors[0].value = [](std::uint64_t i) { return i % 2 == 0 ? 0.5F : -0.5F; };
        tensors[2].shape = {128, 64};
        QVERIFY2(other.open(llamaConfig(), tensors), other.problem.c_str());
        const auto report = verifyExport(bench.path("out"), other.model, Job {});
        QVERIFY(report);
        QVERIFY(!report->problems.empty());
    }

    void a_fine_tune_of_the_same_shapes_is_another_source()
    {
        Bench bench;
        QVERIFY(exported(bench));
        Bench other;
        auto tensors = llamaTensors();
        tensors[2].value = [](std::uint64_t i) { return 0.01F * static_cast<float>(i % 7); };
        QVERIFY2(other.open(llamaConfig(), tensors), other.problem.c_str());
        const auto report = verifyExport(bench.path("out"), other.model, Job {});
        QVERIFY(report);
        QVERIFY(std::any_of(report->problems.begin(), report->problems.end(), [](const auto& line) {
            return line.find("not the one exported from") != std::string::npos;
        }));
    }

    void a_name_in_the_manifest_cannot_lead_out_of_the_folder()
    {
        Bench bench;
        QVERIFY(exported(bench));
        std::ofstream(bench.path("outside.txt")) << "x";
        replaceText(bench.path("out") / "bitloupe-manifest.json", "\"tokenizer.json\"",
            "\"../outside.txt\"");
        QVERIFY(problemsOf(bench, false).find("outside.txt: not a name") != std::string::npos);
    }

    void what_is_no_directory_is_an_error()
    {
        const auto report = verifyExport("/nonexistent/place", nullptr, Job {});
        QVERIFY(!report);
        QCOMPARE(report.error().code, Errc::notAModel);
    }
};

QTEST_APPLESS_MAIN(tst_VerifyExport)
#include "tst_verify_export.moc"
