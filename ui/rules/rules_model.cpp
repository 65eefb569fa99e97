// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rules/rules_model.h"

#include "plan/rule_matches.h"
#include "ui/core_words.h"
#include "ui/decision_text.h"
#include "ui/qt_text.h"

#include <QApplication>
#include <QStyle>

#include <algorithm>
#include <set>

namespace bitloupe::ui {
namespace {

constexpr int titlesShown = 12; // the view elides the rest anyway

// Codecs of a wish by hand differ in their groups at most.
bool sameCodec(const QMap<int, CodecId>& chosen)
{
    return std::all_of(chosen.begin(), chosen.end(),
        [&](CodecId id) { return id == chosen.first(); });
}

} // namespace

QVector<CodecId> codecsOffered(const TargetProfile& profile)
{
    std::set<CodecId> found;
    for (const Decision& decision : profile.decisions)
        if (decision.options.size() > 1)
            for (const CodecOption& option : decision.options)
                found.insert(option.codec);
    return {found.begin(), found.end()};
}

RulesModel::RulesModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{
    connect(&session, &Session::modelChanged, this, &RulesModel::modelChanged);
    connect(&session, &Session::planChanged, this, &RulesModel::count);
    connect(&session.editor(), &PlanEditor::changed, this, [this] {
        if (m_revision != m_session.editor().revision())
            wishesChanged();
    });
    modelChanged();
}

void RulesModel::modelChanged()
{
    m_codecs = m_session.profile() ? codecsOffered(*m_session.profile()) : QVector<CodecId>();
    wishesChanged();
}

void RulesModel::wishesChanged()
{
    // An edit in place must not close the editor, nor lose the row that is selected.
    const Wishes& now = m_session.editor().wishes();
    const bool sameRows = m_session.profile() && now.size() == m_wishes.size();
    if (!sameRows)
        beginResetModel();
    m_wishes = m_session.profile() ? now : Wishes();
    m_revision = m_session.editor().revision();
    m_touched = QVector<Touched>(m_wishes.size());
    if (!sameRows)
        endResetModel();
    else if (!m_wishes.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, touches));
}

void RulesModel::count()
{
    const auto& planned = m_session.planned();
    if (!planned || planned->revision != m_revision || m_wishes.isEmpty())
        return;
    QVector<int> owners;
    rulesOf(m_wishes, &owners);
    m_touched = QVector<Touched>(m_wishes.size());
    for (qsizetype rule = 0; rule < owners.size(); ++rule) {
        Touched& row = m_touched[owners[rule]];
        row.matches = std::max(row.matches, 0)
            + static_cast<int>(planned->ruleMatches[static_cast<std::size_t>(rule)]);
    }
    if (planned->plan) {
        for (const Choice& choice : planned->plan->choices)
            if (choice.rule >= 0)
                ++m_touched[owners[choice.rule]].decided;
        for (const RuleMiss& miss : planned->plan->unfollowed)
            ++m_touched[owners[static_cast<qsizetype>(miss.rule)]].unable;
    }
    emit dataChanged(index(0, touches), index(rowCount() - 1, touches));
}

int RulesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_wishes.size());
}

int RulesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : touches + 1;
}

QString RulesModel::tensorsText(const Wish& wish) const
{
    if (wish.isPattern())
        return wish.pattern;
    QStringList titles;
    for (auto one = wish.byHand.cbegin(); one != wish.byHand.cend(); ++one) {
        if (titles.size() == titlesShown)
            break;
        titles.append(
            shortTitle(m_session.profile()->decisions[static_cast<std::size_t>(one.key())]));
    }
    return titles.join(QStringLiteral(", "));
}

QString RulesModel::codecText(const Wish& wish) const
{
    if (wish.isPattern() || sameCodec(wish.byHand))
        return codecTitle(wish.isPattern() ? wish.codec : wish.byHand.first());
    return tr("%1 bits").arg(bitloupe::codec(wish.byHand.first()).bits);
}

QVariant RulesModel::text(int row, int column) const
{
    switch (column) {
    case tensors: return tensorsText(wish(row));
    case kind: return wish(row).kind == Rule::Kind::pin ? tr("pin") : tr("at least");
    case codec: return codecText(wish(row));
    default: break;
    }
    if (!wish(row).enabled)
        return tr("off");
    return m_touched[row].matches < 0 ? QStringLiteral("…")
                                      : countToQt(std::uint64_t(m_touched[row].matches));
}

