// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_model.h"

#include "core/export/made_gguf.h"
#include "export/gguf_layout.h"
#include "export/gguf_recipes.h"
#include "model/gguf_metadata.h"
#include "probe/probe.h"
#include "support/gguf_bytes.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace bitloupe;
using namespace bitloupe::test;
using namespace bitloupe::tests;

namespace {

struct Undecoded {
    const char* name;
    std::vector<std::uint64_t> sizes; // the row first
    std::uint32_t type; // number of ggml
    std::uint64_t bytes;
    const char* reason;
};

const Undecoded undecoded[] = {
    {"ids", {5}, 27, 40, "I64 is not decoded"},
    {"blk.0.ffn_gate_tid2eid.weight", {3, 70'000}, 26, 840'000, "I32 is not decoded"},
    {"i16.weight", {7, 2}, 25, 28, "I16 is not decoded"},
    {"i8.weight", {33}, 24, 33, "I8 is not decoded"},
    {"four.weight", {2, 3, 1, 5}, 26, 120, "I32 is not decoded"},
    {"none.weight", {0}, 27, 0, "I64 is not decoded"},
    {"double.weight", {3, 2}, 28, 48, "unknown purpose"},
    {"blk.0.attn_q.weight", {512, 3}, 16, 396, "IQ2_XXS is not decoded"},
    {"blk.0.ffn_up_exps.weight", {256, 2, 3}, 34, 324, "TQ1_0 is not decoded"},
};

// With floats between them, and no byte of which is what a zero would be.
bool openUndecoded(MadeGguf& made, const ProfileOptions& options)
{
    GgufBuilder builder;
    builder.addText("general.architecture", "llama");
    builder.addFloats("token_embd.weight", {64, 8});
    for (const Undecoded& entry : undecoded) {
        std::string data(entry.bytes, '\0');
        for (std::size_t i = 0; i < data.size(); ++i)
            data[i] = static_cast<char>(1 + i * 7 % 101);
        builder.add(entry.name, entry.sizes, entry.type, data);
        builder.addFloats(std::string(entry.name) + ".bias", {9});
    }
    std::ofstream(made.path("made.gguf"), std::ios::binary) << builder.bytes();
    return made.openFile(made.path("made.gguf"), options);
}

} // namespace

class tst_GgufExport : public QObject {
    Q_OBJECT

private slots:
    void size_is_known_to_the_byte_data()
    {
        QTest::addColumn<quint64>("splitBytes");
        QTest::newRow("one file") << quint64 {0};
        QTest::newRow("files of 20,000 bytes") << quint64 {20'000};
        QTest::newRow("a tensor each") << quint64 {1};
    }

    void size_is_known_to_the_byte()
    {
        QFETCH(quint64, splitBytes);
        MadeGguf made;
        QVERIFY(made.open(configOf("llama", R"(, "rope_scaling": {"rope_type": "llama3",
 "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
 "original_max_position_embeddings": 128})"), dense(), {.splitBytes = splitBytes}));
        const auto files = ggufWeightFiles(*made.model, made.profile, made.floats(), "m.gguf");
        QVERIFY2(files.has_value(), "layout");
        QCOMPARE(files->fileBytes, layoutFiles(made.profile, made.floats()).fileBytes);
        std::uint64_t sum = 0;
        for (const WeightFile& file : files->files)
            sum += file.fileBytes();
        QCOMPARE(sum, files->fileBytes);
        QCOMPARE(files->files.size() == 1, splitBytes == 0);
    }

    void exported_files_are_read_back_equal_data() { size_is_known_to_the_byte_data(); }

    void exported_files_are_read_back_equal()
    {
        QFETCH(quint64, splitBytes);
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense(), {.splitBytes = splitBytes}));
        const auto report = made.exportTo("out.gguf");
        QVERIFY2(report.has_value(), report ? "" : report.error().message().c_str());
        std::uint64_t bytes = 0;
        for (const auto& entry : fs::directory_iterator(made.path("")))
            if (entry.path().extension() == ".gguf")
                bytes += entry.file_size();
        QCOMPARE(bytes, report->plannedBytes);
        QVERIFY(fs::exists(made.path("out.bitloupe.json")));
        const auto again = made.exportTo("out.gguf");
        QVERIFY(!again);
        QVERIFY(again.error().code == Errc::targetExists);
        const fs::path first
            = splitBytes == 0 ? made.path("out.gguf") : made.path(report->files.front().name);
        const auto verified = verifyExport(first, made.model, Job {});
        QVERIFY2(verified.has_value(), "verify");
        QVERIFY2(verified->problems.empty(),
            verified->problems.empty() ? "" : verified->problems.front().c_str());
    }

