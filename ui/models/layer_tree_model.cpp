// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/layer_tree_model.h"

#include "ui/decision_text.h"
#include "ui/qt_text.h"
#include "ui/views/marks.h"

#include <QApplication>
#include <QLocale>
#include <QMap>

#include <algorithm>

namespace bitloupe::ui {
namespace {

constexpr int layersWithoutGroups = 20;

} // namespace

LayerTreeModel::LayerTreeModel(const Session& session, QObject* parent)
    : QAbstractItemModel(parent)
    , m_session(session)
{
    reload();
}

int LayerTreeModel::add(int parent, const QString& title, int decision)
{
    const int at = static_cast<int>(m_nodes.size());
    Node& above = m_nodes[static_cast<std::size_t>(parent)];
    Node made;
    made.title = title;
    made.parent = parent;
    made.row = static_cast<int>(above.children.size());
    made.decision = decision;
    above.children.push_back(at);
    m_nodes.push_back(std::move(made));
    if (decision >= 0)
        m_nodeOf[static_cast<std::size_t>(decision)] = at;
    return at;
}

void LayerTreeModel::addLayer(int parent, QVector<int> decisions)
{
    // In the order of the heatmap's columns, what is never quantized after that.
    const auto rank = [&all = m_session.profile()->decisions](int d) {
        const Decision& one = all[static_cast<std::size_t>(d)];
        return std::pair(one.options.size() == 1, one.role);
    };
    std::stable_sort(decisions.begin(), decisions.end(),
        [&rank](int a, int b) { return rank(a) < rank(b); });
    for (const int d : qAsConst(decisions))
        add(parent, QString(), d);
}

QString LayerTreeModel::titleOf(const Node& node) const
{
    if (node.decision < 0)
        return node.title;
    const DecisionView view(m_session, node.decision);
    // Norms and biases share their role; the end of the name tells them apart.
    return view.decision().layer >= 0 && view.isFree()
        ? roleTitle(view.decision().role)
        : view.name().section(QLatin1Char('.'), -1);
}

void LayerTreeModel::reload()
{
    beginResetModel();
    m_nodes.assign(1, {});
    m_nodeOf.clear();
    if (m_session.profile()) {
        const auto& decisions = m_session.profile()->decisions;
        m_nodeOf.assign(decisions.size(), -1);
        m_nodes.reserve(decisions.size() + decisions.size() / 4);
        QMap<int, QVector<int>> byLayer;
        for (int d = 0; d < static_cast<int>(decisions.size()); ++d)
            byLayer[decisions[static_cast<std::size_t>(d)].layer].append(d);
        const bool grouped = byLayer.size() > layersWithoutGroups;
        QMap<int, int> tens;
        for (auto layer = byLayer.cbegin(); layer != byLayer.cend(); ++layer) {
            int above = 0;
            if (layer.key() >= 0) {
                const int ten = layer.key() / 10;
                if (grouped && !tens.contains(ten))
                    tens[ten] = add(0,
                        tr("layers %1–%2")
                            .arg(ten * 10)
                            .arg(std::min(ten * 10 + 9, byLayer.lastKey())),
                        -1);
                above = add(grouped ? tens[ten] : 0, tr("layer %1").arg(layer.key()), -1);
            }
            addLayer(above, layer.value());
        }
    }
    endResetModel();
}

void LayerTreeModel::refresh()
{
    if (const int top = rowCount(); top > 0)
        emit dataChanged(index(0, bits), index(top - 1, megabytes));
}

const LayerTreeModel::Node* LayerTreeModel::node(const QModelIndex& index) const
{
    const std::size_t at = index.isValid() ? static_cast<std::size_t>(index.internalId()) : 0;
    return at < m_nodes.size() ? &m_nodes[at] : nullptr;
}

QModelIndex LayerTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const Node* above = node(parent);
    const bool inside = above && row >= 0 && row < static_cast<int>(above->children.size());
    if (!inside || column < 0 || column >= columns || parent.column() > 0)
        return {};
    return createIndex(row, column, quintptr(above->children[static_cast<std::size_t>(row)]));
}

QModelIndex LayerTreeModel::parent(const QModelIndex& index) const
{
    const Node* here = index.isValid() ? node(index) : nullptr;
    if (!here || here->parent <= 0)
        return {};
    const Node& above = m_nodes[static_cast<std::size_t>(here->parent)];
    return createIndex(above.row, 0, quintptr(here->parent));
}

int LayerTreeModel::rowCount(const QModelIndex& parent) const
{
    const Node* above = node(parent);
    return above && parent.column() <= 0 ? static_cast<int>(above->children.size()) : 0;
}

int LayerTreeModel::columnCount(const QModelIndex&) const { return columns; }

void LayerTreeModel::collect(int at, QVector<int>& into) const
{
    const Node& here = m_nodes[static_cast<std::size_t>(at)];
    if (here.decision >= 0)
        into.append(here.decision);
    for (const int child : here.children)
        collect(child, into);
}

QVector<int> LayerTreeModel::decisions(const QModelIndex& index) const
{
    QVector<int> list;
    if (index.isValid())
        collect(static_cast<int>(index.internalId()), list);
    return list;
}

QModelIndex LayerTreeModel::indexOf(int decision) const
{
    if (decision < 0 || decision >= static_cast<int>(m_nodeOf.size()))
        return {};
    const int at = m_nodeOf[static_cast<std::size_t>(decision)];
    return createIndex(m_nodes[static_cast<std::size_t>(at)].row, 0, quintptr(at));
}

QVariant LayerTreeModel::sums(const QModelIndex& index) const
{
    double bytes = 0;
    double elements = 0;
    const QVector<int> all = decisions(index);
    for (const int d : all) {
        const DecisionView view(m_session, d);
        bytes += static_cast<double>(view.bytes());
        elements += static_cast<double>(view.decision().elements);
    }
    if (index.column() == megabytes)
        return QLocale().toString(bytes / 1e6, 'f', 2);
    if (node(index)->decision >= 0)
        return QString::number(DecisionView(m_session, all.front()).bits());
    return elements > 0 ? QLocale().toString(8 * bytes / elements, 'f', 2) : QString();
}

QVariant LayerTreeModel::data(const QModelIndex& index, int dataRole) const
{
    const Node* here = index.isValid() ? node(index) : nullptr;
    if (!here)
        return {};
    if (dataRole == Qt::TextAlignmentRole && index.column() != name)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (dataRole == Qt::DecorationRole && index.column() == bits && here->decision >= 0) {
        const DecisionView view(m_session, here->decision);
        return markIcon(view.pinned(), view.linked(), QApplication::palette());
    }
    if (dataRole == Qt::ToolTipRole && here->decision >= 0)
        return DecisionView(m_session, here->decision).toolTip();
    if (dataRole != Qt::DisplayRole)
        return {};
    return index.column() == name ? QVariant(titleOf(*here)) : sums(index);
}

QVariant LayerTreeModel::headerData(int section, Qt::Orientation orientation, int dataRole) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (dataRole == Qt::TextAlignmentRole && section != name)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (dataRole != Qt::DisplayRole)
        return {};
    return section == name ? tr("Tensor") : section == bits ? tr("Bits") : tr("MB");
}

} // namespace bitloupe::ui
