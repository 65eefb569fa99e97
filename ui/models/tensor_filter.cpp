// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tensor_filter.h"

#include "ui/decision_text.h"
#include "ui/models/tensor_table_model.h"
#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace bitloupe::ui {
namespace {

bool compare(int value, const QString& sign, int limit)
{
    if (sign == QLatin1String("<="))
        return value <= limit;
    if (sign == QLatin1String(">="))
        return value >= limit;
    if (sign == QLatin1String("<"))
        return value < limit;
    if (sign == QLatin1String(">"))
        return value > limit;
    return value == limit;
}

// Words end at spaces, but not inside /an expression/.
QStringList wordsOf(const QString& line)
{
    static const QRegularExpression word(QStringLiteral("/(?:[^/\\\\]|\\\\.)+/|\\S+"));
    QStringList words;
    auto matches = word.globalMatch(line);
    while (matches.hasNext())
        words.append(matches.next().captured());
    return words;
}

// Names for several roles at once.
bool inGroup(const QString& group, TensorRole role)
{
    using enum TensorRole;
    if (group == QLatin1String("attn") || group == QLatin1String("attention"))
        return role >= attentionQ && role <= attentionKvB;
    if (group == QLatin1String("mlp"))
        return role >= mlpGate && role <= mlpDown;
    if (group == QLatin1String("experts"))
        return role >= expertGate && role <= expertDown;
    return false;
}

bool isBetween(const QString& word, QChar mark)
{
    return word.size() >= 2 && word.startsWith(mark) && word.endsWith(mark);
}

} // namespace

TensorFilter::Part TensorFilter::parse(const QString& word, QString* problem)
{
    if (isBetween(word, QLatin1Char('/'))) {
        const QRegularExpression pattern(word.mid(1, word.size() - 2));
        if (!pattern.isValid() && problem)
            *problem = QCoreApplication::translate("TensorFilter", "Not a regular expression: %1")
                           .arg(pattern.errorString());
        return [pattern](const DecisionView& view) {
            return pattern.isValid() && pattern.match(view.name()).hasMatch();
        };
    }
    static const QRegularExpression bits(QStringLiteral("\\Abits(<=|>=|<|>|=|:)(\\d{1,3})\\z"));
    if (const auto match = bits.match(word); match.hasMatch())
        return [sign = match.captured(1), limit = match.captured(2).toInt()](
                   const DecisionView& view) {
            return view.isFree() && compare(view.bits(), sign, limit);
        };
    static const QRegularExpression layer(QStringLiteral("\\Alayer:(\\d{1,6})(?:-(\\d{1,6}))?\\z"));
    if (const auto match = layer.match(word); match.hasMatch()) {
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
        return [first, last](const DecisionView& view) {
            return view.decision().layer >= first && view.decision().layer <= last;
        };
    }
    if (word.startsWith(QLatin1String("role:")))
        return [wanted = word.mid(5).toLower()](const DecisionView& view) {
            const RoleInfo& info = roleInfo(view.decision().role);
            return inGroup(wanted, info.role)
                || toQt(info.id).contains(wanted, Qt::CaseInsensitive)
                || toQt(info.title).contains(wanted, Qt::CaseInsensitive);
        };
    if (word == QLatin1String("pinned"))
        return [](const DecisionView& view) { return view.pinned(); };
    return [word](const DecisionView& view) {
        return view.name().contains(word, Qt::CaseInsensitive);
    };
}

TensorFilter::TensorFilter(const QString& line, QString* problem)
{
    for (const QString& word : wordsOf(line))
        m_parts.append(parse(word, problem));
}

bool TensorFilter::matches(const DecisionView& view) const
{
    for (const Part& part : m_parts)
        if (!part(view))
            return false;
    return true;
}

TensorFilterProxy::TensorFilterProxy(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    // Numbers change many times a second while the budget moves: rows that jump about then are of
    // no use, and sorting 60,000 of them again each time would be felt.
    setDynamicSortFilter(false);
    connect(this, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_keyColumn = -1; });
}

void TensorFilterProxy::setShown(const QVector<bool>& decisions)
{
    if (m_shown == decisions)
        return;
    m_shown = decisions;
    m_keyColumn = -1; // rows that come back are put in by what they hold now
    invalidateFilter();
}

void TensorFilterProxy::refreshKeys(int column) const
{
    const auto* table = qobject_cast<const TensorTableModel*>(sourceModel());
    m_keyColumn = column;
    m_keys = table ? table->sortKeys(column) : std::vector<double>();
}

void TensorFilterProxy::sort(int column, Qt::SortOrder order)
{
    m_keyColumn = -1;
    QSortFilterProxyModel::sort(column, order);
}

// Called some hundred thousand times a sort.
bool TensorFilterProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const auto a = static_cast<std::size_t>(left.row());
    const auto b = static_cast<std::size_t>(right.row());
    if (m_keyColumn != left.column() || std::max(a, b) >= m_keys.size())
        refreshKeys(left.column());
    return m_keys[a] < m_keys[b];
}

bool TensorFilterProxy::filterAcceptsRow(int row, const QModelIndex&) const
{
    return m_shown.isEmpty() || (row < m_shown.size() && m_shown[row]);
}

} // namespace bitloupe::ui
