// SPDX-License-Identifier: GPL-3.0-or-later
// The words that the program takes for its window, in any order.
#include "app/program.h"

#include <QImage>
#include <QTest>

using namespace bitloupe::test;

class TstWindowOptions : public QObject {
    Q_OBJECT
private slots:
    void options_may_come_before_the_picture()
    {
        const QString picture = m_program.path("window.png");
        const Run run = m_program.run(
            {"--dark", "--size", "1400x800", "--screenshot", picture, samplePath()});
        QCOMPARE(run.code, 0);
        const QImage image(picture);
        QCOMPARE(image.size(), QSize(1400, 800));
        QVERIFY(image.pixelColor(2, 2).lightness() < 100);
    }

    void mistakes_are_one_line_and_2()
    {
        const Run run = m_program.run({"--dark", "--size", "wide"});
        QCOMPARE(run.code, 2);
        QVERIFY2(run.err.contains("expected [--screenshot FILE"), run.err);
    }

private:
    Program m_program;
};

QTEST_GUILESS_MAIN(TstWindowOptions)
#include "tst_window_options.moc"
