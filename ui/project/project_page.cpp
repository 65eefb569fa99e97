// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/project_page.h"

#include "export/export_target.h"
#include "ui/decision_text.h"
#include "ui/qt_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr std::size_t rulesShown = 8;

QString factsOf(const Project& project)
{
    const ProjectPlan& plan = project.current;
    const ExportTarget* target = findExportTarget(plan.target);
    QStringList lines = {
        ProjectPage::tr("Model: %1, %2 parameters, %3")
            .arg(nameToQt(project.architecture, 60), parametersToQt(project.parameters),
                sizeToQt(project.modelBytes)),
        ProjectPage::tr("Digest: %1").arg(toQt(project.modelDigest)),
        ProjectPage::tr("Target: %1, budget %2")
            .arg(target ? toQt(target->title) : nameToQt(plan.target, 40), sizeToQt(plan.budget.bytes + plan.budget.expertBytes.value_or(0))),
    };
    if (!plan.choices.empty())
        lines.append(ProjectPage::tr("Plan: %1, %2 bits per weight, predicted damage %3")
                         .arg(sizeToQt(plan.fileBytes), QLocale().toString(plan.bitsPerWeight, 'f', 2),
                             scoreToQt(plan.damage)));
    for (const ProjectPlan& saved : project.saved)
        lines.append(ProjectPage::tr("Saved plan: %1, %2")
                         .arg(nameToQt(saved.name, 120), sizeToQt(saved.fileBytes)));
    return lines.join(QLatin1Char('\n'));
}

QString rulesOf(const ProjectPlan& plan)
{
    QStringList lines;
    for (std::size_t i = 0; i < plan.wishes.size() && i < rulesShown; ++i) {
        const ProjectWish& wish = plan.wishes[i];
        const QString what = wish.byHand.empty()
            ? nameToQt(wish.pattern, 100)
            : ProjectPage::tr("%n tensor(s) by hand", nullptr, static_cast<int>(wish.byHand.size()));
        const QString codecs = codecTitle(wish.byHand.empty() ? wish.codec : wish.byHand.front().second);
        lines.append((wish.kind == Rule::Kind::pin ? ProjectPage::tr("Pin: %1 to %2")
                                                   : ProjectPage::tr("At least: %1, %2"))
                         .arg(what, codecs));
    }
    if (plan.wishes.size() > rulesShown)
        lines.append(ProjectPage::tr("and %n more rule(s)", nullptr,
            static_cast<int>(plan.wishes.size() - rulesShown)));
    return lines.join(QLatin1Char('\n'));
}

QLabel* plainLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // names in it are a stranger's
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

void ProjectChoicesModel::setChoices(std::vector<ProjectChoice> choices)
{
    beginResetModel();
    m_choices = std::move(choices);
    endResetModel();
}

int ProjectChoicesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_choices.size());
}

int ProjectChoicesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ProjectChoicesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() <= codec ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const ProjectChoice& choice = m_choices[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case name: return nameToQt(choice.decision, 200);
    case codec: return codecTitle(choice.codec);
    case bytes: return sizeToQt(choice.dataBytes);
    default: // what had no choice has no damage of its own
        return std::isnan(choice.damage) ? QString() : scoreToQt(choice.damage);
    }
}

QVariant ProjectChoicesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    const QStringList titles = {tr("Tensor"), tr("Codec"), tr("Size"), tr("Predicted damage")};
    return titles[section];
}

ProjectPage::ProjectPage(QWidget* parent)
    : QWidget(parent)
    , m_title(plainLabel(this))
    , m_why(plainLabel(this))
    , m_facts(plainLabel(this))
    , m_rules(plainLabel(this))
    , m_choices(new ProjectChoicesModel(this))
    , m_table(new QTreeView(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(8);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    QFont bold = font();
    bold.setBold(true);
    m_why->setFont(bold);
    m_table->setModel(m_choices);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAccessibleName(tr("Choices of the saved plan"));
    m_table->setColumnWidth(ProjectChoicesModel::name, 360);
    m_table->setColumnWidth(ProjectChoicesModel::codec, 140);
    m_table->header()->setStretchLastSection(false);
    m_table->setColumnWidth(ProjectChoicesModel::damage, 140);
    auto* row = new QHBoxLayout;
    auto* file = new QPushButton(tr("Find the model's &file..."), this);
    auto* folder = new QPushButton(tr("Find the model's f&older..."), this);
    auto* close = new QPushButton(tr("&Close the project"), this);
    row->addWidget(file);
    row->addWidget(folder);
    row->addStretch(1);
    row->addWidget(close);
    for (QLabel* label : {m_title, m_why, m_facts, m_rules})
        column->addWidget(label);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    connect(file, &QPushButton::clicked, this, &ProjectPage::findFileRequested);
    connect(folder, &QPushButton::clicked, this, &ProjectPage::findFolderRequested);
    connect(close, &QPushButton::clicked, this, &ProjectPage::closeRequested);
}

void ProjectPage::show(const Project& project, const QString& why)
{
    m_title->setText(tr("%1, read-only").arg(nameToQt(project.modelName, 120)));
    m_why->setText(why);
    m_facts->setText(factsOf(project));
    m_rules->setText(rulesOf(project.current));
    m_rules->setVisible(!project.current.wishes.empty());
    m_choices->setChoices(project.current.choices);
}

QString ProjectPage::reason() const { return m_why->text(); }

} // namespace bitloupe::ui
