// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_tokenizer.h"

#include "core/export/made_checkpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <fstream>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

constexpr const char* plainSplit
    = R"({"type": "ByteLevel", "add_prefix_space": false, "use_regex": true})";

std::string tokenizerJson(const std::string& preTokenizer, const std::string& more = "",
    const std::string& vocabulary = R"("a": 0, "b": 1, "ab": 2)")
{
    return R"({"pre_tokenizer": )" + preTokenizer + R"(, "added_tokens": [
 {"id": 4, "content": "<|end|>", "special": true}, {"id": 5, "content": "tool", "special": false}],
 "model": {"type": "BPE", "vocab": {)"
        + vocabulary + R"(}, "merges": [["a", "b"], "b a"])" + more + "}}";
}

class Folder {
public:
    Result<GgufTokenizer> read(std::uint64_t rows = 7)
    {
        writeCheckpoint(path(), llamaConfig(), llamaTensors());
        for (const auto& [name, text] : files)
            std::ofstream(path() / name, std::ios::binary) << text;
        const auto model = openModel(path(), Job {});
        if (!model)
            return model.error();
        return readGgufTokenizer(**model, rows);
    }
    std::filesystem::path path() const
    {
        return std::filesystem::path(m_directory.path().toStdString()) / "source";
    }
    std::map<std::string, std::string> files {{"tokenizer.json", tokenizerJson(plainSplit)}};

private:
    QTemporaryDir m_directory;
};

std::string splitThenBytes(const std::string& regex)
{
    return R"({"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": ")"
        + regex
        + R"("}, "behavior": "Isolated", "invert": false}, {"type": "ByteLevel",
 "add_prefix_space": false, "use_regex": false}]})";
}

constexpr const char* threeDigits
    = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}"
      "| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+";

} // namespace

class tst_GgufTokenizer : public QObject {
    Q_OBJECT

private slots:
    void byte_pairs_become_tokens_types_and_merges()
    {
        Folder folder;
        const auto tokenizer = folder.read();
        QVERIFY2(tokenizer.has_value(), "read");
        QCOMPARE(tokenizer->model, std::string("gpt2"));
        QCOMPARE(tokenizer->pre, std::string("gpt-2"));
        const std::vector<std::string> tokens {
            "a", "b", "ab", "[PAD3]", "<|end|>", "tool", "[PAD6]"};
        QVERIFY(tokenizer->tokens == tokens);
        QVERIFY((tokenizer->types == std::vector<std::int32_t> {1, 1, 1, 5, 3, 4, 5}));
        QVERIFY((tokenizer->merges == std::vector<std::string> {"a b", "b a"}));
    }

