// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_table_model.h"

#include "ui/decision_text.h"
#include "ui/qt_text.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace bitloupe::ui {
namespace {

const QString equalSign = QStringLiteral("=");

QString withSign(double value, const QString& magnitude)
{
    return (value < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) + magnitude;
}

double bytesDifference(const ComparedCell& a, const ComparedCell& b)
{
    return a.present() && b.present() ? static_cast<double>(a.bytes) - static_cast<double>(b.bytes)
                                      : unknownValue;
}

} // namespace

QString signedBits(const ComparedCell& a, const ComparedCell& b)
{
    const auto difference = bitsDifference(a, b);
    if (!difference)
        return {};
    // Block types of the same bits are not the same.
    if (*difference == 0)
        return a.codec == b.codec ? equalSign : QString(QChar(0x2248));
    return withSign(*difference, QLocale().toString(std::abs(*difference)));
}

QString signedScore(double value)
{
    if (std::isnan(value))
        return scoreToQt(value);
    return value == 0 ? equalSign : withSign(value, scoreToQt(std::abs(value)));
}

QString signedSize(double bytes)
{
    if (std::isnan(bytes))
        return scoreToQt(bytes);
    return bytes == 0 ? equalSign
                      : withSign(bytes, sizeToQt(static_cast<std::uint64_t>(std::abs(bytes))));
}

const std::vector<double>& ComparedPair::changes() const
{
    return a.changes.empty() ? b.changes : a.changes;
}

double ComparedPair::change(std::size_t decision) const
{
    // Two strangers were each compared with the model that is open, not with each other.
    if (!a.changes.empty() && !b.changes.empty())
        return unknownValue;
    return decision < changes().size() ? changes()[decision] : unknownValue;
}

bool ComparedPair::differs(std::size_t decision) const
{
    return a.side.cells[decision].codec != b.side.cells[decision].codec
        || a.side.cells[decision].bytes != b.side.cells[decision].bytes || change(decision) > 0;
}

CompareTableModel::CompareTableModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void CompareTableModel::setPair(std::shared_ptr<const ComparedPair> pair)
{
    // Sorting and selection stay while a slider moves.
    if (pair && m_pair && pair->profile == m_pair->profile) {
        m_pair = std::move(pair);
        return;
    }
    if (!pair && !m_pair)
        return;
    beginResetModel();
    m_pair = std::move(pair);
    endResetModel();
}

int CompareTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_pair ? 0 : static_cast<int>(m_pair->a.side.cells.size());
}

int CompareTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant CompareTableModel::text(std::size_t d, int column) const
{
    const Decision& decision = m_pair->profile->decisions[d];
    const ComparedCell &a = m_pair->a.side.cells[d], &b = m_pair->b.side.cells[d];
    const auto codecText = [](const ComparedCell& cell) {
        const Codec* known = findCodec(cell.codec);
        return cell.otherShape ? tr("other shape")
            : !cell.present()  ? tr("none")
            : known            ? codecTitle(known->id)
                               : nameToQt(cell.codec, 40);
    };
    const bool free = decision.options.size() > 1;
    switch (column) {
    case name: return nameToQt(decision.name, 200);
    case role: return roleTitle(decision.role);
    case layer: return decision.layer < 0 ? QString() : QString::number(decision.layer);
    case aCodec: return codecText(a);
    case bCodec: return codecText(b);
    case bits: return signedBits(a, b);
    case aBytes: return a.present() ? sizeToQt(a.bytes) : QString();
    case bBytes: return b.present() ? sizeToQt(b.bytes) : QString();
    case bytes: return a.present() && b.present() ? signedSize(bytesDifference(a, b)) : QString();
    case aDamage: return free && a.present() ? scoreToQt(a.damage) : QString();
    case bDamage: return free && b.present() ? scoreToQt(b.damage) : QString();
    case damage: return free && a.present() && b.present() ? signedScore(a.damage - b.damage) : QString();
    default: return std::isnan(m_pair->change(d)) ? QString() : scoreToQt(m_pair->change(d));
    }
}

std::vector<double> CompareTableModel::sortKeys(int column) const
{
    std::vector<double> keys(static_cast<std::size_t>(rowCount()));
    for (std::size_t d = 0; d < keys.size(); ++d)
        keys[d] = sortKey(d, column);
    return keys;
}

