// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tensor_table_model.h"

#include "measure/metrics.h"
#include "ui/core_words.h"
#include "ui/decision_text.h"
#include "ui/qt_text.h"
#include "ui/views/marks.h"

#include <QApplication>

#include <algorithm>
#include <array>

namespace bitloupe::ui {
namespace {

// Weights in the longest block that the rows allow: where they are no multiple of 256 there are no
// K types. 0: no weight blocks.
int longestBlock(const Decision& decision)
{
    int longest = 0;
    for (const CodecOption& option : decision.options) {
        const Codec& one = bitloupe::codec(option.codec);
        if (one.family == CodecFamily::block)
            longest = std::max(longest, one.groupSize);
    }
    return longest;
}

} // namespace

TensorTableModel::TensorTableModel(const Session& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{
    reload();
}

int TensorTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int TensorTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : metric + static_cast<int>(metrics().size());
}

void TensorTableModel::reload()
{
    beginResetModel();
    m_rows = m_session.profile() ? static_cast<int>(m_session.profile()->decisions.size()) : 0;
    endResetModel();
}

void TensorTableModel::refresh()
{
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
}

QVariant TensorTableModel::text(int decision, int column) const
{
    const DecisionView view(m_session, decision);
    switch (column) {
    case name: return view.name();
    case role: return roleTitle(view.decision().role);
    case layer: return view.layerText();
    case shape: return view.shapeText();
    case sourceBytes: return sizeToQt(view.sourceBytes());
    case codec: return view.codecText();
    case bytes: return sizeToQt(view.bytes());
    default: break;
    }
    if (!view.isFree())
        return {};
    switch (column) {
    case blocks: return longestBlock(view.decision()) > 0
        ? QString::number(longestBlock(view.decision()))
        : QString();
    case bits: return QString::number(view.bits());
    case damage: return scoreToQt(view.damage());
    case nrmse: return scoreToQt(view.nrmse());
    case inputError: return scoreToQt(view.inputError());
    case outputDamage: return scoreToQt(view.outputDamage());
    case tier: return QString::number(view.tier());
    default: return scoreToQt(view.metric(static_cast<std::size_t>(column - metric)));
    }
}

double TensorTableModel::scoreOf(const DecisionView& view, int column) const
{
    switch (column) {
    case damage: return view.damage();
    case nrmse: return view.nrmse();
    case inputError: return view.inputError();
    case outputDamage: return view.outputDamage();
    case tier: return view.isFree() ? view.tier() : 0;
    default: return view.metric(static_cast<std::size_t>(column - metric));
    }
}

double TensorTableModel::sortKey(int decision, int column) const
{
    const DecisionView view(m_session, decision);
    switch (column) {
    case name: return decision; // the model's own order, layers by number
    case role: return static_cast<double>(view.decision().role);
    case layer: return view.decision().layer;
    case shape: return static_cast<double>(view.decision().elements);
    case sourceBytes: return static_cast<double>(view.sourceBytes());
    case blocks: return longestBlock(view.decision());
    case codec:
    case bits: return view.bits() * 1000 - view.codec().groupSize;
    case bytes: return static_cast<double>(view.bytes());
    default: break;
    }
    const double value = scoreOf(view, column);
    return value == value ? value : -1.0; // unknown sorts below everything
}

std::vector<double> TensorTableModel::sortKeys(int column) const
{
    std::vector<double> keys(static_cast<std::size_t>(m_rows));
    for (int row = 0; row < m_rows; ++row)
        keys[static_cast<std::size_t>(row)] = sortKey(row, column);
    return keys;
}

QVariant TensorTableModel::data(const QModelIndex& index, int dataRole) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    switch (dataRole) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::DecorationRole: {
        if (index.column() != bits)
            return {};
        const DecisionView view(m_session, index.row());
        return markIcon(view.pinned(), view.linked(), QApplication::palette());
    }
    case Qt::ToolTipRole:
        return DecisionView(m_session, index.row()).toolTip();
    case Qt::TextAlignmentRole: {
        const bool words
            = index.column() == name || index.column() == role || index.column() == codec;
        return QVariant((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    case sortRole:
        return sortKey(index.row(), index.column());
    case bitsRole: {
        const DecisionView view(m_session, index.row());
        return view.isFree() ? view.bits() : 0;
    }
    case decisionRole:
        return index.row();
    default:
        return {};
    }
}

QVariant TensorTableModel::headerData(int section, Qt::Orientation orientation, int dataRole) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (section >= metric) {
        const MetricInfo& info = metrics()[static_cast<std::size_t>(section - metric)];
        return dataRole == Qt::DisplayRole ? QVariant(translated(info.title))
            : dataRole == Qt::ToolTipRole  ? QVariant(toQt(info.source))
                                           : QVariant();
    }
    if (section == blocks && dataRole == Qt::ToolTipRole)
        return tr("The longest weight block that the rows allow: those that are no multiple of 256 "
                  "have no K types");
    if (dataRole != Qt::DisplayRole)
        return {};
    const std::array<QString, metric> titles = {tr("Tensor"), tr("Role"), tr("Layer"), tr("Shape"),
        tr("Source"), tr("Codec"), tr("Blocks of"), tr("Bits"), tr("Size"), tr("Predicted damage"), tr("NRMSE"),
        tr("r (inputs)"), tr("D (output)"), tr("Tier")};
    return titles[static_cast<std::size_t>(section)];
}

} // namespace bitloupe::ui
