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
#include <optional>
#include <set>
#include <tuple>
#include <vector>

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
    case ColourChoice::bitsOverUniform:
    case ColourChoice::bitsOverPlan: return bitsBeside(view, colour);
    case ColourChoice::damage: return view.damage();
    case ColourChoice::damagePerMegabyte: return view.damagePerMegabyte();
    case ColourChoice::nrmse: return view.nrmse();
    case ColourChoice::inputError: return view.inputError();
    case ColourChoice::outputDamage: return view.outputDamage();
    case ColourChoice::tier: return view.tier();
    case ColourChoice::metric: return view.metric(colour.metricIndex);
    }
    return unknownValue;
}

HeatmapCell::Trouble troubleAt(const HeatmapGrid& grid, const DecisionView& view, int decision)
{
    return grid.troubles.empty() ? view.trouble()
                                 : grid.troubles[static_cast<std::size_t>(decision)];
}

// Numbers and states of one decision for a cell that says where it is.
void fill(HeatmapCell& cell, const DecisionView& view, const HeatmapGrid& grid,
    const ColourChoice& colour)
{
    cell.value = valueOf(view, colour);
    cell.bits = cell.lowestBits = cell.highestBits = view.bits();
    cell.type.clear();
    if (view.codec().family == CodecFamily::block)
        cell.type = toQt(dtypeInfo(view.codec().storedType).name);
    cell.provisional = !view.known();
    cell.pinned = view.pinned();
    cell.trouble = troubleAt(grid, view, cell.decision);
}

