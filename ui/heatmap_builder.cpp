// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_builder.h"

#include "measure/metrics.h"
#include "ui/core_words.h"
#include "ui/decision_text.h"
#include "ui/expert_values.h"
#include "ui/qt_text.h"
#include "ui/rivals_table.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace bitloupe::ui {
namespace {

constexpr int mostColumns = 24;

QString tr(const char* text) { return QCoreApplication::translate("bitloupe::ui", text); }

struct Placed {
    int layer = -1;
    TensorRole role = TensorRole::other;
    int decision = -1, repetition = 0;
};

// Decisions with a choice, by layer and role; of a role in a layer in the order of the model.
std::vector<Placed> sortedByPlace(const TargetProfile& profile)
{
    std::vector<Placed> placed;
    placed.reserve(profile.decisions.size());
    for (std::size_t d = 0; d < profile.decisions.size(); ++d)
        if (const Decision& one = profile.decisions[d]; one.options.size() > 1)
            placed.push_back({one.layer, one.role, static_cast<int>(d)});
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::tie(a.layer, a.role, a.decision) < std::tie(b.layer, b.role, b.decision);
    });
    for (std::size_t i = 1; i < placed.size(); ++i)
        if (placed[i].layer == placed[i - 1].layer && placed[i].role == placed[i - 1].role
            && !isExpertRole(placed[i].role))
            placed[i].repetition = placed[i - 1].repetition + 1;
    return placed;
}

double valueOf(const DecisionView& view, const ColourChoice& colour)
{
    if (!view.known())
        return unknownValue;
    switch (colour.kind) {
    case ColourChoice::bits: return view.bits();
    case ColourChoice::damage: return view.damage();
    case ColourChoice::nrmse: return view.nrmse();
    case ColourChoice::inputError: return view.inputError();
    case ColourChoice::outputDamage: return view.outputDamage();
    case ColourChoice::tier: return view.tier();
    case ColourChoice::metric: return view.metric(colour.metricIndex);
    }
    return unknownValue;
}

HeatmapCell cellOf(const Session& session, int decision, const ColourChoice& colour)
{
    const DecisionView view(session, decision);
    HeatmapCell cell;
    cell.decision = decision;
    cell.value = valueOf(view, colour);
    cell.bits = cell.lowestBits = cell.highestBits = view.bits();
    if (view.codec().family == CodecFamily::block)
        cell.type = toQt(dtypeInfo(view.codec().storedType).name);
    cell.experts = expertCount(view.decision());
    cell.provisional = !view.known();
    cell.pinned = view.pinned();
    cell.linked = view.tied();
    cell.trouble = view.trouble();
    return cell;
}

// Of an even count the lower one, so that it is a value that there is.
template <typename Value>
Value median(QVector<Value> values)
{
    const auto middle = values.begin() + (values.size() - 1) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// One cell for many: the range of bits, the median's colour, the gravest of their states.
HeatmapCell joined(const QVector<HeatmapCell>& cells)
{
    HeatmapCell all = cells.first();
    QVector<int> bits;
    QVector<double> values;
    all.pinned = true;
    for (const HeatmapCell& one : cells) {
        all.members.append(one.decision);
        bits.append(one.bits);
        if (std::isfinite(one.value))
            values.append(one.value);
        all.lowestBits = std::min(all.lowestBits, one.lowestBits);
        all.highestBits = std::max(all.highestBits, one.highestBits);
        if (one.type != all.type)
            all.type.clear();
        all.provisional |= one.provisional;
        all.pinned &= one.pinned;
        all.trouble = std::max(all.trouble, one.trouble);
    }
    all.bits = median(bits);
    all.value = values.isEmpty() ? unknownValue : median(values);
    all.experts = static_cast<int>(cells.size());
    all.linked = false;
    return all;
}

// The strip's cells: decisions of their own, or parts of the one they share.
QVector<HeatmapCell> expertCells(
    const Session& session, const HeatmapCell& cell, const ColourChoice& colour)
{
    QVector<HeatmapCell> experts;
    for (const int member : cell.members)
        experts.append(cellOf(session, member, colour));
    if (experts.isEmpty()) {
        const DecisionView view(session, cell.decision);
        const QVector<double> values = expertValues(session, view, colour);
        for (const double value : values) {
            HeatmapCell one = cell;
            one.value = value;
            one.linked = true;
            const TensorScore* score
                = expertScore(session, view.decision(), static_cast<int>(experts.size()));
            one.trouble = score ? troubleOf(*score) : HeatmapCell::Trouble::none;
            experts.append(one);
        }
    }
    for (int i = 0; i < experts.size(); ++i) {
        experts[i].experts = 0;
        experts[i].expert = i;
    }
    return experts;
}

void addFooter(HeatmapData& data, const Session& session, const HeatmapGrid& grid)
{
    std::vector<double> bytes(grid.columns.size()), elements(grid.columns.size());
    for (const auto& [decision, row, column] : grid.places) {
        const DecisionView view(session, decision);
        bytes[static_cast<std::size_t>(column)] += static_cast<double>(view.bytes());
        elements[static_cast<std::size_t>(column)]
            += static_cast<double>(view.decision().elements);
    }
    double whole = 0;
    for (int d = 0; d < static_cast<int>(session.profile()->decisions.size()); ++d)
        whole += static_cast<double>(DecisionView(session, d).bytes());
    const QLocale locale;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        HeatmapColumn& column = data.columns[static_cast<qsizetype>(c)];
        if (elements[c] > 0)
            column.bitsPerWeight = locale.toString(8 * bytes[c] / elements[c], 'f', 2);
        if (whole > 0)
            column.share = tr("%1 %").arg(locale.toString(100 * bytes[c] / whole, 'f', 0));
    }
}