    void special_tokens_come_from_the_configuration()
    {
        Folder folder;
        folder.files["tokenizer_config.json"] = R"({"bos_token": {"content": "<|end|>"},
 "eos_token": "tool", "add_bos_token": true, "chat_template": "{{ never run }}"})";
        const auto tokenizer = folder.read();
        QVERIFY(tokenizer.has_value());
        QVERIFY(tokenizer->bos == 4U);
        QVERIFY(tokenizer->eos == 5U);
        QVERIFY(!tokenizer->unknown);
        QVERIFY(tokenizer->addBos);
        QVERIFY(!tokenizer->addEos);
        QVERIFY(tokenizer->chatTemplate == "{{ never run }}");
    }

    void template_of_the_post_processor_adds_tokens()
    {
        Folder folder;
        folder.files["tokenizer_config.json"] = R"({"bos_token": "<|end|>"})";
        std::string json = tokenizerJson(plainSplit);
        json.insert(1, R"("post_processor": {"type": "TemplateProcessing", "single": [
 {"SpecialToken": {"id": "<|end|>"}}, {"Sequence": {"id": "A"}}]}, )");
        folder.files["tokenizer.json"] = json;
        const auto tokenizer = folder.read();
        QVERIFY(tokenizer.has_value());
        QVERIFY(tokenizer->addBos);
    }

    void pre_tokenizer_is_known_by_its_pattern_data()
    {
        QTest::addColumn<QString>("split");
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("name");
        const QString llama = QString::fromStdString(splitThenBytes(threeDigits));
        QTest::newRow("llama") << llama << ", \"ignore_merges\": true" << "llama-bpe";
        QTest::newRow("smaug") << llama << "" << "smaug-bpe";
        QString qwen = llama;
        qwen.replace("{1,3}", "");
        QTest::newRow("qwen") << qwen << "" << "qwen2";
        QTest::newRow("qwen that ignores merges") << qwen << ", \"ignore_merges\": true" << "";
        const QString digits = QStringLiteral(R"({"type": "Sequence", "pretokenizers": [
 {"type": "Digits", "individual_digits": true}, %1]})").arg(QLatin1String(plainSplit));
        QTest::newRow("smollm") << digits << "" << "smollm";
        QTest::newRow("other pattern")
            << QString::fromStdString(splitThenBytes("my own|pattern")) << "" << "";
        QTest::newRow("none") << "null" << "" << "";
    }

    void pre_tokenizer_is_known_by_its_pattern()
    {
        QFETCH(QString, split);
        QFETCH(QString, more);
        QFETCH(QString, name);
        Folder folder;
        folder.files["tokenizer.json"] = tokenizerJson(split.toStdString(), more.toStdString());
        const auto tokenizer = folder.read();
        QCOMPARE(tokenizer.has_value(), !name.isEmpty());
        if (tokenizer)
            QCOMPARE(QString::fromStdString(tokenizer->pre), name);
        else
            QVERIFY(tokenizer.error().code == Errc::unsupported);
    }

    void every_pattern_is_that_of_the_published_tokenizers_data()
    {
        QTest::addColumn<QStringList>("splits");
        QTest::addColumn<bool>("ignoresMerges");
        const QString marks = QStringLiteral("[^\\r\\n\\p{L}\\p{N}]?");
        const QString upper = QStringLiteral("[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]");
        const QString lower = QStringLiteral("[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]");
        const QString tail = QStringLiteral("|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");
        const QString symbols = QStringLiteral("| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*");
        const QString contractions = QStringLiteral("(?i:'s|'t|'re|'ve|'m|'ll|'d)");
        QTest::newRow("tekken") << QStringList {marks + upper + "*" + lower + "+|" + marks + upper
                + "+" + lower + "*|\\p{N}" + symbols + tail} << true;
        QTest::newRow("gpt-4o") << QStringList {marks + upper + "*" + lower + "+" + contractions
                + "?|" + marks + upper + "+" + lower + "*" + contractions + "?|\\p{N}{1,3}"
                + symbols + tail} << false;
        QTest::newRow("qwen35") << QStringList {contractions + "|" + marks
                + "[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*" + tail} << false;
        QTest::newRow("deepseek-v3") << QStringList {"\\p{N}{1,3}",
            QString::fromUtf8("[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"),
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?"
            "[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*" + tail} << false;
    }

    void every_pattern_is_that_of_the_published_tokenizers()
    {
        QFETCH(QStringList, splits);
        QFETCH(bool, ignoresMerges);
        QJsonArray steps;
        for (const QString& split : splits)
            steps.append(QJsonObject {{"type", "Split"}, {"behavior", "Isolated"},
                {"invert", false}, {"pattern", QJsonObject {{"Regex", split}}}});
        steps.append(QJsonObject {
            {"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", false}});
        const QJsonObject chain {{"type", "Sequence"}, {"pretokenizers", steps}};
        for (const bool ignores : {false, true}) {
            Folder folder;
            folder.files["tokenizer.json"] = tokenizerJson(
                QJsonDocument(chain).toJson().toStdString(),
                ignores ? ", \"ignore_merges\": true" : "");
            const auto tokenizer = folder.read();
            QCOMPARE(tokenizer.has_value(), ignores == ignoresMerges);
            if (tokenizer)
                QCOMPARE(tokenizer->pre, std::string(QTest::currentDataTag()));
            // The client parts combining marks from their letters under two of the names.
            if (tokenizer)
                QCOMPARE(tokenizer->notes.size(), std::size_t {splits[0].contains("Lu") ? 1U : 0U});
        }
    }

    void unknown_pattern_is_printed()
    {
        Folder folder;
        folder.files["tokenizer.json"] = tokenizerJson(splitThenBytes("my own|pattern"));
        const auto tokenizer = folder.read();
        QVERIFY(!tokenizer);
        QVERIFY(tokenizer.error().message().find("my own|pattern") != std::string::npos);
    }

    void refuses_vocabularies_that_contradict_themselves_data()
    {
        QTest::addColumn<QString>("vocabulary");
        QTest::newRow("two texts for one id") << R"("a": 0, "b": 0)";
        QTest::newRow("id beyond the rows") << R"("a": 0, "b": 7)";
        QTest::newRow("id is negative") << R"("a": -1)";
        QTest::newRow("id is a text") << R"("a": "0")";
        QTest::newRow("empty text") << R"("": 0)";
        QTest::newRow("text of an added token") << R"("tool": 0)";
    }

    void refuses_vocabularies_that_contradict_themselves()
    {
        QFETCH(QString, vocabulary);
        Folder folder;
        folder.files["tokenizer.json"] = tokenizerJson(plainSplit, "", vocabulary.toStdString());
        const auto tokenizer = folder.read();
        QVERIFY(!tokenizer);
        QVERIFY(tokenizer.error().code == Errc::badConfig);
    }

    void added_tokens_beyond_the_rows_are_left_out_and_noted()
    {
        Folder folder;
        const auto tokenizer = folder.read(5);
        QVERIFY(tokenizer.has_value());
        QCOMPARE(tokenizer->tokens.size(), std::size_t {5});
        QCOMPARE(tokenizer->notes.size(), std::size_t {1});
    }

    void other_kinds_of_tokenizer_are_refused()
    {
        Folder folder;
        folder.files["tokenizer.json"] = R"({"model": {"type": "Unigram"}})";
        const auto tokenizer = folder.read();
        QVERIFY(!tokenizer);
        QVERIFY(tokenizer.error().code == Errc::unsupported);
        QVERIFY(tokenizer.error().detail.find("Unigram") != std::string::npos);
    }

    void template_that_is_a_link_out_of_the_folder_is_not_read()
    {
        Folder folder;
        std::filesystem::create_directories(folder.path());
        std::filesystem::create_symlink("/etc/hostname", folder.path() / "chat_template.jinja");
        const auto tokenizer = folder.read();
        QVERIFY(tokenizer.has_value());
        QVERIFY(!tokenizer->chatTemplate);
    }
};

QTEST_APPLESS_MAIN(tst_GgufTokenizer)
#include "tst_gguf_tokenizer.moc"
