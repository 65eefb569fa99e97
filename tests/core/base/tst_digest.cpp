// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/digest.h"

#include <QTest>

using namespace bitloupe;

class TestDigest : public QObject {
    Q_OBJECT
private slots:
    // FIPS 180-4 example values.
    void known_digests()
    {
        QCOMPARE(sha256Hex("abc"),
            std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256Hex(""),
            std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    void parts_add_up()
    {
        Sha256 digest;
        digest.add("a");
        digest.add("bc");
        QCOMPARE(digest.hex(), sha256Hex("abc"));
    }
};

QTEST_APPLESS_MAIN(TestDigest)
#include "tst_digest.moc"
