// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_builder.h"

#include "measure/metrics.h"
#include "ui/decision_text.h"
#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>

#include <algorithm>
#include <cmath>
#include <map>

namespace bitloupe::ui {
namespace {

constexpr int mostColumns = 24;

QString tr(const char* text) { return QCoreApplication::translate("Heatmap", text); }

// Where each decision goes: its row by layer, its column by role and how many came before.
struct Grid {
    std::vector<std::pair<TensorRole, int>> columns; // role, repetition
    QVector<int> layers; // -1 first
    std::map<int, std::pair<int, int>> places; // decision -> row, column
};

Grid placeDecisions(const Session& session)
{
    std::map<int, std::map<std::pair<TensorRole, int>, int>> byLayer;
    std::map<std::pair<TensorRole, int>, int> used;
    const int count = static_cast<int>(session.profile()->decisions.size());
    for (int d = 0; d < count; ++d) {
        const DecisionView view(session, d);
        if (!view.isFree())
            continue;
        auto& row = byLayer[view.decision().layer];
        std::pair<TensorRole, int> key(view.decision().role, 0);
        while (row.contains(key))
            ++key.second;
        row[key] = d;
        ++used[key];
    }
    Grid grid;
    for (const auto& [key, times] : used)
        if (static_cast<int>(grid.columns.size()) < mostColumns)
            grid.columns.push_back(key);
    for (const auto& [layer, row] : byLayer) {
        const int at = static_cast<int>(grid.layers.size());
        grid.layers.append(layer);
        for (const auto& [key, decision] : row) {
            const auto column = std::find(grid.columns.begin(), grid.columns.end(), key);
            if (column != grid.columns.end())
                grid.places[decision] = {at, static_cast<int>(column - grid.columns.begin())};
        }
    }
    return grid;
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

void addFooter(HeatmapData& data, const Session& session, const Grid& grid)
{
    std::vector<double> bytes(grid.columns.size()), elements(grid.columns.size());
    for (const auto& [decision, place] : grid.places) {
        const DecisionView view(session, decision);
        bytes[static_cast<std::size_t>(place.second)] += static_cast<double>(view.bytes());
        elements[static_cast<std::size_t>(place.second)]
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

void addBars(HeatmapData& data, const Session& session, const Grid& grid)
{
    const Planned* planned = session.planned().get();
    const bool uniform = planned && !planned->uniformDamage.empty();
    for (const auto& [decision, place] : grid.places) {
        const DecisionView view(session, decision);
        HeatmapRow& row = data.rows[place.first];
        if (view.known() && std::isfinite(view.damage()))
            row.damage = (std::isnan(row.damage) ? 0 : row.damage) + view.damage();
        if (uniform && view.known())
            row.uniformDamage = (std::isnan(row.uniformDamage) ? 0 : row.uniformDamage)
                + planned->uniformDamage[static_cast<std::size_t>(decision)];
    }
    data.barTitle = tr("Damage by layer");
    if (uniform)
        data.uniformTitle = planned->uniform && planned->uniform->bits > 0
            ? tr("uniform %1 bits").arg(planned->uniform->bits)
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
        choices.append({ColourChoice::metric, i, toQt(metrics()[i].title), false});
    return choices;
}

HeatmapData buildHeatmap(const Session& session, const ColourChoice& colour)
{
    HeatmapData data;
    if (!session.profile())
        return data;
    const Grid grid = placeDecisions(session);
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
    data.cells.resize(data.rows.size() * data.columns.size());
    for (const auto& [decision, place] : grid.places) {
        const DecisionView view(session, decision);
        HeatmapCell& cell = data.cells[place.first * data.columns.size() + place.second];
        cell.decision = decision;
        cell.value = valueOf(view, colour);
        cell.bits = view.bits();
        cell.provisional = !view.known();
        cell.pinned = view.pinned();
        cell.linked = view.tied();
        cell.bad = view.bad();
    }
    addFooter(data, session, grid);
    addBars(data, session, grid);
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
