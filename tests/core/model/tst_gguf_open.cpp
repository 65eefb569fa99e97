// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_metadata.h"
#include "model/open.h"
#include "support/gguf_bytes.h"
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"

#include <QTest>

#include <algorithm>
#include <cstring>

using namespace bitloupe;
using namespace bitloupe::test;
namespace fs = std::filesystem;

namespace {

Result<std::shared_ptr<const Model>> open(const fs::path& path) { return openModel(path, Job {}); }

bool mentions(const Error& error, const std::string& words)
{
    return error.message().find(words) != std::string::npos;
}

bool warnsOf(const Model& model, const std::string& words)
{
    return std::any_of(model.warnings.begin(), model.warnings.end(),
        [&](const ModelWarning& each) { return each.sentence.find(words) != std::string::npos; });
}

GgufBuilder llama()
{
    GgufBuilder builder;
    builder.addText("general.architecture", "llama");
    builder.addU32("llama.block_count", 1);
    builder.addU32("llama.embedding_length", 8);
    builder.addFloats("token_embd.weight", {8, 6});
    builder.addFloats("blk.0.ffn_up.weight", {8, 4});
    return builder;
}

struct Part {
    std::uint16_t number, count;
    std::vector<std::string> tensors;
    std::int32_t total = 3;
};

std::string partBytes(const Part& part)
{
    GgufBuilder builder;
    if (part.number == 0) {
        builder.addText("general.architecture", "llama");
        builder.addPair("split.tensors.count", 5, raw(part.total));
    }
    builder.addPair("split.no", 2, raw(part.number));
    builder.addPair("split.count", 2, raw(part.count));
    for (const std::string& name : part.tensors)
        builder.addFloats(name, {4, 4});
    return builder.bytes();
}

void writeParts(const ScratchFolder& folder)
{
    folder.write("m-00001-of-00003.gguf", partBytes({0, 3, {}}));
    folder.write("m-00002-of-00003.gguf", partBytes({1, 3, {"token_embd.weight", "output.weight"}}));
    folder.write("m-00003-of-00003.gguf", partBytes({2, 3, {"blk.0.attn_q.weight"}}));
}

} // namespace

class TestGgufOpen : public QObject {
    Q_OBJECT
private slots:
    void opens_a_file_and_its_folder()
    {
        const ScratchFolder folder;
        const fs::path file = folder.write("m/tiny.gguf", llama().bytes());
        folder.write("m/config.json", "not of this model");
        folder.write("m/mmproj-tiny.gguf", "GGUF");
        const auto model = open(file).value();
        QVERIFY(model->format == ModelFormat::gguf);
        QCOMPARE(model->name, std::string("tiny.gguf"));
        QCOMPARE(model->tensors.size(), size_t(2));
        QCOMPARE(model->config.modelType, std::string("llama"));
        QCOMPARE(model->config.hiddenSize.value_or(0), std::int64_t(8));
        QVERIFY(model->config.tiedEmbeddings.value_or(false));
        QVERIFY(model->metadata->text("general.architecture") == "llama");
        QVERIFY(model->warnings.empty());
        QCOMPARE(open(folder / "m").value()->digest(), model->digest());
    }

    void the_weights_are_where_the_header_says()
    {
        const ScratchFolder folder;
        const auto model = open(folder.write("tiny.gguf", llama().bytes())).value();
        const TensorId id = model->find("token_embd.weight").value();
        const auto window = model->view(id, 4, 4);
        float value = 0;
        std::memcpy(&value, window.value().bytes().data(), sizeof value);
        QCOMPARE(value, 1.0f);
        QVERIFY(model->tensor(id).shape == Shape({6, 8}));
    }

    void opens_a_file_without_an_ending_by_its_magic()
    {
        const ScratchFolder folder;
        const auto model = open(folder.write("blobs/sha256-0123", llama().bytes()));
        QVERIFY(model.has_value() && (*model)->format == ModelFormat::gguf);
    }

    void opens_all_parts_by_any_of_them()
    {
        const ScratchFolder folder;
        writeParts(folder);
        const auto model = open(folder / "m-00001-of-00003.gguf").value();
        QCOMPARE(model->name, std::string("m"));
        QCOMPARE(model->shards.size(), size_t(3));
        QCOMPARE(model->tensors.size(), size_t(3));
        QVERIFY(model->metadata->text("general.architecture") == "llama");
        for (const char* other : {"", "m-00002-of-00003.gguf", "m-00003-of-00003.gguf"})
            QCOMPARE(open(folder / other).value()->digest(), model->digest());
    }

