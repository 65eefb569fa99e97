// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export_result.h"

#include "ui/muted_label.h"
#include "ui/qt_text.h"
#include "ui/views/error_scatter.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

// As the report counts them: a curve of every element differs by rounding alone.
bool isOutside(const TensorCheck& check)
{
    constexpr double rounding = 1e-6;
    return std::abs(check.nrmseFound - check.nrmsePlanned)
        > std::max(check.plannedBound, rounding) * check.nrmsePlanned;
}

} // namespace

QString verificationSentence(const ExportReport& report)
{
    const QString checks = countToQt(report.checks.size());
    if (report.outsideBound == 0)
        return ExportResult::tr("Verified: %1 of %1 quantized tensors read back and compared")
            .arg(checks);
    return ExportResult::tr("Verified: %1 tensors read back; %2 differ from the prediction by more "
                            "than sampling explains")
        .arg(checks, countToQt(report.outsideBound));
}

ExportResult::ExportResult(QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(24);
    m_table = new QGridLayout;
    m_table->setHorizontalSpacing(24);
    m_table->setVerticalSpacing(2);
    auto* left = new QVBoxLayout;
    left->addLayout(m_table);
    left->addStretch(1);
    sides->addLayout(left);
    auto* right = new QVBoxLayout;
    right->setSpacing(10);
    auto* title = new QLabel(tr("Error by tensor (NRMSE)"), this);
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    right->addWidget(title);
    m_scatter = new ErrorScatterView(this);
    right->addWidget(m_scatter, 1);
    m_onTheLine = mutedLabel({}, this);
    m_onTheLine->setWordWrap(true);
    right->addWidget(m_onTheLine);
    sides->addLayout(right, 1);
    column->addLayout(sides, 1);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(24);
    m_digest = new QLineEdit(this);
    m_digest->setReadOnly(true);
    m_digest->setFrame(false);
    m_digest->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_digest->setAccessibleName(tr("SHA-256"));
    form->addRow(tr("SHA-256"), m_digest);
    form->addRow(
        QString(), mutedLabel(tr("Two runs write the same bytes, with any number of threads."), this));
    column->addLayout(form);
}

void ExportResult::addRow(const QString& title, const QString& planned, const QString& found)
{
    const int row = m_table->rowCount();
    const bool head = title.isEmpty();
    m_table->addWidget(new QLabel(title, this), row, 0);
    for (const auto& [column, text] : {std::pair {1, planned}, std::pair {2, found}}) {
        QLabel* value = head ? mutedLabel(text, this) : new QLabel(text, this);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->addWidget(value, row, column);
    }
}

void ExportResult::addSizes(const ExportReport& report, const Plan& plan)
{
    const auto bpw = [](double value) { return QLocale().toString(value, 'f', 4); };
    const double bits = report.parameters > 0
        ? 8.0 * double(report.dataBytes) / double(report.parameters)
        : unknownValue;
    addRow(tr("Size, bytes"), countToQt(plan.fileBytes), countToQt(report.weightFileBytes));
    addRow(tr("Bits per weight"), bpw(plan.bitsPerWeight), bpw(bits));
    const bool others = report.fallbacks > 0;
    addRow(tr("Encoder"), toQt(encoderName(report.encoder)),
        others ? tr("%1 by search").arg(countToQt(report.fallbacks)) : QString());
    addRow(tr("Quantized + kept"), {},
        tr("%1 + %2").arg(countToQt(report.checks.size()), countToQt(report.keptTensors)));
}

void ExportResult::addErrors(const ExportReport& report)
{
    // Unknown as soon as one of them is: a mean of some would be compared with a mean of all.
    double planned = 0, found = 0, largestPlanned = 0;
    const double count = std::max(1.0, double(report.checks.size()));
    for (const TensorCheck& check : report.checks) {
        planned += check.nrmsePlanned / count;
        found += check.nrmseFound / count;
        largestPlanned = std::max(largestPlanned, check.nrmsePlanned);
    }
    if (std::isnan(planned))
        largestPlanned = unknownValue;
    addRow(tr("NRMSE, mean"), scoreToQt(planned, 4), scoreToQt(found, 4));
    addRow(tr("NRMSE, largest"), scoreToQt(largestPlanned, 4), scoreToQt(report.largestNrmse, 4));
    addRow(tr("Largest difference to encoded"), {}, scoreToQt(report.largestDifference));
}

void ExportResult::addPoints(const ExportReport& report)
{
    QVector<ErrorScatterView::Point> points;
    for (const TensorCheck& check : report.checks)
        points.append({check.nrmsePlanned, check.nrmseFound, isOutside(check)});
    m_scatter->setPoints(points);
    m_scatter->setVisible(m_scatter->shown() > 0);
    const auto comparable = static_cast<std::uint64_t>(m_scatter->shown());
    m_onTheLine->setText(comparable > 0
            ? tr("%1 of %2 as planned, within what sampling allows")
                  .arg(countToQt(comparable - report.outsideBound), countToQt(comparable))
            : tr("The plan knows no errors of this encoder; they were measured while encoding."));
}

void ExportResult::show(const ExportReport& report, const Planned& planned)
{
    const Plan& plan = *planned.plan;
    addRow({}, tr("Planned"), tr("Found"));
    addSizes(report, plan);
    addErrors(report);
    addRow(tr("Predicted damage"), scoreToQt(plan.damage), tr("not measured"));
    if (planned.uniform)
        addRow(tr("Uniform, same budget"), scoreToQt(planned.uniform->damage), {});
    addPoints(report);
    m_digest->setText(toQt(report.digest));
    m_digest->setCursorPosition(0);
    QWidget::show();
}

} // namespace bitloupe::ui