// Of an even count the lower one, so that it is a value that there is.
template <typename Value>
Value median(std::vector<Value>& values)
{
    const auto middle
        = values.begin() + (static_cast<std::ptrdiff_t>(values.size()) - 1) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// One cell for many: the range of bits, the median's colour, the gravest of their states.
void fillShared(HeatmapCell& cell, const Session& session, const HeatmapGrid& grid,
    const ColourChoice& colour)
{
    std::vector<int> bits;
    std::vector<double> values;
    std::optional<DType> type;
    bool oneType = true;
    cell.pinned = true;
    cell.provisional = false;
    cell.trouble = HeatmapCell::Trouble::none;
    for (const int member : qAsConst(cell.members)) {
        const DecisionView view(session, member);
        bits.push_back(view.bits());
        if (const double value = valueOf(view, colour); std::isfinite(value))
            values.push_back(value);
        const Codec& codec = view.codec();
        const DType stored = codec.family == CodecFamily::block ? codec.storedType : DType::F32;
        oneType = oneType && stored == type.value_or(stored);
        type = stored;
        cell.provisional |= !view.known();
        cell.pinned = cell.pinned && view.pinned();
        cell.trouble = std::max(cell.trouble, troubleAt(grid, view, member));
    }
    const auto [lowest, highest] = std::minmax_element(bits.begin(), bits.end());
    cell.lowestBits = *lowest;
    cell.highestBits = *highest;
    if (oneType && *type != DType::F32)
        cell.type = toQt(dtypeInfo(*type).name);
    cell.bits = median(bits);
    cell.value = values.empty() ? unknownValue : median(values);
}

// The strip's cells with their numbers.
QVector<HeatmapCell> expertCells(const Session& session, const HeatmapGrid& grid,
    const HeatmapCell& cell, const ColourChoice& colour)
{
    QVector<HeatmapCell> experts = blankExperts(cell);
    if (!cell.members.isEmpty()) {
        for (HeatmapCell& one : experts)
            fill(one, DecisionView(session, one.decision), grid, colour);
        return experts;
    }
    const DecisionView view(session, cell.decision);
    const QVector<double> values = expertValues(session, view, colour);
    for (qsizetype i = 0; i < std::min(values.size(), experts.size()); ++i) {
        experts[i].value = values[i];
        const TensorScore* score = expertScore(session, view.decision(), static_cast<int>(i));
        experts[i].trouble = score ? troubleOf(*score) : HeatmapCell::Trouble::none;
    }
    return experts;
}

// What footers and bars add up.
struct Sums {
    explicit Sums(const HeatmapGrid& grid)
        : bytes(grid.columns.size())
        , elements(grid.columns.size())
    {
    }
    std::vector<double> bytes, elements; // by column
};

std::uint64_t wholeBytes(const Session& session)
{
    if (session.planned() && session.planned()->plan)
        return session.planned()->plan->dataBytes;
    std::uint64_t whole = 0;
    for (int d = 0; d < static_cast<int>(session.profile()->decisions.size()); ++d)
        whole += DecisionView(session, d).bytes();
    return whole;
}

void addFooter(HeatmapData& data, const Session& session, const Sums& sums)
{
    const auto whole = static_cast<double>(wholeBytes(session));
    const QLocale locale;
    for (std::size_t c = 0; c < sums.bytes.size(); ++c) {
        HeatmapColumn& column = data.columns[static_cast<qsizetype>(c)];
        if (sums.elements[c] > 0) {
            const double bits = 8 * sums.bytes[c] / sums.elements[c];
            column.bitsPerWeight = locale.toString(bits, 'f', bits < 9.995 ? 2 : 1);
        }
        if (whole > 0)
            column.share = tr("%1 %").arg(locale.toString(100 * sums.bytes[c] / whole, 'f', 0));
    }
}

void addBar(HeatmapRow& bar, const DecisionView& view, const double* uniformDamage)
{
    if (!view.known())
        return;
    if (const double damage = view.damage(); std::isfinite(damage))
        bar.damage = (std::isnan(bar.damage) ? 0 : bar.damage) + damage;
    if (uniformDamage != nullptr)
        bar.uniformDamage = (std::isnan(bar.uniformDamage) ? 0 : bar.uniformDamage) + *uniformDamage;
}

HeatmapData blankCells(const HeatmapGrid& grid)
{
    HeatmapData data;
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
    for (const HeatmapGrid::Place& place : grid.places) {
        HeatmapCell& cell = data.cells[place.row * data.columns.size() + place.column];
        if (cell.decision < 0) {
            cell.decision = place.decision;
            cell.experts = place.experts;
            cell.linked = place.tied;
            continue;
        }
        if (cell.members.isEmpty())
            cell.members.append(cell.decision);
        cell.members.append(place.decision);
        cell.experts = static_cast<int>(cell.members.size());
        cell.linked = false;
    }
    return data;
}

} // namespace

QVector<ColourChoice> colourChoices()
{
    QVector<ColourChoice> choices = {{ColourChoice::damage, 0, tr("Predicted damage"), true},
        {ColourChoice::bits, 0, tr("Bits of the plan"), false},
        {ColourChoice::bitsOverUniform, 0, tr("Bits beside the uniform plan"), false},
        {ColourChoice::damagePerMegabyte, 0, tr("Predicted damage per MB"), true},
        {ColourChoice::nrmse, 0, tr("Error (NRMSE)"), true},
        {ColourChoice::inputError, 0, tr("Error by inputs, r (tier 2)"), true},
        {ColourChoice::outputDamage, 0, tr("Damage at the output, D (tier 3)"), true},
        {ColourChoice::tier, 0, tr("Tier of the evidence"), false}};
    for (std::size_t i = 0; i < metrics().size(); ++i)
        choices.append({ColourChoice::metric, i, translated(metrics()[i].title), false});
    return choices;
}

double bitsBeside(const DecisionView& view, const ColourChoice& colour)
{
    if (colour.kind == ColourChoice::bitsOverUniform)
        return view.bitsOverUniform();
    const auto index = static_cast<std::size_t>(view.index());
    return colour.other && index < colour.other->size() ? view.bitsOver((*colour.other)[index])
                                                        : unknownValue;
}

