// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/findings.h"

#include <QApplication>
#include <QStyle>
#include <QTextDocument>

namespace bitloupe::ui {

void FindingsModel::setFindings(QVector<Finding> findings)
{
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_findings.size())
        return {};
    const Finding& finding = m_findings[index.row()];
    switch (role) {
    case Qt::DisplayRole: return finding.sentence;
    case Qt::ToolTipRole: // names in it are a stranger's: never markup
        return Qt::convertFromPlainText(finding.details.isEmpty()
                ? finding.sentence
                : finding.sentence + QLatin1Char('\n') + finding.details,
            Qt::WhiteSpaceNormal);
    case DecisionRole: return finding.decision;
    case Qt::DecorationRole: {
        const QStyle* style = QApplication::style();
        switch (finding.kind) {
        case Finding::Kind::error: return style->standardIcon(QStyle::SP_MessageBoxCritical);
        case Finding::Kind::warning: return style->standardIcon(QStyle::SP_MessageBoxWarning);
        default: return style->standardIcon(QStyle::SP_MessageBoxInformation);
        }
    }
    default: return {};
    }
}

} // namespace bitloupe::ui