    void file_type_is_that_of_the_recipe_in_the_name()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        for (const char* name : {"q4_0", "q5_1", "q8_0", "bf16"}) {
            const std::vector<std::uint16_t> choice = made.allAs(name);
            const GgufRecipe& recipe = nearestRecipe(made.profile, choice);
            const std::string file = ggufFileName(*made.model, made.profile, choice);
            QCOMPARE(file, "source-BL-" + std::string(recipe.name) + ".gguf");
            QVERIFY(made.exportAs(choice, file, {}).has_value());
            const auto written = openModel(made.path(file), Job {});
            const GgufMetadata& keys = *(*written)->metadata;
            QCOMPARE(keys.integer("general.file_type").value_or(-1),
                std::int64_t {recipe.fileType});
            QCOMPARE(keys.integer("general.quantization_version").value_or(-1), std::int64_t {2});
        }
    }

    void a_folder_of_one_export_is_verified_and_of_several_is_refused()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense(), {.splitBytes = 20'000}));
        fs::create_directory(made.path("out"));
        QVERIFY(made.exportTo("out/model.gguf").has_value());
        const auto one = verifyExport(made.path("out"), made.model, Job {});
        QVERIFY2(one.has_value(), one ? "" : one.error().message().c_str());
        QVERIFY2(one->problems.empty(), one->problems.empty() ? "" : one->problems.front().c_str());
        QVERIFY(made.exportTo("out/other.gguf").has_value());
        const auto two = verifyExport(made.path("out"), made.model, Job {});
        QVERIFY(!two);
        QVERIFY2(two.error().message().find("found 2 exported models") != std::string::npos,
            two.error().message().c_str());
    }

    void what_nobody_knows_is_copied_and_said()
    {
        GgufBuilder builder;
        builder.addText("general.architecture", "llama");
        builder.addFloats("token_embd.weight", {64, 8});
        builder.addFloats("v.blk.0.attn_q.weight", {64, 64});
        builder.addFloats("mm.0.weight", {64, 64});
        builder.addFloats("blk.0.new_thing.weight", {64, 64});
        builder.addFloats("blk.0.ssm_out.weight", {64, 64});
        builder.addFloats("blk.0.ssm_x.weight", {64, 64});
        builder.addFloats("blk.0.attn_q.rel_pos.weight", {64, 64});
        MadeGguf made;
        const fs::path file = made.path("made.gguf");
        std::ofstream(file, std::ios::binary) << builder.bytes();
        QVERIFY2(made.openFile(file), made.error ? made.error->message().c_str() : "");
        const auto reason = [&](const char* name) { return made.decision(name)->fixedReason; };
        QCOMPARE(reason("v.blk.0.attn_q.weight"), std::string("vision part"));
        QCOMPARE(reason("mm.0.weight"), std::string("vision part"));
        QCOMPARE(reason("blk.0.new_thing.weight"), std::string("unknown purpose"));
        QCOMPARE(reason("blk.0.ssm_x.weight"), std::string("unknown purpose"));
        QCOMPARE(reason("blk.0.attn_q.rel_pos.weight"),
            std::string("llama.cpp never quantizes it"));
        QCOMPARE(reason("blk.0.ssm_out.weight"), std::string());
        QVERIFY(made.decision("mm.0.weight")->options.size() == 1);
        std::string notes;
        for (const std::string& note : made.profile.notes)
            notes += note + "\n";
        QVERIFY2(notes.find("2 tensors are copied as they are (vision part): ")
                != std::string::npos, notes.c_str());
        QVERIFY2(notes.find("2 tensors are copied as they are (unknown purpose): "
                            "blk.0.new_thing.weight and others")
                != std::string::npos, notes.c_str());
        QVERIFY2(notes.find("(64): planned with") != std::string::npos, notes.c_str());
    }

    void what_is_not_decoded_is_copied_byte_for_byte_data() { size_is_known_to_the_byte_data(); }