void addBars(HeatmapData& data, const Session& session, const HeatmapGrid& grid)
{
    const Planned* planned = session.planned().get();
    const bool uniform = planned && !planned->uniformDamage.empty();
    for (const auto& [decision, row, column] : grid.places) {
        const DecisionView view(session, decision);
        HeatmapRow& bar = data.rows[row];
        if (view.known() && std::isfinite(view.damage()))
            bar.damage = (std::isnan(bar.damage) ? 0 : bar.damage) + view.damage();
        if (uniform && view.known())
            bar.uniformDamage = (std::isnan(bar.uniformDamage) ? 0 : bar.uniformDamage)
                + planned->uniformDamage[static_cast<std::size_t>(decision)];
    }
    data.barTitle = tr("Damage by layer");
    if (uniform)
        data.uniformTitle = planned->uniform
            ? uniformTitle(*planned->uniform)
            : tr("uniform");
}

} // namespace

QVector<ColourChoice> colourChoices()
{
    QVector<ColourChoice> choices = {{ColourChoice::damage, 0, tr("Predicted damage"), true},
        {ColourChoice::bits, 0, tr("Bits of the plan"), false},
        {ColourChoice::nrmse, 0, tr("Error (NRMSE)"), true},
        {ColourChoice::inputError, 0, tr("Error by inputs, r (tier 2)"), true},
        {ColourChoice::outputDamage, 0, tr("Damage at the output, D (tier 3)"), true},
        {ColourChoice::tier, 0, tr("Tier of the evidence"), false}};
    for (std::size_t i = 0; i < metrics().size(); ++i)
        choices.append({ColourChoice::metric, i, translated(metrics()[i].title), false});
    return choices;
}

HeatmapGrid placeDecisions(const TargetProfile& profile)
{
    std::vector<Placed> placed = sortedByPlace(profile);
    HeatmapGrid grid;
    std::set<std::pair<TensorRole, int>> used;
    for (const Placed& one : placed)
        used.insert({one.role, one.repetition});
    for (const auto& key : used)
        if (static_cast<int>(grid.columns.size()) < mostColumns)
            grid.columns.push_back(key);
    for (const Placed& one : placed) {
        if (grid.layers.isEmpty() || grid.layers.last() != one.layer)
            grid.layers.append(one.layer);
        const auto column = std::find(
            grid.columns.begin(), grid.columns.end(), std::pair(one.role, one.repetition));
        if (column != grid.columns.end())
            grid.places.push_back({one.decision, static_cast<int>(grid.layers.size()) - 1,
                static_cast<int>(column - grid.columns.begin())});
    }
    std::sort(grid.places.begin(), grid.places.end(),
        [](const auto& a, const auto& b) { return a.decision < b.decision; });
    return grid;
}

HeatmapData buildHeatmap(const Session& session, const ColourChoice& colour, int opened)
{
    return session.profile()
        ? buildHeatmap(session, placeDecisions(*session.profile()), colour, opened)
        : HeatmapData {};
}

HeatmapData buildHeatmap(const Session& session, const HeatmapGrid& grid,
    const ColourChoice& colour, int opened)
{
    HeatmapData data;
    data.rows.reserve(grid.layers.size());
    for (const auto& [role, repetition] : grid.columns) {
        HeatmapColumn column;
        column.title = roleTitle(role);
        if (repetition > 0)
            column.title += QLatin1Char(' ') + QString::number(repetition + 1);
        data.columns.append(column);
    }
    for (const int layer : grid.layers) {
        HeatmapRow row;
        row.title = layer < 0 ? tr("model") : QString::number(layer);
        data.rows.append(row);
    }
    data.cells.resize(data.gridCells());
    std::map<qsizetype, QVector<HeatmapCell>> shared;
    for (const auto& [decision, row, column] : grid.places) {
        const qsizetype at = row * data.columns.size() + column;
        if (data.cells[at].decision < 0)
            data.cells[at] = cellOf(session, decision, colour);
        else
            shared[at].append(cellOf(session, decision, colour));
    }
    for (const auto& [at, others] : shared)
        data.cells[at] = joined(QVector<HeatmapCell> {data.cells[at]} + others);
    addFooter(data, session, grid);
    addBars(data, session, grid);
    for (int at = 0; at < data.gridCells(); ++at)
        if (opened >= 0 && data.cells[at].decision == opened && data.cells[at].experts > 0) {
            data.openStrip(at, expertCells(session, data.cells[at], colour));
            break;
        }
    return data;
}

QMap<int, int> countBits(const Session& session)
{
    QMap<int, int> counts;
    if (!session.profile())
        return counts;
    for (int d = 0; d < static_cast<int>(session.profile()->decisions.size()); ++d) {
        const DecisionView view(session, d);
        if (view.isFree())
            ++counts[view.bits()];
    }
    return counts;
}

} // namespace bitloupe::ui
