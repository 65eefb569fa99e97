// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/target_choice.h"

#include "ui/error_text.h"
#include "ui/qt_text.h"
#include "ui/views/marked_label.h"

#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QTextDocument>
#include <QVBoxLayout>

namespace bitloupe::ui {

TargetChoice::TargetChoice(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_targets(new QComboBox(this))
    , m_note(new MarkedLabel(MarkedLabel::Mark::warning, this))
    , m_allow(new QPushButton(tr("Quantize again..."), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_targets);
    column->addWidget(m_note);
    column->addWidget(m_allow);
    m_targets->setAccessibleName(tr("Export target"));
    for (const ExportTarget& target : exportTargets())
        m_targets->addItem(toQt(target.title), toQt(target.id));
    m_note->setWordWrap(true);
    connect(m_targets, &QComboBox::activated, this, [this](int row) {
        m_session.setTarget(exportTargets()[static_cast<std::size_t>(row)]);
        refresh();
    });
    connect(m_allow, &QPushButton::clicked, this, &TargetChoice::askToRequantize);
    connect(&session, &Session::targetsChanged, this, &TargetChoice::refresh);
    connect(&session, &Session::modelChanged, this, &TargetChoice::refresh);
    refresh();
}

void TargetChoice::showOffer(int row)
{
    const auto& offers = m_session.offers();
    const auto at = static_cast<std::size_t>(row);
    const TargetOffer* offer = at < offers.size() ? &offers[at] : nullptr;
    QStandardItem* item = qobject_cast<QStandardItemModel*>(m_targets->model())->item(row);
    const bool impossible = offer && offer->problem && !offer->profile;
    item->setEnabled(!impossible);
    item->setToolTip(offer && offer->problem
            ? errorToolTip(*offer->problem)
            : toQt(exportTargets()[at].clients));
}

void TargetChoice::refresh()
{
    for (int row = 0; row < m_targets->count(); ++row)
        showOffer(row);
    const int row = m_targets->findData(toQt(m_session.target().id));
    const QSignalBlocker block(m_targets);
    m_targets->setCurrentIndex(row);
    m_targets->setToolTip(m_targets->itemData(row, Qt::ToolTipRole).toString());
    showNote();
}

void TargetChoice::showNote()
{
    const TargetOffer* offer = nullptr;
    for (const TargetOffer& one : m_session.offers())
        if (one.target == &m_session.target())
            offer = &one;
    const bool requantizes = offer && offer->requantizes;
    const bool asks = requantizes && !m_session.requantizing();
    m_allow->setVisible(asks);
    const bool impossible = offer && offer->problem && !requantizes;
    m_note->setVisible(requantizes || impossible);
    m_note->setText(impossible ? tr("To look at only")
            : asks             ? tr("Quantized already")
                               : tr("Quantized again: adds error"));
    m_note->setToolTip(offer && offer->problem
            ? errorToolTip(*offer->problem)
            : QString());
}

void TargetChoice::askToRequantize()
{
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Quantize again?"),
        tr("These weights are quantized already. Quantizing them again adds error to what they have "
           "lost; weights of full precision give a better result at the same size."),
        QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* again = box->addButton(tr("Quantize again"), QMessageBox::AcceptRole);
    connect(again, &QPushButton::clicked, &m_session, &Session::allowRequantizing);
    box->open();
}

} // namespace bitloupe::ui
