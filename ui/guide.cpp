// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/guide.h"

#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

// Of a static library: the linker would drop it unasked. Outside of namespaces, as Qt wants it.
static void addHelp() { Q_INIT_RESOURCE(help); }

namespace bitloupe::ui {

Guide::Guide(QWidget* parent)
    : QDialog(parent)
    , m_text(new QTextBrowser(this))
{
    addHelp();
    setWindowTitle(tr("Guide"));
    m_text->setAccessibleName(tr("Guide"));
    m_text->setOpenExternalLinks(true);
    m_text->setSource(QUrl(QStringLiteral("qrc:/help/guide.md")), QTextDocument::MarkdownResource);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(820, 640);
}

} // namespace bitloupe::ui