HeatmapGrid placeDecisions(const Model& model, const TargetProfile& profile)
{
    const std::vector<Placed> placed = sortedByPlace(profile);
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
        const Decision& decision = profile.decisions[static_cast<std::size_t>(one.decision)];
        if (column != grid.columns.end())
            grid.places.push_back({one.decision, static_cast<int>(grid.layers.size()) - 1,
                static_cast<int>(column - grid.columns.begin()), expertCount(decision),
                servesHead(model, profile, decision)});
    }
    grid.blank = blankCells(grid);
    for (std::size_t d = 0; d < profile.decisions.size(); ++d)
        for (const TensorId id : profile.decisions[d].sources)
            grid.users.emplace_back(id.value, static_cast<int>(d));
    std::sort(grid.users.begin(), grid.users.end());
    return grid;
}

void refreshTroubles(HeatmapGrid& grid, const Session& session, const QVector<int>& tensors)
{
    for (const int tensor : tensors) {
        const std::pair key(static_cast<std::uint32_t>(tensor), 0);
        for (auto user = std::lower_bound(grid.users.begin(), grid.users.end(), key);
             user != grid.users.end() && user->first == key.first; ++user)
            grid.troubles[static_cast<std::size_t>(user->second)]
                = DecisionView(session, user->second).trouble();
    }
}

std::vector<HeatmapCell::Trouble> troublesOf(const Session& session)
{
    std::vector<HeatmapCell::Trouble> troubles;
    const std::size_t count = session.profile() ? session.profile()->decisions.size() : 0;
    troubles.reserve(count);
    for (std::size_t d = 0; d < count; ++d)
        troubles.push_back(DecisionView(session, static_cast<int>(d)).trouble());
    return troubles;
}

QVector<HeatmapCell> blankExperts(const HeatmapCell& cell)
{
    QVector<HeatmapCell> experts(cell.experts, cell);
    for (int i = 0; i < cell.experts; ++i) {
        HeatmapCell& one = experts[i];
        one.linked = cell.members.isEmpty();
        one.decision = cell.members.value(i, cell.decision);
        one.members.clear();
        one.experts = 0;
        one.expert = i;
    }
    return experts;
}

HeatmapData buildHeatmap(const Session& session, const ColourChoice& colour, int opened)
{
    return session.profile()
        ? buildHeatmap(session, placeDecisions(*session.model(), *session.profile()), colour, opened)
        : HeatmapData {};
}

HeatmapData buildHeatmap(const Session& session, const HeatmapGrid& grid,
    const ColourChoice& colour, int opened)
{
    HeatmapData data = grid.blank;
    const Planned* planned = session.planned().get();
    const bool uniform = planned && !planned->uniformDamage.empty();
    Sums sums(grid);
    // Each decision is looked at once: tens of thousands of them lie far apart in memory.
    for (const HeatmapGrid::Place& place : grid.places) {
        const DecisionView view(session, place.decision);
        const auto d = static_cast<std::size_t>(place.decision);
        const auto column = static_cast<std::size_t>(place.column);
        HeatmapCell& cell = data.cells[place.row * data.columns.size() + place.column];
        if (cell.members.isEmpty())
            fill(cell, view, grid, colour);
        sums.bytes[column] += static_cast<double>(view.bytes());
        sums.elements[column] += static_cast<double>(view.decision().elements);
        addBar(data.rows[place.row], view, uniform ? &planned->uniformDamage[d] : nullptr);
    }
    for (HeatmapCell& cell : data.cells)
        if (!cell.members.isEmpty())
            fillShared(cell, session, grid, colour);
    addFooter(data, session, sums);
    data.barTitle = tr("Damage by layer");
    if (uniform)
        data.uniformTitle = planned->uniform ? uniformTitle(*planned->uniform) : tr("uniform");
    for (int at = 0; at < data.gridCells(); ++at)
        if (opened >= 0 && data.cells[at].decision == opened && data.cells[at].experts > 0) {
            data.openStrip(at, expertCells(session, grid, data.cells[at], colour));
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