    void what_is_not_decoded_is_copied_byte_for_byte()
    {
        QFETCH(quint64, splitBytes);
        MadeGguf made;
        QVERIFY2(openUndecoded(made, {.splitBytes = splitBytes}),
            made.error ? made.error->message().c_str() : "");
        for (const Undecoded& entry : undecoded) {
            const Decision* decision = made.decision(entry.name);
            QCOMPARE(decision->fixedReason, std::string(entry.reason));
            QCOMPARE(decision->options.size(), std::size_t {1});
            QCOMPARE(decision->options[0].dataBytes, entry.bytes);
        }
        const auto report = made.exportTo("out.gguf");
        QVERIFY2(report.has_value(), report ? "" : report.error().message().c_str());
        std::uint64_t bytes = 0;
        for (const WrittenFile& file : report->files)
            bytes += file.bytes;
        QCOMPARE(bytes, report->plannedBytes);
        const fs::path first
            = splitBytes == 0 ? made.path("out.gguf") : made.path(report->files.front().name);
        const auto written = openModel(first, Job {});
        for (const Undecoded& entry : undecoded) {
            const TensorId from = *made.model->find(entry.name), to = *(*written)->find(entry.name);
            QVERIFY((*written)->tensor(to).dtype == made.model->tensor(from).dtype);
            QVERIFY((*written)->tensor(to).shape == made.model->tensor(from).shape);
            const auto left = made.model->view(from, 0, entry.bytes);
            const auto right = (*written)->view(to, 0, entry.bytes);
            QVERIFY(std::ranges::equal(left->bytes(), right->bytes()));
        }
        const auto verified = verifyExport(first, made.model, Job {});
        QVERIFY2(verified->problems.empty(),
            verified->problems.empty() ? "" : verified->problems.front().c_str());
        const std::string manifest = readText(made.path("out.bitloupe.json"));
        QVERIFY(manifest.find("\"reason\": \"IQ2_XXS is not decoded\"") != std::string::npos);
        QVERIFY(manifest.find("\"codec\": \"iq2_xxs\"") != std::string::npos);
    }

    void what_is_copied_is_said()
    {
        MadeGguf made;
        QVERIFY(openUndecoded(made, {}));
        const auto said = [&](const char* note) {
            return std::ranges::find(made.profile.notes, note) != made.profile.notes.end();
        };
        QVERIFY(said("2 tensors are copied as they are (I64 is not decoded): ids and others"));
        QVERIFY(said("1 tensors are copied as they are (TQ1_0 is not decoded): "
                     "blk.0.ffn_up_exps.weight"));
        QVERIFY(said("1 tensors are copied as they are (unknown purpose): double.weight"));
        for (const std::string& note : made.profile.notes)
            QVERIFY2(note.find("rounded") == std::string::npos
                    && note.find("quantized already") == std::string::npos, note.c_str());
    }

    void a_copied_byte_that_changed_is_found()
    {
        for (const Undecoded& entry : undecoded) {
            if (entry.bytes == 0)
                continue;
            MadeGguf made;
            QVERIFY(openUndecoded(made, {}));
            QVERIFY(made.exportTo("out.gguf").has_value());
            const auto written = openModel(made.path("out.gguf"), Job {});
            const TensorInfo& info = (*written)->tensor(*(*written)->find(entry.name));
            fs::remove(made.path("out.bitloupe.json"));
            std::fstream file(
                made.path("out.gguf"), std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(static_cast<std::streamoff>(info.byteOffset + info.byteSize - 1));
            file.put('\x7f');
            file.close();
            const auto verified = verifyExport(made.path("out.gguf"), made.model, Job {});
            const std::string name = made.decision(entry.name)->name;
            QVERIFY(std::ranges::find(
                        verified->problems, name + ": 1 values are not the source's")
                != verified->problems.end());
        }
    }

    void blocks_that_are_only_read_can_be_kept()
    {
        GgufBuilder builder;
        builder.addText("general.architecture", "llama");
        builder.addFloats("token_embd.weight", {256, 8});
        std::string blocks(64 / 32 * 17 * 256, '\x33');
        for (std::size_t i = 0; i < blocks.size(); i += 17)
            blocks[i] = '\x7b'; // the scale: 2^-5
        builder.add("blk.0.ffn_up.weight", {256, 64}, 39, blocks); // MXFP4
        MadeGguf made;
        std::ofstream(made.path("made.gguf"), std::ios::binary) << builder.bytes();
        QVERIFY(!made.openFile(made.path("made.gguf")));
        QVERIFY(made.error->code == Errc::alreadyQuantized);
        QVERIFY(made.openFile(made.path("made.gguf"), {.requantize = true}));
        const Decision& kept = *made.decision("blk.0.ffn_up.weight");
        QCOMPARE(codec(kept.options.back().codec).name, std::string_view("mxfp4"));
        QCOMPARE(kept.options.back().dataBytes, std::uint64_t {blocks.size()});
        QCOMPARE(codec(kept.options.front().codec).name, std::string_view("q2_k"));
        for (const char* name : {"mxfp4", "q3_k"}) {
            const std::string file = std::string(name) + ".gguf";
            const auto report = made.exportAs(made.allAs(name), file, {});
            QVERIFY2(report.has_value(), report ? "" : report.error().message().c_str());
            const auto verified = verifyExport(made.path(file), made.model, Job {});
            QVERIFY2(verified->problems.empty(),
                verified->problems.empty() ? "" : verified->problems.front().c_str());
        }
    }

    void damage_of_one_byte_is_found()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        QVERIFY(made.exportTo("out.gguf").has_value());
        std::fstream file(made.path("out.gguf"), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-100, std::ios::end);
        file.put('\x55');
        file.close();
        const auto verified = verifyExport(made.path("out.gguf"), made.model, Job {});
        QVERIFY(verified.has_value());
        QVERIFY(!verified->problems.empty());
    }

