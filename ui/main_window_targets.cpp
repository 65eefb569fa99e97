// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's menus offer about targets: which one, and the mixes of other people's files.
#include "ui/main_window.h"

#include "ui/error_text.h"
#include "ui/qt_text.h"
#include "ui/tensor_panel.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMenu>
#include <QStatusBar>
#include <QTextDocument>

namespace bitloupe::ui {

void MainWindow::addTargetActions(QMenu* plan)
{
    QMenu* targets = plan->addMenu(tr("&Target"));
    targets->setToolTipsVisible(true);
    auto* group = new QActionGroup(targets);
    for (const ExportTarget& target : exportTargets()) {
        QAction* action = targets->addAction(
            toQt(target.title), this, [this, &target] { m_session.setTarget(target); });
        action->setCheckable(true);
        group->addAction(action);
    }
    connect(targets, &QMenu::aboutToShow, group, [this, group] {
        const auto& offers = m_session.offers();
        for (qsizetype i = 0; i < group->actions().size(); ++i) {
            QAction* action = group->actions()[i];
            const auto at = static_cast<std::size_t>(i);
            const TargetOffer* offer = at < offers.size() ? &offers[at] : nullptr;
            action->setChecked(&exportTargets()[at] == &m_session.target());
            action->setEnabled(!offer || offer->profile || offer->pending());
            action->setToolTip(offer && offer->problem
                    ? errorToolTip(*offer->problem)
                    : toQt(exportTargets()[at].clients));
        }
    });
    connect(m_tensorPanel, &TensorPanel::codecRequested, this, &MainWindow::pinToCodec);
    QAction* take = plan->addAction(tr("T&ypes as in a GGUF file..."), this,
        [this] { chooseMix(Session::Mix::pins); });
    QAction* compare = plan->addAction(tr("C&ompare with a GGUF file..."), this,
        [this] { chooseMix(Session::Mix::comparison); });
    take->setToolTip(tr("Pins every tensor to the type that it has there"));
    compare->setToolTip(tr("Shows what that mix would be as a point beside this plan"));
    connect(plan, &QMenu::aboutToShow, this, [this, take, compare] {
        for (QAction* action : {take, compare})
            action->setEnabled(m_session.profile() && offersBlocks(*m_session.profile()));
    });
    connect(&m_session, &Session::mixRead, this, [this](const QString& name, const QStringList& notes) {
        statusBar()->showMessage(
            (QStringList {tr("Read the types of %1.").arg(name)} + notes).join(QLatin1Char(' ')), 15000);
    });
}

// The selected tensors whose rows allow it.
void MainWindow::pinToCodec(CodecId wanted)
{
    QMap<int, CodecId> pins;
    for (const int decision : qAsConst(m_selected)) {
        const Decision& of = m_session.profile()->decisions[static_cast<std::size_t>(decision)];
        if (optionIndex(of, wanted) < of.options.size())
            pins.insert(decision, wanted);
    }
    const QString name = toQt(dtypeInfo(codec(wanted).storedType).name);
    m_session.editor().pin(pins, tr("pin to %1").arg(name));
    if (pins.size() < m_selected.size())
        statusBar()->showMessage(tr("%1 of the selected tensors cannot take %2: their rows do not "
                                    "fit its blocks.")
                                     .arg(m_selected.size() - pins.size())
                                     .arg(name),
            5000);
}

void MainWindow::chooseMix(Session::Mix use)
{
    const QString file = QFileDialog::getOpenFileName(this, tr("A GGUF file whose mix to read"), {},
        tr("GGUF files (*.gguf);;All files (*)"));
    if (!file.isEmpty())
        m_session.readMix(toPath(file), use);
}

} // namespace bitloupe::ui