QString RulesModel::touchTip(int row) const
{
    const Touched& touched = m_touched[row];
    if (!wish(row).enabled)
        return tr("Switched off: the solver does not hear it.");
    if (touched.matches < 0)
        return tr("Not counted yet.");
    if (touched.matches == 0)
        return tr("No tensor has such a name.");
    QStringList lines = {tr("Speaks of %n tensor(s).", nullptr, touched.matches),
        tr("%n tensor(s) follow it in this plan.", nullptr, touched.decided)};
    if (touched.unable > 0)
        lines.append(tr("%n tensor(s) cannot take this codec.", nullptr, touched.unable));
    if (const int rest = touched.matches - touched.decided - touched.unable; rest > 0)
        lines.append(tr("%n tensor(s) follow a later rule, or have no choice.", nullptr, rest));
    return lines.join(QLatin1Char('\n'));
}

QVariant RulesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_wishes.size())
        return {};
    const Wish& one = wish(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(index.row(), index.column());
    case Qt::EditRole:
        return index.column() == tensors ? QVariant(one.pattern)
            : index.column() == kind     ? QVariant(one.kind == Rule::Kind::floor ? 1 : 0)
                                     : QVariant(int(m_codecs.indexOf(one.codec)));
    case Qt::ToolTipRole:
        return index.column() == touches ? touchTip(index.row())
                                         : text(index.row(), index.column());
    case Qt::CheckStateRole:
        return index.column() == tensors ? QVariant(one.enabled ? Qt::Checked : Qt::Unchecked)
                                         : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == touches ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DecorationRole: {
        const Touched& touched = m_touched[index.row()];
        const bool odd = one.enabled && (touched.matches == 0 || touched.unable > 0);
        return index.column() == touches && odd
            ? QVariant(QApplication::style()->standardIcon(QStyle::SP_MessageBoxWarning))
            : QVariant();
    }
    case choicesRole: {
        QStringList choices;
        if (index.column() == kind)
            choices = {tr("pin"), tr("at least")};
        else if (index.column() == codec)
            for (const CodecId id : m_codecs)
                choices.append(codecTitle(id));
        return choices;
    }
    default: return {};
    }
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case tensors: return tr("Tensors");
    case kind: return tr("Rule");
    case codec: return tr("Codec");
    case touches: return tr("Touches");
    default: return {};
    }
}

Qt::ItemFlags RulesModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    if (index.column() == tensors)
        flags |= Qt::ItemIsUserCheckable;
    // What was chosen by hand is changed where it is chosen.
    if (index.column() != touches && wish(index.row()).isPattern())
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool RulesModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.row() >= m_wishes.size())
        return false;
    Wish changed = wish(index.row());
    if (role == Qt::CheckStateRole && index.column() == tensors) {
        changed.enabled = value.toInt() == Qt::Checked;
        return edit(index.row(), changed,
            changed.enabled ? tr("switch a rule on") : tr("switch a rule off"));
    }
    if (role != Qt::EditRole || !changed.isPattern())
        return false;
    if (index.column() == tensors)
        return editPattern(index.row(), value.toString());
    const int choice = value.toInt();
    if (index.column() == kind)
        changed.kind = choice == 1 ? Rule::Kind::floor : Rule::Kind::pin;
    else if (index.column() == codec && choice >= 0 && choice < m_codecs.size())
        changed.codec = m_codecs[choice];
    return edit(index.row(), changed, tr("change a rule"));
}

bool RulesModel::editPattern(int row, const QString& pattern)
{
    Wish changed = wish(row);
    changed.pattern = pattern.trimmed();
    if (changed.pattern.isEmpty()) {
        emit refused(tr("A rule needs a regular expression."));
        return false;
    }
    // On a profile without tensors only the pattern itself can be wrong.
    if (const auto sense = matchesOf({}, {{}, changed.pattern.toStdString(), {}, {}}); !sense) {
        emit refused(translated(sense.error().detail));
        return false;
    }
    return edit(row, changed, tr("change a rule"));
}

bool RulesModel::edit(int row, const Wish& changed, const QString& text)
{
    Wishes after = m_wishes;
    after[row] = changed;
    m_session.editor().setWishes(after, text);
    return true;
}

void RulesModel::move(int row, int to)
{
    if (row < 0 || row >= m_wishes.size() || to < 0 || to >= m_wishes.size() || row == to)
        return;
    Wishes after = m_wishes;
    after.move(row, to);
    m_session.editor().setWishes(after, tr("move a rule"));
}

void RulesModel::remove(QVector<int> rows)
{
    std::sort(rows.begin(), rows.end(), std::greater<>());
    Wishes after = m_wishes;
    for (const int row : qAsConst(rows))
        if (row >= 0 && row < after.size())
            after.removeAt(row);
    m_session.editor().setWishes(
        after, rows.size() == 1 ? tr("remove a rule") : tr("remove rules"));
}

void RulesModel::add(const Wish& wish)
{
    Wishes after = m_wishes;
    after.append(wish);
    m_session.editor().setWishes(after, tr("add a rule"));
}

} // namespace bitloupe::ui
