// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/scale_editor.h"

#include "ui/views/marked_label.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

#include <cmath>

namespace bitloupe::ui {
namespace {

QString numberText(double value)
{
    return std::isnan(value) ? QString() : QLocale().toString(value, 'g', 4);
}

// Empty: no number of one's own. False: not a number.
bool readNumber(const QString& typed, double& value)
{
    const QString text = typed.trimmed();
    value = std::nan("");
    if (text.isEmpty())
        return true;
    bool ok = false;
    value = QLocale().toDouble(text, &ok);
    if (!ok) // a point is understood everywhere
        value = QLocale::c().toDouble(text, &ok);
    return ok && std::isfinite(value);
}

} // namespace

ScaleEditor::ScaleEditor(QWidget* parent)
    : QFrame(parent, Qt::Popup)
{
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Colour scale"));
    auto* form = new QFormLayout(this);
    form->setContentsMargins(8, 8, 8, 8);
    m_lowest = new QLineEdit(this);
    m_highest = new QLineEdit(this);
    m_log = new QCheckBox(tr("&Log scale"), this);
    m_problem = new MarkedLabel(MarkedLabel::Mark::error, this);
    m_problem->setWordWrap(true);
    auto* reset = new QPushButton(tr("&Reset"), this);
    reset->setToolTip(tr("Ends as the values have them"));
    form->addRow(tr("Lo&west"), m_lowest);
    form->addRow(tr("&Highest"), m_highest);
    form->addRow(m_log);
    form->addRow(m_problem);
    form->addRow(reset);
    for (QLineEdit* field : {m_lowest, m_highest}) {
        field->setMinimumWidth(120);
        connect(field, &QLineEdit::textEdited, this, &ScaleEditor::apply);
        connect(field, &QLineEdit::returnPressed, this, &QWidget::close);
    }
    connect(m_log, &QCheckBox::toggled, this, &ScaleEditor::apply);
    connect(reset, &QPushButton::clicked, this, &ScaleEditor::resetRequested);
    m_problem->hide();
}

void ScaleEditor::setRange(const ColourRange& range, std::pair<double, double> ofValues)
{
    m_filling = true;
    m_lowest->setText(numberText(range.lowest));
    m_highest->setText(numberText(range.highest));
    m_lowest->setPlaceholderText(numberText(ofValues.first));
    m_highest->setPlaceholderText(numberText(ofValues.second));
    m_log->setChecked(range.logScale);
    m_problem->hide();
    m_filling = false;
}

QString ScaleEditor::problem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

void ScaleEditor::apply()
{
    if (m_filling)
        return;
    ColourRange range {};
    range.logScale = m_log->isChecked();
    QString problem;
    if (!readNumber(m_lowest->text(), range.lowest) || !readNumber(m_highest->text(), range.highest))
        problem = tr("This is not a number.");
    else if (range.lowest >= range.highest)
        problem = tr("The lowest must be below the highest.");
    else if (range.logScale && (range.lowest <= 0 || range.highest <= 0))
        problem = tr("A log scale has no place for zero or less.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    adjustSize();
    if (problem.isEmpty())
        emit changed(range);
}

} // namespace bitloupe::ui
