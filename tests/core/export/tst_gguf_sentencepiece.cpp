// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.model on its way into the keys of a GGUF file.
#include "core/export/made_checkpoint.h"
#include "export/gguf_tokenizer.h"
#include "support/sentencepiece_bytes.h"

#include <QTest>

#include <fstream>

using namespace bitloupe;
using namespace bitloupe::test;
using namespace bitloupe::tests;

namespace {

// Trainer: merged pieces; normalizer: no map of characters, no spaces removed.
std::string settings(std::uint64_t kind = 2, const std::string& normalizer = number(4, 0))
{
    return message(2, number(3, kind)) + message(3, normalizer);
}

std::string pieces()
{
    return piece("<unk>", 0, 2) + piece("<s>", 0, 3) + piece("</s>", 0, 3)
        + piece("<0x41>", 0, 6) + piece("\u2581the", -1.5F, 1);
}

class Folder {
public:
    Result<GgufTokenizer> read(std::uint64_t rows = 8)
    {
        writeCheckpoint(path(), llamaConfig(), llamaTensors());
        for (const auto& [name, text] : files)
            std::ofstream(path() / name, std::ios::binary) << text;
        const auto model = openModel(path(), Job {});
        return model ? readGgufTokenizer(**model, rows) : Result<GgufTokenizer>(model.error());
    }
    std::map<std::string, std::string> files {{"tokenizer.model", pieces() + settings()}};

private:
    std::filesystem::path path() const
    {
        return std::filesystem::path(m_directory.path().toStdString()) / "source";
    }
    QTemporaryDir m_directory;
};

Result<GgufTokenizer> tokenizerOf(const std::string& bytes)
{
    Folder folder;
    folder.files["tokenizer.model"] = bytes;
    return folder.read();
}

} // namespace