double CompareTableModel::sortKey(std::size_t d, int column) const
{
    const Decision& decision = m_pair->profile->decisions[d];
    const ComparedCell &a = m_pair->a.side.cells[d], &b = m_pair->b.side.cells[d];
    const auto number = [](double value) { // unknown below everything
        return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
    };
    switch (column) {
    case name: return static_cast<double>(d);
    case role: return static_cast<double>(decision.role);
    case layer: return static_cast<double>(decision.layer);
    case aCodec: return static_cast<double>(a.bits);
    case bCodec: return static_cast<double>(b.bits);
    case bits: return static_cast<double>(bitsDifference(a, b).value_or(-1000));
    case aBytes: return static_cast<double>(a.bytes);
    case bBytes: return static_cast<double>(b.bytes);
    case bytes: return number(bytesDifference(a, b));
    case aDamage: return number(a.damage);
    case bDamage: return number(b.damage);
    case damage: return number(a.damage - b.damage);
    default: return number(m_pair->change(d));
    }
}

QVariant CompareTableModel::data(const QModelIndex& index, int dataRole) const
{
    if (!index.isValid() || !m_pair || index.row() >= rowCount())
        return {};
    const auto d = static_cast<std::size_t>(index.row());
    switch (dataRole) {
    case Qt::DisplayRole: return text(d, index.column());
    case Qt::TextAlignmentRole: {
        const bool words = index.column() <= role || index.column() == aCodec || index.column() == bCodec;
        return QVariant((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    case sortRole: return sortKey(d, index.column());
    case decisionRole: return index.row();
    default: return {};
    }
}

QVariant CompareTableModel::headerData(int section, Qt::Orientation orientation, int dataRole) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (dataRole == Qt::ToolTipRole && section == change)
        return tr("Relative difference of the weights themselves, where both are floats");
    if (dataRole != Qt::DisplayRole)
        return {};
    const std::array<QString, columns> titles = {tr("Tensor"), tr("Role"), tr("Layer"), tr("A"),
        tr("B"), tr("Bits, A − B"), tr("Size of A"), tr("Size of B"), tr("Size, A − B"),
        tr("Damage of A"), tr("Damage of B"), tr("Damage, A − B"), tr("Weights changed")};
    return titles[static_cast<std::size_t>(section)];
}

CompareProxy::CompareProxy(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(CompareTableModel::sortRole);
    setDynamicSortFilter(false);
    connect(this, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_keyColumn = -1; });
}

void CompareProxy::setDifferencesOnly(bool only)
{
    m_differencesOnly = only;
    m_keyColumn = -1; // rows that come back are put in by what they hold now
    invalidateFilter();
}

void CompareProxy::refresh()
{
    if (m_differencesOnly) {
        m_keyColumn = -1;
        invalidateFilter();
    }
    if (rowCount() == 0)
        return;
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void CompareProxy::sort(int column, Qt::SortOrder order)
{
    m_keyColumn = -1;
    QSortFilterProxyModel::sort(column, order);
}

std::vector<std::uint32_t> CompareProxy::decisions() const
{
    std::vector<std::uint32_t> shown;
    for (int row = 0; row < rowCount(); ++row)
        shown.push_back(static_cast<std::uint32_t>(mapToSource(index(row, 0)).row()));
    return shown;
}

bool CompareProxy::filterAcceptsRow(int row, const QModelIndex&) const
{
    const auto* model = static_cast<const CompareTableModel*>(sourceModel());
    return !m_differencesOnly || !model->pair()
        || model->pair()->differs(static_cast<std::size_t>(row));
}

// Called some hundred thousand times a sort.
bool CompareProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const auto a = static_cast<std::size_t>(left.row());
    const auto b = static_cast<std::size_t>(right.row());
    if (m_keyColumn != left.column() || std::max(a, b) >= m_keys.size()) {
        m_keyColumn = left.column();
        m_keys = static_cast<const CompareTableModel*>(sourceModel())->sortKeys(m_keyColumn);
    }
    return m_keys[a] < m_keys[b];
}

} // namespace bitloupe::ui
