// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gap_watch.h"
#include "ui/ready_session.h"
#include "ui/report/picture_dialog.h"
#include "ui/report/plan_files.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/plot_picture.h"
#include "views/invented_plan.h"

#include <QApplication>
#include <QDir>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;

class TestTakeAway : public QObject {
    Q_OBJECT
private slots:
    void init();
    void pictures_are_on_white_in_a_dark_window();
    void a_scale_multiplies_pixels();
    void a_picture_ends_where_its_rows_do();
    void a_picture_says_what_its_colours_mean_data();
    void a_picture_says_what_its_colours_mean();
    void a_plot_says_what_it_is_about();
    void vector_pictures_are_what_they_claim();
    void the_window_keeps_its_own_colours();
    void unknown_endings_are_refused();
    void a_picture_that_cannot_be_written_is_said_data();
    void a_picture_that_cannot_be_written_is_said();
    void a_picture_takes_the_place_of_another_whole();
    void giving_up_a_large_picture_writes_nothing_and_holds_nobody_up();
    void leaving_during_a_large_picture_does_not_wait_for_it();
    void table_lines_follow_the_order_asked_for();
    void report_and_card_are_written_whole();
    void a_file_that_cannot_be_written_is_said();

private:
    QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    QByteArray bytes(const char* name) const
    {
        QFile in(file(name));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QWidget> m_window;
    HeatmapView* m_view = nullptr;
};

void TestTakeAway::init()
{
    m_window = std::make_unique<QWidget>();
    QPalette dark(QColor(46, 48, 51));
    dark.setColor(QPalette::Base, QColor(34, 36, 39));
    dark.setColor(QPalette::Text, Qt::white);
    m_window->setPalette(dark);
    m_window->resize(860, 560);
    m_view = new HeatmapView(m_window.get());
    m_view->resize(860, 560);
    m_view->setData(inventedHeatmap(30, 8, 2));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestTakeAway::pictures_are_on_white_in_a_dark_window()
{
    QCOMPARE(plotsIn(*m_window), QVector<QWidget*> {m_view});
    QVERIFY(savePicture(*m_view, file("a.png"), PictureFormat::png, 1).has_value());
    const QImage picture(file("a.png"));
    QCOMPARE(picture.size(), pictureSize(*m_view));
    QCOMPARE(picture.pixelColor(2, 2), QColor(Qt::white));
}

void TestTakeAway::a_scale_multiplies_pixels()
{
    PictureDialog dialog(*m_window);
    dialog.findChild<QDoubleSpinBox*>()->setValue(2.5);
    QSignalSpy saved(&dialog, &PictureDialog::saved);
    dialog.saveTo(file("b.png"));
    QCOMPARE(saved.count(), 0); // encoding is not the window's work
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
    QCOMPARE(QImage(file("b.png")).size(), (QSizeF(pictureSize(*m_view)) * 2.5).toSize());
}

void TestTakeAway::a_picture_ends_where_its_rows_do()
{
    const QSize many = pictureSize(*m_view);
    QCOMPARE(many.width(), 860);
    QVERIFY(many.height() <= 560);
    m_view->setData(inventedHeatmap(4, 8, 0));
    const QSize few = pictureSize(*m_view);
    QVERIFY2(few.height() < many.height() / 2, qPrintable(QString::number(few.height())));
    QVERIFY(savePicture(*m_view, file("few.png"), PictureFormat::png, 1).has_value());
    // The footer is the last that there is, and all of it.
    const QImage picture(file("few.png"));
    QCOMPARE(picture.size(), few);
    int last = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            if (picture.pixelColor(x, y) != QColor(Qt::white))
                last = y;
    QVERIFY2(last < picture.height() - 1 && last > picture.height() - 20,
        qPrintable(QString::number(last)));
}

void TestTakeAway::a_picture_says_what_its_colours_mean_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("on one line") << 860;
    QTest::newRow("on two") << 330;
}

void TestTakeAway::a_picture_says_what_its_colours_mean()
{
    QFETCH(int, width);
    m_view->resize(width, 560);
    const int plain = pictureSize(*m_view).height();
    HeatmapCaption caption;
    caption.title = QStringLiteral("model at 4.50 bits per weight: Error");
    caption.scale = {ColorMap::viridis, scaleTicks({0.25, 1024})};
    m_view->setCaption(caption);
    QCOMPARE(pictureSize(*m_view).height(), plain + m_view->captionHeight());
    QVERIFY(savePicture(*m_view, file("said.svg"), PictureFormat::svg, 1).has_value());
    const QByteArray scale = bytes("said.svg");
    for (const char* word : {"4.50 bits per weight: Error", ">0.25<", ">1024<"})
        QVERIFY2(scale.contains(word), word);
    caption.bits = {{3, 117}, {4, 218}};
    m_view->setCaption(caption);
    QVERIFY(savePicture(*m_view, file("bits.svg"), PictureFormat::svg, 1).has_value());
    const QByteArray bits = bytes("bits.svg");
    for (const char* word : {">117<", ">218<"})
        QVERIFY2(bits.contains(word), word);
    QVERIFY(!bits.contains(">1024<"));
    // On paper, whatever the window wears.
    QVERIFY(savePicture(*m_view, file("said.png"), PictureFormat::png, 1).has_value());
    const QImage picture(file("said.png"));
    QCOMPARE(picture.pixelColor(1, 1), QColor(Qt::white));
    QCOMPARE(picture.height(), pictureSize(*m_view).height());
}

void TestTakeAway::a_plot_says_what_it_is_about()
{
    RateCurveView view(m_window.get());
    view.resize(420, 240);
    view.setCurve(inventedCurve(), 2);
    view.show();
    QCoreApplication::processEvents();
    QCOMPARE(pictureSize(view), view.size()); // of nothing in particular
    setPictureSubject(view, QStringLiteral("layers.0.mlp.down"));
    QVERIFY(pictureSize(view).height() > view.height());
    QVERIFY(savePicture(view, file("plot.svg"), PictureFormat::svg, 1).has_value());
    const QByteArray picture = bytes("plot.svg");
    for (const char* word : {">layers.0.mlp.down<", ">Rate and error<"})
        QVERIFY2(picture.contains(word), word);
    QVERIFY(savePicture(view, file("plot.png"), PictureFormat::png, 2).has_value());
    QCOMPARE(QImage(file("plot.png")).size(), pictureSize(view) * 2);
}

void TestTakeAway::vector_pictures_are_what_they_claim()
{
    QVERIFY(savePicture(*m_view, file("c.svg"), PictureFormat::svg, 2).has_value());
    QXmlStreamReader xml(bytes("c.svg"));
    bool hasText = false;
    while (!xml.atEnd())
        hasText |= xml.readNext() == QXmlStreamReader::StartElement
            && (xml.name() == QLatin1String("text") || xml.name() == QLatin1String("path"));
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(hasText);
    QVERIFY(savePicture(*m_view, file("c.pdf"), PictureFormat::pdf, 1).has_value());
    QVERIFY(bytes("c.pdf").startsWith("%PDF-"));
    // Letters are as large as the rest, not as large as 1,200 dots an inch would make them.
    double largest = 0;
    const QByteArray pdf = bytes("c.pdf");
    for (qsizetype at = 0; (at = pdf.indexOf("stream\n", at)) >= 0; at += 7) {
        const QByteArray packed = pdf.mid(at + 7, pdf.indexOf("endstream", at) - at - 7);
        const QString page = QString::fromLatin1(
            qUncompress(QByteArray::fromHex("00100000") + packed));
        static const QRegularExpression font(QStringLiteral("/F\\d+ ([0-9.]+) Tf"));
        for (auto match = font.globalMatch(page); match.hasNext();)
            largest = std::max(largest, match.next().captured(1).toDouble());
    }
    QVERIFY2(largest > 4 && largest < 40, qPrintable(QString::number(largest)));
}

void TestTakeAway::the_window_keeps_its_own_colours()
{
    const QImage before = m_view->grab().toImage();
    QVERIFY(savePicture(*m_view, file("d.png"), PictureFormat::png, 1).has_value());
    QCOMPARE(m_view->palette().color(QPalette::Base), QColor(34, 36, 39));
    QTRY_COMPARE(m_view->grab().toImage(), before);
}

void TestTakeAway::unknown_endings_are_refused()
{
    QVERIFY(pictureFormatOf(QStringLiteral("x.PNG")) == PictureFormat::png);
    QVERIFY(!pictureFormatOf(QStringLiteral("x.bmp")));
    PictureDialog dialog(*m_window);
    QSignalSpy failed(&dialog, &PictureDialog::failed);
    dialog.saveTo(file("x.bmp"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
}

void TestTakeAway::a_picture_that_cannot_be_written_is_said_data()
{
    QTest::addColumn<QString>("name");
    for (const char* ending : {"png", "svg", "pdf"}) {
        QTest::addRow("%s, no folder", ending) << QStringLiteral("/nowhere/x.") + ending;
        QTest::addRow("%s, in the place of a folder", ending) << QStringLiteral("folder.") + ending;
    }
}

void TestTakeAway::a_picture_that_cannot_be_written_is_said()
{
    QFETCH(QString, name);
    if (!name.startsWith(QLatin1Char('/'))) {
        QVERIFY(QDir(m_folder.path()).mkpath(name));
        name = m_folder.filePath(name);
    }
    PictureDialog dialog(*m_window);
    QSignalSpy failed(&dialog, &PictureDialog::failed);
    QSignalSpy saved(&dialog, &PictureDialog::saved);
    dialog.saveTo(name);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
    QCOMPARE(saved.count(), 0);
}

void TestTakeAway::a_picture_takes_the_place_of_another_whole()
{
    QFile before(file("y.svg"));
    QVERIFY(before.open(QIODevice::WriteOnly));
    before.write("before");
    before.close();
    QFile reader(file("y.svg")); // has the old file open, whatever comes to its name
    QVERIFY(reader.open(QIODevice::ReadOnly));
    QVERIFY(savePicture(*m_view, file("y.svg"), PictureFormat::svg, 1).has_value());
    QCOMPARE(reader.readAll(), QByteArray("before"));
    QVERIFY(bytes("y.svg").contains("<svg"));
}

void TestTakeAway::giving_up_a_large_picture_writes_nothing_and_holds_nobody_up()
{
    PictureDialog dialog(*m_window);
    dialog.show();
    dialog.findChild<QDoubleSpinBox*>()->setValue(8);
    QSignalSpy failed(&dialog, &PictureDialog::failed);
    QSignalSpy ended(&dialog, &PictureDialog::ended);
    dialog.saveTo(file("large.png")); // 6,880 x 4,480 pixels take a second or more to encode
    test::GapWatch watch;
    QTest::qWait(50);
    watch.restart();
    dialog.reject();
    QVERIFY(!dialog.isVisible());
    QVERIFY(dialog.writing());
    QCOMPARE(ended.count(), 0); // who would delete it now would wait
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, patience);
    QVERIFY2(watch.alwaysAnswered(), watch.report().constData());
    QVERIFY(!QFile::exists(file("large.png")));
    QCOMPARE(failed.count(), 0);
}

void TestTakeAway::leaving_during_a_large_picture_does_not_wait_for_it()
{
    auto dialog = std::make_unique<PictureDialog>(*m_window);
    dialog->findChild<QDoubleSpinBox*>()->setValue(8);
    // How long it would take, for a machine that others use too is slow in both.
    QElapsedTimer whole;
    whole.start();
    QVERIFY(savePicture(*m_view, file("whole.png"), PictureFormat::png, 8).has_value());
    const qint64 unhindered = whole.elapsed();
    dialog->saveTo(file("left.png"));
    QTest::qWait(20);
    QVERIFY(dialog->writing());
    QElapsedTimer waited;
    waited.start();
    dialog.reset(); // as when the window that it belongs to is destroyed
    qInfo("%lld ms, the whole takes %lld", waited.elapsed(), unhindered);
    QVERIFY(!QFile::exists(file("left.png")));
    QVERIFY2(!test::timesCount || waited.elapsed() < std::max<qint64>(50, unhindered / 5),
        qPrintable(QString::number(waited.elapsed())));
}

void TestTakeAway::table_lines_follow_the_order_asked_for()
{
    test::ReadySession session;
    QVERIFY(session.openAndWait());
    PlanFiles files(session);
    QSignalSpy saved(&files, &PlanFiles::saved);
    files.saveTable(file("t.tsv"), {5, 2});
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
    const QList<QByteArray> lines = bytes("t.tsv").split('\n');
    QCOMPARE(lines.size(), 4);
    const auto& decisions = session.profile()->decisions;
    QVERIFY(lines[1].startsWith(QByteArray::fromStdString(decisions[5].name + "\t")));
    QVERIFY(lines[2].startsWith(QByteArray::fromStdString(decisions[2].name + "\t")));
}

void TestTakeAway::report_and_card_are_written_whole()
{
    test::ReadySession session;
    PlanFiles files(session);
    QVERIFY(!files.possible());
    QVERIFY(session.openAndWait());
    QVERIFY(files.possible());
    QSignalSpy saved(&files, &PlanFiles::saved);
    files.saveReport(file("r.html"));
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
    files.saveReport(file("r.md"));
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, patience);
    const QByteArray html = bytes("r.html");
    QVERIFY(html.contains("<svg") && html.endsWith("</html>\n"));
    for (const Decision& decision : session.profile()->decisions)
        QVERIFY(html.contains(QByteArray::fromStdString(decision.name)));
    QVERIFY(bytes("r.md").startsWith("## Quantization"));
    QVERIFY(bytes("r.md").contains("uniform"));
}

void TestTakeAway::a_file_that_cannot_be_written_is_said()
{
    test::ReadySession session;
    QVERIFY(session.openAndWait());
    PlanFiles files(session);
    qRegisterMetaType<bitloupe::Error>();
    QSignalSpy failed(&files, &PlanFiles::failed);
    files.saveReport(QStringLiteral("/nowhere/at/all.html"));
    files.saveReport(QStringLiteral("/nor/here.html"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, patience);
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestTakeAway test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_take_away.moc"