    void nothing_is_left_of_a_stopped_export()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        std::stop_source stop;
        stop.request_stop();
        const auto report = made.exportTo("out.gguf", {.stop = stop.get_token()});
        QVERIFY(!report);
        QVERIFY(report.error().code == Errc::cancelled);
        std::size_t left = 0;
        for ([[maybe_unused]] const auto& entry : fs::directory_iterator(made.path("")))
            ++left;
        QCOMPARE(left, std::size_t {1}); // the source
    }

    void feedback_reaches_blocks_and_is_the_same_for_any_thread_count()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        auto moments = probeModel(made.model, ProbeTier::full, Job {});
        QVERIFY2(moments.has_value(), moments ? "" : moments.error().message().c_str());
        ExportOptions how;
        how.encoder = Encoder::feedback;
        how.moments = std::make_shared<const Moments>(*std::move(moments));
        how.selfTextOptions = {.sequences = 16, .length = 16};
        std::string first;
        for (const unsigned count : {1u, 2u, 7u}) {
            const std::string name = "out" + std::to_string(count) + ".gguf";
            Job job;
            job.threads = count;
            const auto report = made.exportAs(made.allAs("q4_0"), name, how, job);
            QVERIFY2(report.has_value(), report ? "" : report.error().message().c_str());
            QCOMPARE(report->checks.size(), std::size_t {8});
            for (const TensorCheck& check : report->checks) {
                QVERIFY2(check.encoder == Encoder::feedback, check.fallback.c_str());
                QVERIFY(std::abs(check.nrmseFound - check.nrmseEncoded) < 1e-12);
            }
            const std::string content = readText(made.path(name));
            first = first.empty() ? content : first;
            QVERIFY(content == first);
        }
    }

    void gguf_becomes_gguf_with_the_same_pairs()
    {
        MadeGguf first;
        QVERIFY(first.open(configOf("llama"), dense()));
        QVERIFY(first.exportTo("out.gguf").has_value());
        MadeGguf second;
        QVERIFY2(second.openFile(first.path("out.gguf")), qPrintable(QString::fromStdString(
            second.error ? second.error->message() : "")));
        QVERIFY(second.exportTo("again.gguf").has_value());
        const auto a = openModel(first.path("out.gguf"), Job {});
        const auto b = openModel(second.path("again.gguf"), Job {});
        QVERIFY(a.has_value() && b.has_value());
        const auto pairs = (*a)->metadata->pairs(), others = (*b)->metadata->pairs();
        QCOMPARE(pairs.size(), others.size());
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            QCOMPARE(pairs[i].key, others[i].key);
            if (pairs[i].key != "bitloupe.source.digest")
                QVERIFY(*(*a)->metadata->bytes(pairs[i].whole)
                    == *(*b)->metadata->bytes(others[i].whole));
        }
        QCOMPARE((*a)->tensors.size(), (*b)->tensors.size());
        for (std::size_t i = 0; i < (*a)->tensors.size(); ++i) {
            const TensorId id {static_cast<std::uint32_t>(i)};
            const auto size = (*a)->tensor(id).byteSize;
            const auto left = (*a)->view(id, 0, size), right = (*b)->view(id, 0, size);
            QVERIFY(std::ranges::equal(left->bytes(), right->bytes()));
        }
    }
};

QTEST_APPLESS_MAIN(tst_GgufExport)
#include "tst_gguf_export.moc"
