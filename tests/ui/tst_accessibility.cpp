// SPDX-License-Identifier: GPL-3.0-or-later
// What takes the keyboard says its name to whoever does not see it, and Tab reaches all of it.
#include "ui/export_dialog.h"
#include "ui/rules/rules_panel.h"
#include "ui/sample_window.h"
#include "ui/shortcut_sheet.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QDockWidget>
#include <QLineEdit>
#include <QScrollArea>
#include <QTabWidget>

#include <memory>
#include <set>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::SampleWindow;

namespace {

// Parts of a control take the keyboard for the whole.
bool isPart(const QWidget& widget)
{
    return widget.objectName().startsWith(QLatin1String("qt_")) || widget.focusProxy()
        || (widget.parentWidget() && widget.parentWidget()->inherits("QAbstractSpinBox"))
        || (widget.parentWidget() && widget.parentWidget()->inherits("QComboBox"));
}

QStringList nameless(const QWidget& window)
{
    QStringList found;
    int seenParts = 0;
    const auto widgets = window.findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        if (widget->window() != &window || !(widget->focusPolicy() & Qt::TabFocus)
            || isPart(*widget) || qobject_cast<QScrollArea*>(widget))
            continue;
        ++seenParts;
        QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(widget);
        if (!seen || seen->text(QAccessible::Name).trimmed().isEmpty())
            found.append(QStringLiteral("%1 %2 in %3").arg(
                QLatin1String(widget->metaObject()->className()), widget->objectName(),
                QLatin1String(widget->parentWidget()->metaObject()->className())));
    }
    if (seenParts == 0)
        found.append(QStringLiteral("nothing was looked at"));
    return found;
}

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_accessibility"); }
    void init()
    {
        m_window = std::make_unique<SampleWindow>();
        QVERIFY(m_window->openSample());
    }
    void cleanup() { m_window.reset(); }

    void everything_in_the_window_has_a_name()
    {
        const QStringList found = nameless(*m_window->get());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    void everything_in_the_dialogs_has_a_name()
    {
        (*m_window)->session().setTarget(*findExportTarget("gguf")); // it has more to choose
        QTRY_VERIFY_WITH_TIMEOUT((*m_window)->session().target().id == "gguf"
                && test::isReady((*m_window)->session()),
            test::patience);
        (*m_window)->openExportDialog();
        (*m_window)->showShortcuts();
        (*m_window)->showGuide();
        const auto dialogs = (*m_window)->findChildren<QDialog*>();
        QVERIFY(dialogs.size() >= 3);
        for (const QDialog* dialog : dialogs) {
            const QStringList found = nameless(*dialog);
            QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
        }
    }

    void tab_goes_round_through_every_dock()
    {
        MainWindow& window = *m_window->get();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        std::set<QWidget*> reached;
        for (int presses = 0; presses < 300; ++presses) {
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window,
                Qt::Key_Tab);
            if (QWidget* now = QApplication::focusWidget())
                for (QWidget* one = now; one; one = one->parentWidget())
                    reached.insert(one);
        }
        const auto docks = window.findChildren<QDockWidget*>();
        for (QDockWidget* dock : docks)
            if (dock->isVisible() && !dock->visibleRegion().isEmpty()
                && dock->objectName() != QLatin1String("model"))
                QVERIFY2(reached.contains(dock), qPrintable(dock->objectName()));
        QVERIFY(reached.contains(window.centralWidget()));
    }

private:
    std::unique_ptr<SampleWindow> m_window;
};

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestAccessibility test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_accessibility.moc"
