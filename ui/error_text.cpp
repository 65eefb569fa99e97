// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/error_text.h"

#include "ui/core_words.h"
#include "ui/qt_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace bitloupe::ui {

QString errorText(const Error& error)
{
    const QString what = translated(errcSentence(error.code));
    const QString hint = errorHint(error.code);
    const QString sentence = what.left(1).toUpper() + what.mid(1) + QLatin1Char('.');
    return hint.isEmpty() ? sentence : sentence + QLatin1Char(' ') + hint;
}

QString errorToolTip(const Error& error)
{
    return Qt::convertFromPlainText(
        errorText(error) + QLatin1String("\n\n") + errorSentence(error), Qt::WhiteSpaceNormal);
}

ErrorLabel::ErrorLabel(QWidget* parent)
    : QWidget(parent)
    , m_sentence(new QLabel(this))
    , m_line(new QLabel(this))
    , m_more(new QToolButton(this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    m_more->setText(QStringLiteral("…"));
    m_more->setCheckable(true);
    m_more->setToolTip(tr("Details"));
    m_more->setAccessibleName(tr("Details of the error"));
    for (QLabel* label : {m_sentence, m_line}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_line->setForegroundRole(QPalette::PlaceholderText);
    m_line->hide();
    grid->addWidget(m_sentence, 0, 0);
    grid->addWidget(m_more, 0, 1, Qt::AlignTop);
    grid->addWidget(m_line, 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    connect(m_more, &QToolButton::toggled, m_line, &QLabel::setVisible);
}

void ErrorLabel::setError(const Error& error)
{
    m_sentence->setText(errorText(error));
    m_line->setText(errorSentence(error));
}

QString ErrorLabel::sentence() const { return m_sentence->text(); }

} // namespace bitloupe::ui
