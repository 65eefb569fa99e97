// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/sentencepiece_model.h"

#include "support/sentencepiece_bytes.h"

#include <QTest>

#include <limits>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

std::string wholeModel()
{
    return piece("<unk>", 0, 2) + piece("<s>", 0, 3) + piece("\u2581the", -1.5F, 1)
        + piece("<0x0A>", 0, 6) + message(2, number(3, 2)) + message(3, number(3, 0));
}

} // namespace

class tst_SentencepieceModel : public QObject {
    Q_OBJECT

private slots:
    void reads_pieces_kind_and_prefix()
    {
        const auto model = readSentencePieceModel(wholeModel());
        QVERIFY(model.has_value());
        QCOMPARE(model->pieces.size(), std::size_t {4});
        QCOMPARE(model->pieces[2].text, std::string("\u2581the"));
        QCOMPARE(model->pieces[2].score, -1.5F);
        QCOMPARE(model->pieces[3].type, 6);
        QVERIFY(model->kind == SentencePieceKind::bpe);
        QVERIFY(!model->addsSpacePrefix);
        QVERIFY(model->removesExtraSpaces);
    }

    void reads_what_is_done_to_the_text()
    {
        const auto plain = readSentencePieceModel(wholeModel());
        QVERIFY(!plain->hasCharacterMap && plain->replacesSpaces);
        const auto model = readSentencePieceModel(
            wholeModel() + message(3, message(2, "map") + number(4, 0) + number(5, 0)));
        QVERIFY(model->hasCharacterMap && !model->removesExtraSpaces && !model->replacesSpaces);
    }

    void skips_fields_it_does_not_know()
    {
        const std::string more = number(99, 7) + message(77, "x") + varint(50 << 3 | 1)
            + std::string(8, 'a');
        QVERIFY(readSentencePieceModel(wholeModel() + more).has_value());
    }

    void refuses_every_cut_that_ends_inside_a_field()
    {
        const std::string whole = wholeModel();
        const std::size_t first = piece("<unk>", 0, 2).size();
        for (std::size_t size = 1; size < first; ++size)
            QVERIFY2(!readSentencePieceModel(whole.substr(0, size)), qPrintable(QString::number(size)));
    }

    void refuses_what_lies_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("nothing", "");
        row("length beyond the file", varint(1 << 3 | 2) + varint(1u << 30) + "abc");
        row("length beyond 64 bits", varint(1 << 3 | 2) + std::string(11, '\xff'));
        row("type 9", piece("a", 0, 9));
        row("not UTF-8", piece("\xff\xfe", 0, 1));
        row("score is infinite", piece("a", std::numeric_limits<float>::infinity(), 1));
        row("kind 9", wholeModel() + message(2, number(3, 9)));
        row("group", varint(1 << 3 | 3));
        row("text", "this is no protobuf, it is prose");
    }

    void refuses_what_lies()
    {
        QFETCH(QByteArray, bytes);
        const auto model = readSentencePieceModel(bytes.toStdString());
        QVERIFY(!model);
        QVERIFY(model.error().code == Errc::badConfig);
    }
};

QTEST_APPLESS_MAIN(tst_SentencepieceModel)
#include "tst_sentencepiece_model.moc"