    void refuses_parts_that_do_not_fit_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* file, const Part& part, const char* words) {
            QTest::newRow(name) << QString(file) << QByteArray::fromStdString(partBytes(part))
                                << QString(words);
        };
        const char* const second = "m-00002-of-00003.gguf";
        const std::vector<std::string> two {"token_embd.weight", "output.weight"};
        row("number", second, {2, 3, two}, "split.no is 2");
        row("count", second, {1, 4, two}, "split.count is 4");
        row("fewer_tensors", second, {1, 3, {"token_embd.weight"}}, "split.tensors.count is 3");
        row("one_name_twice", second, {1, 3, {"token_embd.weight", "blk.0.attn_q.weight"}},
            "m-00002-of-00003.gguf and in m-00003-of-00003.gguf");
        row("negative", "m-00001-of-00003.gguf", {0, 3, {}, -1}, "split.tensors.count is -1");
    }

    void refuses_parts_that_do_not_fit()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const ScratchFolder folder;
        writeParts(folder);
        folder.write(file.toStdString(), bytes.toStdString());
        const auto model = open(folder / "m-00001-of-00003.gguf");
        QVERIFY(!model);
        QVERIFY2(mentions(model.error(), words.toStdString()), model.error().message().c_str());
    }

    void names_the_part_that_is_absent()
    {
        const ScratchFolder folder;
        writeParts(folder);
        fs::remove(folder / "m-00002-of-00003.gguf");
        const auto model = open(folder / "m-00003-of-00003.gguf");
        QVERIFY(mentions(model.error(), "part 2 of 3 is absent: m-00002-of-00003.gguf"));
    }

    void a_part_under_another_name_says_that_it_is_one()
    {
        const ScratchFolder folder;
        const auto model = open(folder.write("renamed.gguf", partBytes({1, 3, {"a"}})));
        QVERIFY(mentions(model.error(), "part 1 (from 0) of 3"));
    }

    void names_what_a_file_is_instead()
    {
        const ScratchFolder folder;
        SafetensorsBuilder other;
        other.addFloats("a", {2});
        const auto refusal = [&](const std::string& bytes) {
            return open(folder.write("m.gguf", bytes)).error();
        };
        QVERIFY(mentions(refusal("version https://git-lfs.github.com/spec/v1\n"), "git lfs pull"));
        QVERIFY(mentions(refusal(std::string(4096, '\0')), "only zeros"));
        QVERIFY(mentions(refusal("tjgg" + std::string(99, 'x')), "before GGUF"));
        QVERIFY(mentions(refusal(other.bytes()), "give it the ending .safetensors"));
        QVERIFY(mentions(refusal("abcdefghijklmnop"), "m.gguf"));
        QVERIFY(mentions(refusal(""), "0 bytes"));
    }

    void warns_of_bytes_that_follow_and_of_blocks()
    {
        const ScratchFolder folder;
        GgufBuilder builder = llama();
        QVERIFY(warnsOf(*open(folder.write("a.gguf", builder.bytes() + "more")).value(),
            "4 bytes follow"));
        builder.add("blk.0.ffn_down.weight", {32, 2}, 2, std::string(36, '\0'));
        QVERIFY(warnsOf(*open(folder.write("a.gguf", builder.bytes())).value(), "already Q4_0"));
        builder.add("blk.0.ffn_gate.weight", {256}, 16, std::string(66, '\0'));
        QVERIFY(warnsOf(*open(folder.write("a.gguf", builder.bytes())).value(), "not analysed"));
    }

    void odd_facts_are_warnings()
    {
        const ScratchFolder folder;
        GgufBuilder builder;
        builder.addText("general.architecture", "llama");
        builder.addPair("llama.block_count", 10, raw(~std::uint64_t {0}));
        builder.addText("llama.attention.head_count", "many");
        builder.addPair("llama.embedding_length", 5, raw<std::int32_t>(-4));
        builder.addF32("llama.rope.freq_base", -1);
        builder.addU32("llama.vocab_size", 1'000'000);
        builder.addFloats("token_embd.weight", {8, 6});
        const auto model = open(folder.write("a.gguf", builder.bytes())).value();
        QVERIFY(!model->config.layers && !model->config.heads && !model->config.hiddenSize);
        QCOMPARE(model->config.vocabSize.value_or(0), std::int64_t(6));
        QCOMPARE(model->warnings.size(), size_t(5));
        GgufBuilder nameless;
        nameless.addFloats("a", {4});
        QVERIFY(warnsOf(*open(folder.write("a.gguf", nameless.bytes())).value(), "clients demand"));
    }
};

QTEST_APPLESS_MAIN(TestGgufOpen)
#include "tst_gguf_open.moc"
