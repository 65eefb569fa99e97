// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/encoder_choice.h"

#include "ui/qt_text.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QStandardItemModel>

namespace bitloupe::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("bitloupe::ui", text); }

} // namespace

QVector<EncoderChoice> encoderChoices(const Session& session)
{
    return {{Encoder::round, tr("Round"), tr("Nearest code, as the clients themselves do"), {}},
        {Encoder::search, tr("Search"),
            session.tier() > 1 ? tr("Best range of each group, by what flows into the columns")
                               : tr("Best range of each group"),
            {}},
        {Encoder::feedback, tr("Feedback"),
            tr("The model writes text of its own; each column makes good what those before it "
               "lost. Takes several times as long."),
            session.feedbackObstacle()}};
}

Encoder defaultEncoder(const Session& session)
{
    return wantsSelfText(session.probeDepth()) && session.feedbackObstacle().isEmpty() ? Encoder::feedback : Encoder::search;
}

void fillEncoders(QComboBox& box, const QVector<EncoderChoice>& choices, Encoder chosen)
{
    const auto* model = qobject_cast<QStandardItemModel*>(box.model());
    for (const EncoderChoice& choice : choices) {
        box.addItem(choice.title, static_cast<int>(choice.encoder));
        QStandardItem* item = model->item(box.count() - 1);
        item->setToolTip(choice.obstacle.isEmpty() ? choice.tip : choice.obstacle);
        item->setEnabled(choice.obstacle.isEmpty());
        if (choice.encoder == chosen)
            box.setCurrentIndex(box.count() - 1);
    }
}

} // namespace bitloupe::ui
