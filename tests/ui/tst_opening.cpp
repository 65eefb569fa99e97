// SPDX-License-Identifier: GPL-3.0-or-later
// The ways into a model that the window offers, besides the argument that other tests use.
#include "ui/sample_window.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPushButton>
#include <QTreeView>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

QMimeData* urls(const QList<QUrl>& list)
{
    auto* data = new QMimeData;
    data->setUrls(list);
    return data;
}

bool isTaken(QWidget* window, const QMimeData& data)
{
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &enter);
    return enter.isAccepted();
}

void drop(QWidget* window, const QMimeData& data)
{
    QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &event);
}

} // namespace

class TstOpening : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { useTestSettings("opening"); }

    void dropped_folder_is_opened()
    {
        SampleWindow window;
        const std::unique_ptr<QMimeData> data(
            urls({QUrl::fromLocalFile(QString::fromStdString(sample.string()))}));
        QVERIFY(isTaken(window.get(), *data));
        drop(window.get(), *data);
        QTRY_VERIFY_WITH_TIMEOUT(isReady(window->session()), patience);
    }

    void what_is_no_file_is_not_taken()
    {
        SampleWindow window;
        const std::unique_ptr<QMimeData> web(urls({QUrl(QStringLiteral("https://host/model"))}));
        QVERIFY(!isTaken(window.get(), *web));
        QMimeData text;
        text.setText(QStringLiteral("model"));
        QVERIFY(!isTaken(window.get(), text));
        drop(window.get(), text);
        QCOMPARE(window->session().state(), ui::Session::State::empty);
    }

    void recent_model_is_opened_by_enter()
    {
        SampleWindow window;
        QVERIFY(window.openSample());
        window.reopen();
        auto* list = window->findChild<QTreeView*>(QStringLiteral("recentModels"));
        QVERIFY(list && list->model()->rowCount() == 1);
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(isReady(window->session()), patience);
    }

    void sample_button_opens_the_sample()
    {
        SampleWindow window;
        auto* button = window->findChild<QPushButton*>(QStringLiteral("openSample"));
        QVERIFY(button && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(isReady(window->session()), patience);
    }
};

QTEST_MAIN(TstOpening)
#include "tst_opening.moc"
