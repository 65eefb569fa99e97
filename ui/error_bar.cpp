// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/error_bar.h"

#include "ui/error_text.h"
#include "ui/qt_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace bitloupe::ui {

ErrorBar::ErrorBar(QWidget* parent)
    : QFrame(parent)
{
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Error"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 4);
    auto* row = new QHBoxLayout;
    auto* icon = new QLabel(this);
    icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxCritical).pixmap(16, 16));
    m_sentence = new QLabel(this);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    auto* details = new QPushButton(tr("&Details"), this);
    details->setCheckable(true);
    auto* close = new QToolButton(this);
    close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Dismiss"));
    row->addWidget(icon);
    row->addWidget(m_sentence, 1);
    row->addWidget(details);
    row->addWidget(close);
    column->addLayout(row);
    m_details = new QLabel(this);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->hide();
    column->addWidget(m_details);
    connect(details, &QPushButton::toggled, m_details, &QLabel::setVisible);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void ErrorBar::showError(const Error& error)
{
    m_sentence->setText(errorText(error));
    m_details->setText(errorSentence(error));
    show();
}

QString ErrorBar::sentence() const { return m_sentence->text(); }

} // namespace bitloupe::ui
