// SPDX-License-Identifier: GPL-3.0-or-later
// Dark and light are followed while the program runs: what was opened in one and switched to the
// other looks as if it had been opened there.
#include "ui/compare/compare_page.h"
#include "ui/export_dialog.h"
#include "ui/export_result.h"
#include "ui/heatmap_page.h"
#include "ui/plain_palette.h"
#include "ui/sample_window.h"
#include "ui/tensor_panel.h"
#include "ui/views/marked_label.h"

#include <QDockWidget>
#include <QSignalSpy>
#include <QStatusBar>
#include <QStyleFactory>
#include <QTabWidget>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::SampleWindow;

class TestSchemeChange : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void a_switch_looks_like_a_start_data();
    void a_switch_looks_like_a_start();
    void marked_texts_keep_their_mark();

private:
    enum Place { damage, bits, table, compare, errorMap, inputs, exported, startPage };
    /// The window at a place, as a picture; in `after` if that differs from `before`.
    QImage pictureOf(Place place, bool darkBefore, bool darkAfter);
    void go(SampleWindow& window, Place place);
};

void TestSchemeChange::initTestCase()
{
    test::useTestSettings("tst_scheme_change");
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setCursorFlashTime(0);
}

void TestSchemeChange::go(SampleWindow& window, Place place)
{
    if (place == startPage)
        return;
    if (place == inputs)
        window->session().setProbeDepth(ProbeDepth::forward);
    QVERIFY(window.openSample());
    QTest::qWait(300);
    const int down = window.firstFree(TensorRole::mlpDown);
    window->select({down}, down);
    auto* tabs = window->centralWidget()->findChild<QTabWidget*>();
    auto* plots = window->findChild<TensorPanel*>()->findChild<QTabWidget*>();
    window->heatmap().colourBy(place == bits ? ColourChoice::bits : ColourChoice::damage);
    tabs->setCurrentIndex(place == table ? 1 : 0);
    plots->setCurrentIndex(place == errorMap ? 3 : place == inputs ? 1 : 0);
    if (place == compare) {
        window->showCompare();
        window->comparePage().compare(QStringLiteral("plan"), QStringLiteral("uniform"));
        QVERIFY(QTest::qWaitFor([&] {
            return window->comparePage().pair() && !window->comparePage().computing();
        }, test::patience));
    }
    if (place == exported) {
        window->openExportDialog();
        ExportDialog& dialog = *window->exportDialog();
        dialog.setDestination(window.folder().path(), QStringLiteral("out"));
        dialog.setEncoder(Encoder::round);
        QSignalSpy done(&dialog, &ExportDialog::exported);
        dialog.start();
        QVERIFY(QTest::qWaitFor([&] { return done.count() > 0; }, test::patience));
    }
}

QImage TestSchemeChange::pictureOf(Place place, bool darkBefore, bool darkAfter)
{
    QApplication::setPalette(plainPalette(darkBefore));
    SampleWindow window;
    window->statusBar()->hide(); // it says how long the analysis took
    go(window, place);
    QTest::qWait(500);
    if (darkAfter != darkBefore) {
        QApplication::setPalette(plainPalette(darkAfter));
        QTest::qWait(300);
    }
    if (place != exported)
        return window->grab().toImage();
    QWidget& scatter = window->exportDialog()->result(); // above it stands a folder of this run
    return scatter.grab().toImage();
}

void TestSchemeChange::a_switch_looks_like_a_start_data()
{
    QTest::addColumn<int>("place");
    QTest::addColumn<bool>("dark");
    const std::pair<const char*, Place> places[] = {{"start page", startPage},
        {"heatmap by damage", damage}, {"heatmap by bits", bits}, {"table", table},
        {"comparison", compare}, {"error map", errorMap}, {"inputs", inputs},
        {"exported", exported}};
    for (const auto& [name, place] : places)
        QTest::addRow("%s, to dark", name) << int(place) << true;
    QTest::newRow("heatmap by damage, to light") << int(damage) << false;
}

void TestSchemeChange::a_switch_looks_like_a_start()
{
    QFETCH(int, place);
    QFETCH(bool, dark);
    const QImage started = pictureOf(static_cast<Place>(place), dark, dark);
    const QImage switched = pictureOf(static_cast<Place>(place), !dark, dark);
    QCOMPARE(switched.size(), started.size());
    QRect differs;
    for (int y = 0; y < started.height(); ++y)
        for (int x = 0; x < started.width(); ++x)
            if (started.pixel(x, y) != switched.pixel(x, y))
                differs |= QRect(x, y, 1, 1);
    const QString pictures = qEnvironmentVariable("BITLOUPE_PICTURES");
    if (!differs.isEmpty() && !pictures.isEmpty()) {
        started.save(pictures + QStringLiteral("/started.png"));
        switched.save(pictures + QStringLiteral("/switched.png"));
    }
    QVERIFY2(differs.isEmpty(), qPrintable(QStringLiteral("differs in %1x%2 at %3,%4")
        .arg(differs.width()).arg(differs.height()).arg(differs.x()).arg(differs.y())));
}

void TestSchemeChange::marked_texts_keep_their_mark()
{
    for (const auto mark : {MarkedLabel::Mark::warning, MarkedLabel::Mark::error}) {
        QApplication::setPalette(plainPalette(false));
        MarkedLabel label(mark);
        label.show();
        const QColor light = label.palette().color(QPalette::WindowText);
        QApplication::setPalette(plainPalette(true));
        QCoreApplication::processEvents();
        const QColor dark = label.palette().color(QPalette::WindowText);
        QVERIFY(dark.lightness() > light.lightness());
        QVERIFY(dark != QApplication::palette().color(QPalette::WindowText));
        QCOMPARE(MarkedLabel(mark).palette().color(QPalette::WindowText), dark);
    }
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestSchemeChange test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_scheme_change.moc"
