// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/saved_plans.h"

#include "ui/qt_text.h"

#include <QHash>
#include <QLocale>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace bitloupe::ui {
namespace {

constexpr int longestName = 120; // bytes

ProjectWish projectWish(const Wish& wish, const TargetProfile& profile)
{
    ProjectWish made {wish.kind, wish.enabled, wish.pattern.toStdString(), wish.codec, {}};
    for (auto one = wish.byHand.cbegin(); one != wish.byHand.cend(); ++one)
        made.byHand.emplace_back(
            profile.decisions[static_cast<std::size_t>(one.key())].name, one.value());
    return made;
}

QHash<QString, int> decisionsByName(const TargetProfile& profile)
{
    QHash<QString, int> byName;
    for (std::size_t d = 0; d < profile.decisions.size(); ++d)
        byName.insert(toQt(profile.decisions[d].name), static_cast<int>(d));
    return byName;
}

} // namespace

PlanSource planSource(const Session& session)
{
    return {session.profile(), session.planned(), session.editor().budget(),
        session.editor().heldDamage(), session.editor().wishes()};
}

ProjectPlan planInForce(const Session& session) { return writtenPlan(planSource(session)); }

ProjectPlan writtenPlan(const PlanSource& source)
{
    ProjectPlan made;
    if (!source.profile)
        return made;
    const TargetProfile& profile = *source.profile;
    made.target = profile.targetId;
    made.budget = source.budget;
    made.heldDamage = source.heldDamage;
    for (const Wish& wish : source.wishes)
        made.wishes.push_back(projectWish(wish, profile));
    if (!source.planned || !source.planned->plan)
        return made;
    const Plan& plan = *source.planned->plan;
    for (std::size_t d = 0; d < plan.choices.size(); ++d) {
        const CodecOption& option = profile.decisions[d].options[plan.choices[d].option];
        made.choices.push_back({profile.decisions[d].name, option.codec, option.dataBytes,
            profile.decisions[d].options.size() > 1 ? plan.choices[d].damage : unknownValue});
    }
    made.fileBytes = plan.fileBytes;
    made.bitsPerWeight = plan.bitsPerWeight;
    made.damage = plan.damage;
    return made;
}

Wishes wishesOf(const ProjectPlan& plan, const TargetProfile& profile, int* missed)
{
    const QHash<QString, int> byName = decisionsByName(profile);
    Wishes wishes;
    for (const ProjectWish& one : plan.wishes) {
        Wish wish {one.kind, toQt(one.pattern), one.codec, {}, one.enabled};
        for (const auto& [decision, codecId] : one.byHand) {
            const int at = byName.value(toQt(decision), -1);
            if (at >= 0)
                wish.byHand.insert(at, codecId);
            else if (missed)
                ++*missed;
        }
        if (wish.isPattern() || !wish.byHand.isEmpty())
            wishes.append(wish);
    }
    return wishes;
}

std::vector<std::uint16_t> choiceOf(const ProjectPlan& plan, const TargetProfile& profile)
{
    if (plan.target != profile.targetId)
        return {};
    std::unordered_map<std::string_view, CodecId> chosen;
    chosen.reserve(plan.choices.size());
    for (const ProjectChoice& one : plan.choices)
        chosen.insert_or_assign(one.decision, one.codec);
    std::vector<std::uint16_t> choice;
    for (const Decision& decision : profile.decisions) {
        choice.push_back(0);
        if (decision.options.size() < 2)
            continue;
        const auto wanted = chosen.find(decision.name);
        if (wanted == chosen.end())
            return {};
        const std::size_t option = optionIndex(decision, wanted->second);
        if (option == decision.options.size())
            return {};
        choice.back() = static_cast<std::uint16_t>(option);
    }
    return choice;
}

SavedPlans::SavedPlans(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void SavedPlans::setPlans(std::vector<ProjectPlan> plans)
{
    beginResetModel();
    m_plans.clear();
    for (ProjectPlan& plan : plans)
        m_plans.push_back(std::make_shared<const ProjectPlan>(std::move(plan)));
    endResetModel();
    emit changed();
}

int SavedPlans::find(const std::string& planName) const
{
    for (std::size_t i = 0; i < m_plans.size(); ++i)
        if (m_plans[i]->name == planName)
            return static_cast<int>(i);
    return -1;
}

std::string SavedPlans::freeName(const std::string& wanted) const
{
    if (!wanted.empty() && find(wanted) < 0)
        return wanted;
    for (int number = wanted.empty() ? static_cast<int>(m_plans.size()) + 1 : 2;; ++number) {
        const QString made = wanted.empty()
            ? tr("Plan %1").arg(number)
            : QStringLiteral("%1 (%2)").arg(toQt(wanted)).arg(number);
        if (find(made.toStdString()) < 0)
            return made.toStdString();
    }
}

bool SavedPlans::add(ProjectPlan plan)
{
    if (m_plans.size() >= mostSavedPlans)
        return false;
    plan.name = freeName(plan.name);
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_plans.push_back(std::make_shared<const ProjectPlan>(std::move(plan)));
    endInsertRows();
    emit changed();
    return true;
}

void SavedPlans::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_plans.erase(m_plans.begin() + row);
    endRemoveRows();
    emit changed();
}

int SavedPlans::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_plans.size());
}

int SavedPlans::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant SavedPlans::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ProjectPlan& plan = *m_plans[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() <= target ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::EditRole && index.column() == name)
        return toQt(plan.name);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case name: return nameToQt(plan.name, longestName);
    case target: {
        const ExportTarget* known = findExportTarget(plan.target);
        return known ? toQt(known->title) : nameToQt(plan.target, 20);
    }
    case bytes: return plan.choices.empty() ? tr("no plan") : sizeToQt(plan.fileBytes);
    case bitsPerWeight:
        return plan.choices.empty() ? QString() : QLocale().toString(plan.bitsPerWeight, 'f', 2);
    default: return plan.choices.empty() ? QString() : scoreToQt(plan.damage);
    }
}

QVariant SavedPlans::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    const QStringList titles = {tr("Plan"), tr("Target"), tr("Size"), tr("bpw"), tr("Damage")};
    return titles[section];
}

Qt::ItemFlags SavedPlans::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == name ? usual | Qt::ItemIsEditable : usual;
}

bool SavedPlans::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.column() != name || role != Qt::EditRole)
        return false;
    const std::string wanted = value.toString().trimmed().left(longestName / 2).toStdString();
    SavedPlan& held = m_plans[static_cast<std::size_t>(index.row())];
    if (wanted.empty() || wanted == held->name)
        return false;
    auto renamed = std::make_shared<ProjectPlan>(*held);
    renamed->name = freeName(wanted);
    held = std::move(renamed);
    emit dataChanged(index, index);
    emit changed();
    return true;
}

} // namespace bitloupe::ui
