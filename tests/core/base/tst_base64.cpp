// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"

#include <QTest>

using namespace bitloupe;

namespace {

std::string textOf(std::string_view bytes)
{
    return base64(std::as_bytes(std::span(bytes)));
}

} // namespace

class tst_Base64 : public QObject {
    Q_OBJECT

private slots:
    void writes_the_examples_of_the_standard()
    {
        QCOMPARE(textOf(""), std::string());
        QCOMPARE(textOf("f"), std::string("Zg=="));
        QCOMPARE(textOf("fo"), std::string("Zm8="));
        QCOMPARE(textOf("foo"), std::string("Zm9v"));
        QCOMPARE(textOf("foobar"), std::string("Zm9vYmFy"));
    }

    void reads_what_it_writes()
    {
        std::string bytes;
        for (int i = 0; i < 300; ++i) {
            const auto read = fromBase64(textOf(bytes));
            QVERIFY(read);
            QCOMPARE(std::string(reinterpret_cast<const char*>(read->data()), read->size()), bytes);
            bytes += static_cast<char>(i * 37);
        }
    }

    void refuses_anything_else()
    {
        for (const char* text : {"Z", "Zg", "Zg=", "Zg=a", "=g==", "Zh==", "Zm9=", "Zm 9", "Zm9v\n",
                 "Zg==Zg==", "Zm8=Zm8=", "Zm9\xff"})
            QVERIFY2(!fromBase64(text), text);
    }
};

QTEST_APPLESS_MAIN(tst_Base64)
#include "tst_base64.moc"
