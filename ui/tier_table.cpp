// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tier_table.h"

#include "ui/decision_text.h"
#include "ui/qt_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>

#include <cmath>

namespace bitloupe::ui {

TierTable::TierTable(QWidget* parent)
    : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    const std::array<QString, 3> titles
        = {tr("Tier 1, weights"), tr("Tier 2, inputs"), tr("Tier 3, gradients")};
    const std::array<QString, 3> tips
        = {tr("Squared relative error of the weights, by the matrix's size"),
            tr("r: squared error weighed by how much flows into each column"),
            tr("D: squared error weighed by inputs and by the output's gradient")};
    for (int tier = 0; tier < 3; ++tier) {
        Row& row = m_rows[static_cast<std::size_t>(tier)];
        row.title = new QLabel(titles[static_cast<std::size_t>(tier)], this);
        row.title->setToolTip(tips[static_cast<std::size_t>(tier)]);
        row.damage = new QLabel(this);
        row.share = new QLabel(this);
        row.share->setToolTip(tr("Share of the whole plan's damage, as this tier counts it"));
        int column = 0;
        for (QLabel* label : {row.title, row.damage, row.share}) {
            if (column > 0)
                label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            grid->addWidget(label, tier, column++);
        }
    }
}

void TierTable::show(const Session& session, int decision)
{
    const bool has = decision >= 0 && DecisionView(session, decision).isFree();
    setVisible(has);
    const DecisionEvidence* evidence = has ? DecisionView(session, decision).evidence() : nullptr;
    for (int tier = 1; tier <= 3; ++tier) {
        const Row& row = m_rows[static_cast<std::size_t>(tier - 1)];
        const double damage = evidence && evidence->known
            ? DecisionView(session, decision).tierDamage(tier)
            : unknownValue;
        const bool known = std::isfinite(damage);
        const double whole = known ? session.planned()->tierDamage[std::size_t(tier - 1)] : 0;
        row.damage->setText(known ? scoreToQt(damage) : tr("unknown"));
        row.share->setText(
            whole > 0 ? tr("%1 %").arg(QLocale().toString(100 * damage / whole, 'f', 1)) : QString());
        const bool used = evidence && evidence->tier == tier;
        for (QLabel* label : {row.title, row.damage, row.share}) {
            QFont font = label->font();
            font.setBold(used);
            label->setFont(font);
            label->setForegroundRole(used ? QPalette::WindowText : QPalette::PlaceholderText);
        }
    }
}

QString TierTable::damageText(int tier) const
{
    return m_rows[static_cast<std::size_t>(tier - 1)].damage->text();
}

QString TierTable::shareText(int tier) const
{
    return m_rows[static_cast<std::size_t>(tier - 1)].share->text();
}

} // namespace bitloupe::ui
