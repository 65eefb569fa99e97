// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/metadata_model.h"

#include "model/gguf_metadata.h"
#include "ui/error_text.h"
#include "ui/qt_text.h"

#include <QStringList>

namespace bitloupe::ui {
namespace {

constexpr std::size_t shownInLine = 8; // elements of an array beside its key

QString kindOf(const GgufPair& pair)
{
    const QString element = toQt(ggufValueTypeName(pair.elementType));
    return pair.isArray() ? MetadataModel::tr("%1 x %2").arg(countToQt(pair.count), element)
                          : element;
}

QString summary(const GgufMetadata& metadata, const GgufPair& pair)
{
    const auto shown = metadata.preview(pair, shownInLine);
    if (!shown)
        return errorText(shown.error());
    QStringList texts;
    for (const std::string& text : *shown)
        texts.append(toQt(text));
    QString line = texts.join(QStringLiteral(", "));
    if (pair.isArray() && pair.count > shown->size())
        line += QStringLiteral(", ...");
    return line;
}

} // namespace

MetadataModel::MetadataModel(std::shared_ptr<const Model> model, QObject* parent)
    : QAbstractItemModel(parent)
    , m_model(std::move(model))
    , m_nodes(1)
{
    for (std::size_t i = 0; i < m_model->metadata->pairs().size(); ++i)
        addPair(static_cast<int>(i));
}

int MetadataModel::add(int parent, const QString& title)
{
    const int id = static_cast<int>(m_nodes.size());
    Node node;
    node.title = title;
    node.parent = parent;
    node.row = static_cast<int>(m_nodes[static_cast<std::size_t>(parent)].children.size());
    m_nodes.push_back(std::move(node));
    m_nodes[static_cast<std::size_t>(parent)].children.push_back(id);
    return id;
}

/// The branch of all keys that begin with `path` and a dot. Keys of hostile files may have any
/// number of dots; only the first part branches.
int MetadataModel::branchOf(const QString& path)
{
    const auto known = m_branches.constFind(path);
    if (known != m_branches.constEnd())
        return *known;
    const int id = add(0, path);
    m_branches.insert(path, id);
    return id;
}

void MetadataModel::addPair(int pair)
{
    const GgufPair& from = m_model->metadata->pairs()[static_cast<std::size_t>(pair)];
    const std::size_t dot = from.key.find('.');
    const bool branched = dot != std::string::npos && dot > 0 && dot + 1 < from.key.size();
    const int parent = branched ? branchOf(nameToQt(std::string_view(from.key).substr(0, dot))) : 0;
    const int id
        = add(parent, nameToQt(branched ? std::string_view(from.key).substr(dot + 1) : from.key));
    Node& node = m_nodes[static_cast<std::size_t>(id)];
    node.pair = pair;
    node.text = summary(*m_model->metadata, from);
    node.kind = kindOf(from);
}

int MetadataModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<int>(index.internalId()) : 0;
}

QModelIndex MetadataModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Node& node = m_nodes[static_cast<std::size_t>(nodeAt(parent))];
    return createIndex(
        row, column, static_cast<quintptr>(node.children[static_cast<std::size_t>(row)]));
}

QModelIndex MetadataModel::parent(const QModelIndex& index) const
{
    const int up = m_nodes[static_cast<std::size_t>(nodeAt(index))].parent;
    if (up <= 0)
        return {};
    return createIndex(m_nodes[static_cast<std::size_t>(up)].row, 0, static_cast<quintptr>(up));
}

int MetadataModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return 0;
    return static_cast<int>(m_nodes[static_cast<std::size_t>(nodeAt(parent))].children.size());
}

int MetadataModel::columnCount(const QModelIndex&) const { return columns; }

bool MetadataModel::hasChildren(const QModelIndex& parent) const
{
    return rowCount(parent) > 0 || canFetchMore(parent);
}

bool MetadataModel::canFetchMore(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return false;
    const Node& node = m_nodes[static_cast<std::size_t>(nodeAt(parent))];
    if (node.pair < 0 || node.fetched)
        return false;
    const GgufPair& pair = m_model->metadata->pairs()[static_cast<std::size_t>(node.pair)];
    return pair.isArray() && pair.count > 0;
}

void MetadataModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    const auto id = static_cast<std::size_t>(nodeAt(parent));
    m_nodes[id].fetched = true;
    const GgufPair& pair = m_model->metadata->pairs()[static_cast<std::size_t>(m_nodes[id].pair)];
    const auto shown = m_model->metadata->preview(pair, mostElements);
    const std::size_t count = shown ? shown->size() : 0;
    const bool more = pair.count > count;
    if (count + more == 0)
        return;
    beginInsertRows(parent, 0, static_cast<int>(count + more) - 1);
    for (std::size_t i = 0; i < count; ++i) {
        const int child = add(static_cast<int>(id), QString::number(i));
        m_nodes[static_cast<std::size_t>(child)].text = toQt((*shown)[i]);
    }
    if (more)
        add(static_cast<int>(id),
            shown ? tr("%1 more").arg(countToQt(pair.count - count))
                  : errorText(shown.error()));
    endInsertRows();
}

QVariant MetadataModel::data(const QModelIndex& index, int dataRole) const
{
    if (!index.isValid())
        return {};
    const Node& node = m_nodes[static_cast<std::size_t>(nodeAt(index))];
    if (dataRole == SearchRole) {
        const Node& up = m_nodes[static_cast<std::size_t>(std::max(node.parent, 0))];
        return QString(up.title + QLatin1Char('.') + node.title + QLatin1Char('\n') + node.text
            + QLatin1Char('\n') + node.kind);
    }
    if (dataRole != Qt::DisplayRole && dataRole != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case key: return node.title;
    case value: return node.text;
    default: return node.kind;
    }
}

QVariant MetadataModel::headerData(int section, Qt::Orientation orientation, int dataRole) const
{
    if (orientation != Qt::Horizontal || dataRole != Qt::DisplayRole)
        return {};
    switch (section) {
    case key: return tr("Key");
    case value: return tr("Value");
    default: return tr("Type");
    }
}

} // namespace bitloupe::ui