class tst_GgufSentencepiece : public QObject {
    Q_OBJECT

private slots:
    void pieces_become_tokens_scores_and_types()
    {
        Folder folder;
        folder.files["tokenizer_config.json"] = R"({"bos_token": "<s>", "eos_token": "</s>",
 "add_bos_token": true, "add_eos_token": false, "chat_template": "{{ x }}",
 "added_tokens_decoder": {"1": {"content": "<s>", "special": false},
  "5": {"content": "<|im_end|>", "special": true}, "6": {"content": "tool"}}})";
        const auto made = folder.read();
        QVERIFY2(made.has_value(), made ? "" : made.error().message().c_str());
        QCOMPARE(made->model, std::string("llama"));
        QCOMPARE(made->pre, std::string("default"));
        QVERIFY((made->tokens
            == std::vector<std::string> {"<unk>", "<s>", "</s>", "<0x41>", "\u2581the",
                "<|im_end|>", "tool", "[PAD7]"}));
        // A token of the file keeps the type that the file gives it.
        QVERIFY((made->types == std::vector<std::int32_t> {2, 3, 3, 6, 1, 3, 4, 5}));
        QVERIFY((made->scores
            == std::vector<float> {0, 0, 0, 0, -1.5F, -1000, -1000, -1000}));
        QVERIFY(made->merges.empty());
        QVERIFY(made->bos == 1u && made->eos == 2u && made->unknown == 0u);
        QVERIFY(made->endOfTurn == 5u && !made->padding);
        QVERIFY(made->addBos && !made->addEos && made->addSpacePrefix);
        QVERIFY(made->chatTemplate == "{{ x }}");
        QVERIFY(made->notes.empty());
    }

    void merged_pieces_in_tokenizer_json_are_read_from_the_model()
    {
        Folder folder;
        folder.files["tokenizer.json"]
            = R"({"model": {"type": "BPE", "byte_fallback": true, "vocab": {}, "merges": []},
 "added_tokens": [{"id": 5, "content": "<tool>", "special": true}]})";
        const auto made = folder.read();
        QVERIFY2(made.has_value(), made ? "" : made.error().message().c_str());
        QCOMPARE(made->model, std::string("llama"));
        QCOMPARE(made->tokens[5], std::string("<tool>"));
        folder.files.erase("tokenizer.model");
        Folder without;
        without.files = folder.files;
        const auto refused = without.read();
        QVERIFY(!refused && refused.error().code == Errc::unsupported);
    }

    void what_the_client_does_not_do_to_the_text_is_said_data()
    {
        QTest::addColumn<QByteArray>("normalizer");
        QTest::addColumn<QString>("note");
        const auto row = [](const std::string& normalizer, const char* steps) {
            QTest::newRow(*steps == '\0' ? "nothing" : steps)
                << QByteArray::fromStdString(normalizer)
                << (*steps == '\0' ? QString()
                                   : QString("tokenizer.model %1, which llama.cpp does not: text "
                                             "should come as that leaves it").arg(steps));
        };
        row(number(4, 0), "");
        row(message(2, "") + number(4, 0), "");
        row("", "removes extra spaces"); // what holds when nothing is said
        row(message(2, "map") + number(4, 0), "maps characters to others");
        row(message(2, "map"), "maps characters to others and removes extra spaces");
    }

    void what_the_client_does_not_do_to_the_text_is_said()
    {
        QFETCH(QByteArray, normalizer);
        QFETCH(QString, note);
        const auto made = tokenizerOf(pieces() + settings(2, normalizer.toStdString()));
        QVERIFY(made.has_value());
        QCOMPARE(made->notes.size(), std::size_t(note.isEmpty() ? 0 : 1));
        if (!note.isEmpty())
            QCOMPARE(QString::fromStdString(made->notes.front()), note);
    }

    void text_may_come_without_a_space_in_front()
    {
        const auto made = tokenizerOf(pieces() + settings(2, number(3, 0) + number(4, 0)));
        QVERIFY(made.has_value() && !made->addSpacePrefix);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("found"); // in the message
        const auto row = [](const char* name, const std::string& bytes, const char* found) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(found);
        };
        row("unigrams", pieces() + settings(1), "found model type 1, expected 2");
        row("words", pieces() + settings(3), "found model type 3, expected 2");
        row("kept spaces", pieces() + settings(2, number(5, 0)), "found spaces that are kept");
        row("two of one text", pieces() + piece("<s>", 0, 1) + settings(),
            "tokens 1 and 5 have one text");
        row("no text", pieces() + piece("", 0, 1) + settings(), "token 5 is empty");
        row("a zero in it", pieces() + piece(std::string("a\0b", 3), 0, 1) + settings(),
            "token 5 is empty or holds a zero");
        row("more than rows",
            pieces() + piece("a", 0, 1) + piece("b", 0, 1) + piece("c", 0, 1) + piece("d", 0, 1)
                + settings(),
            "found token 8, expected below 8");
        row("no pieces", settings(), "found no pieces");
        row("nothing", "", "found no pieces");
        row("prose", "this is no protobuf, it is prose", "tokenizer.model");
        row("cut off", (pieces() + settings()).substr(0, 40), "tokenizer.model");
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, found);
        const auto made = tokenizerOf(bytes.toStdString());
        QVERIFY(!made);
        const QString message = QString::fromStdString(made.error().message());
        QVERIFY2(message.contains(found) && !message.contains('\n'), qPrintable(message));
    }

    void refuses_senseless_added_tokens_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("no object") << QByteArray(R"({"added_tokens_decoder": [1]})");
        QTest::newRow("no id") << QByteArray(R"({"added_tokens_decoder": {"x": {"content": "a"}}})");
        QTest::newRow("a piece's text")
            << QByteArray(R"({"added_tokens_decoder": {"6": {"content": "<s>"}}})");
        QTest::newRow("no JSON") << QByteArray("{");
    }

    void refuses_senseless_added_tokens()
    {
        QFETCH(QByteArray, config);
        Folder folder;
        folder.files["tokenizer_config.json"] = config.toStdString();
        QVERIFY(!folder.read());
    }

    void added_tokens_beyond_the_rows_are_left_out_and_noted()
    {
        Folder folder;
        folder.files["tokenizer_config.json"]
            = R"({"added_tokens_decoder": {"9": {"content": "far"}}})";
        const auto made = folder.read();
        QVERIFY(made.has_value());
        QCOMPARE(made->notes.size(), std::size_t {1});
        QVERIFY(made->notes.front().find("Token 9 far is left out") == 0);
    }
};

QTEST_APPLESS_MAIN(tst_GgufSentencepiece)
#include "tst_gguf_sentencepiece.moc"
