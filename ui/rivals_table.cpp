// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rivals_table.h"

#include "ui/muted_label.h"
#include "ui/qt_text.h"

#include <QGridLayout>
#include <QLocale>

#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int rowCount = 4;

double distance(std::uint64_t a, std::uint64_t b) { return std::abs(double(a) - double(b)); }

} // namespace

QString uniformTitle(const PlanPoint& point)
{
    if (!point.name.empty())
        return RivalsTable::tr("Uniform %1").arg(toQt(point.name));
    return point.bits > 0 ? RivalsTable::tr("Uniform %1 bits").arg(point.bits)
                          : RivalsTable::tr("Uniform");
}

const PlanPoint* nearestMix(const Planned& planned)
{
    const PlanPoint* nearest = nullptr;
    if (!planned.plan)
        return nearest;
    const std::uint64_t bytes = planned.plan->fileBytes;
    for (const PlanPoint& mix : planned.mixes)
        if (!nearest || distance(mix.fileBytes, bytes) < distance(nearest->fileBytes, bytes))
            nearest = &mix;
    return nearest;
}

RivalsTable::RivalsTable(QWidget* parent)
    : QWidget(parent)
{
    auto* table = new QGridLayout(this);
    table->setContentsMargins(0, 0, 0, 0);
    table->setHorizontalSpacing(14);
    table->setVerticalSpacing(1);
    const QStringList heads = {QString(), tr("MB"), tr("bpw"), tr("predicted damage")};
    for (int c = 1; c < heads.size(); ++c) {
        QLabel* head = mutedLabel(heads[c], this);
        head->setAlignment(Qt::AlignRight);
        table->addWidget(head, 0, c);
    }
    for (int r = 0; r < rowCount; ++r) {
        QVector<QLabel*> labels;
        for (int c = 0; c < heads.size(); ++c) {
            labels.append(new QLabel(this));
            if (c > 0)
                labels.last()->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            QFont font = labels.last()->font();
            font.setBold(r == 0);
            labels.last()->setFont(font);
            table->addWidget(labels.last(), r + 1, c);
        }
        m_rows.append(labels);
    }
    table->setColumnStretch(0, 1);
}

void RivalsTable::fill(int row, const QString& title, const PlanPoint* point)
{
    const QLocale locale;
    const bool fits = point && point->fileBytes > 0;
    m_rows[row][0]->setText(title);
    m_rows[row][1]->setText(
        fits ? locale.toString(double(point->fileBytes) / 1e6, 'f', 1) : QString());
    m_rows[row][2]->setText(fits ? locale.toString(point->bitsPerWeight, 'f', 2) : QString());
    m_rows[row][3]->setText(fits ? scoreToQt(point->damage) : tr("does not fit"));
}

void RivalsTable::show(const Planned* planned, bool preview)
{
    PlanPoint own;
    if (planned && planned->plan) {
        own.fileBytes = planned->plan->fileBytes;
        own.bitsPerWeight = planned->plan->bitsPerWeight;
        own.damage = planned->plan->damage;
    }
    const auto given = [](const std::optional<PlanPoint>& point) {
        return point ? &*point : nullptr;
    };
    const PlanPoint* uniform = planned ? given(planned->uniform) : nullptr;
    fill(0, preview ? tr("This plan (preview)") : tr("This plan"), &own);
    fill(1, uniformTitle(uniform ? *uniform : PlanPoint {}), uniform);
    // MINT speaks of groups that weight blocks do not have; where they are, the client's mix is.
    const PlanPoint* mix = planned ? nearestMix(*planned) : nullptr;
    if (mix)
        fill(2, tr("llama.cpp %1").arg(toQt(mix->name)), mix);
    else
        fill(2, tr("MINT"), planned ? given(planned->mint) : nullptr);
    const bool compares = planned && !planned->comparisons.empty();
    if (compares) // the one asked for last
        fill(3, nameToQt(planned->comparisons.back().name, 30), &planned->comparisons.back());
    for (QLabel* label : qAsConst(m_rows[3]))
        label->setVisible(compares);
}

QStringList RivalsTable::rowTexts(int row) const
{
    QStringList texts;
    for (const QLabel* label : m_rows[row])
        texts.append(label->text());
    return texts;
}

} // namespace bitloupe::ui
