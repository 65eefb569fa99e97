// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_page.h"

#include "ui/decision_text.h"
#include "ui/elided_combo_box.h"
#include "ui/expert_values.h"
#include "ui/qt_text.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/legend.h"
#include "ui/views/plot_theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bitloupe::ui {
namespace {

constexpr std::size_t mostPlacedAtOnce = 4000; // a millisecond or two

} // namespace

HeatmapPage::HeatmapPage(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 4);
    column->setSpacing(4);
    m_view = new HeatmapView(this);
    m_view->setAccessibleName(tr("Heatmap of layers and roles; the table holds the same"));
    m_tools = buildTools();
    column->addLayout(m_tools);
    column->addWidget(m_view, 1);
    connect(m_view, &HeatmapView::tipRequested, this,
        [this](const HeatmapCell& cell, QString* text) { *text = tipOf(cell); });
    connect(m_view, &HeatmapView::openRequested, this, [this](int decision) {
        m_opened = decision == m_opened ? -1 : decision;
        refresh();
    });
    connect(&session, &Session::modelChanged, this, [this] { m_opened = -1; });
    connect(&session, &Session::scoresChanged, this, [this](const QVector<int>& tensors) {
        if (tensors.isEmpty() || m_gridOf != m_session.profile())
            m_grid.troubles.clear();
        else if (!m_grid.troubles.empty())
            refreshTroubles(m_grid, m_session, tensors);
    });
    applyStyle();
}

QLayout* HeatmapPage::buildTools()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_colour = new ElidedComboBox(this);
    fillColours();
    // Narrow windows cut the choice rather than push the docks out.
    m_colour->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_colour->setMinimumWidth(120);
    m_colour->setAccessibleName(tr("Colour by"));
    m_map = new QComboBox(this);
    m_map->addItems({tr("viridis"), tr("cividis")});
    m_map->setAccessibleName(tr("Colour map"));
    m_log = new QCheckBox(tr("Log scale"), this);
    m_log->setChecked(m_colours.current().range.logScale);
    m_print = new QCheckBox(tr("Print bits"), this);
    m_print->setChecked(true);
    m_colourLabel = new QLabel(tr("&Colour by"), this);
    m_colourLabel->setBuddy(m_colour);
    m_bitsLegend = new BitsLegend(this);
    m_colorLegend = new ColorLegend(this);
    m_hatchLegend = new HatchLegend(this);
    for (QWidget* one : {static_cast<QWidget*>(m_colourLabel), static_cast<QWidget*>(m_colour),
             static_cast<QWidget*>(m_map), static_cast<QWidget*>(m_log),
             static_cast<QWidget*>(m_print)})
        row->addWidget(one);
    row->addStretch(1);
    row->addWidget(m_bitsLegend);
    row->addWidget(m_colorLegend);
    row->addWidget(m_hatchLegend);
    connect(m_colour, &QComboBox::currentIndexChanged, this, &HeatmapPage::chooseColour);
    connect(m_map, &QComboBox::currentIndexChanged, this, &HeatmapPage::applyStyle);
    connect(m_log, &QCheckBox::toggled, this, [this](bool on) {
        m_colours.current().range.logScale = on;
        applyStyle();
    });
    m_scaleEditor = new ScaleEditor(this);
    connect(m_colorLegend, &ColorLegend::editRequested, this, &HeatmapPage::editScale);
    connect(m_scaleEditor, &ScaleEditor::changed, this, &HeatmapPage::setColourRange);
    connect(m_scaleEditor, &ScaleEditor::resetRequested, this, [this] {
        setColourRange({std::nan(""), std::nan(""), m_colours.current().choice.logScale});
        m_scaleEditor->setRange(m_colours.current().range, m_view->dataRange());
    });
    connect(m_print, &QCheckBox::toggled, this, &HeatmapPage::applyStyle);
    connect(m_bitsLegend, &BitsLegend::filterChanged, this, &HeatmapPage::filterChanged);
    return row;
}

void HeatmapPage::fillColours()
{
    const QSignalBlocker quiet(m_colour);
    m_colour->clear();
    for (const HeatmapColours::Entry& entry : m_colours.entries())
        m_colour->addItem(entry.choice.title);
    m_colour->setCurrentIndex(m_colours.currentIndex());
}

void HeatmapPage::chooseColour(int index)
{
    m_colours.setCurrent(index);
    const QSignalBlocker quiet(m_log);
    m_log->setChecked(m_colours.current().range.logScale);
    applyStyle();
    refresh();
}

void HeatmapPage::offerPlans(const std::vector<PlanBeside>& plans)
{
    const bool differed = m_colours.current().choice.kind == ColourChoice::bitsOverPlan;
    m_finder.forget();
    m_colours.offer(plans);
    fillColours();
    if (differed)
        chooseColour(m_colours.currentIndex());
}

bool HeatmapPage::byDifference() const
{
    const ColourChoice::Kind kind = m_colours.current().choice.kind;
    return kind == ColourChoice::bitsOverUniform || kind == ColourChoice::bitsOverPlan;
}

// Those asked for; a difference has its middle at zero, so that its sign is a colour.
std::pair<double, double> HeatmapPage::colourEnds() const
{
    const ColourRange& asked = m_colours.current().range;
    if (!byDifference() || std::isfinite(asked.lowest) || std::isfinite(asked.highest))
        return {asked.lowest, asked.highest};
    const auto [least, most] = m_view->dataRange();
    if (std::isnan(least))
        return {least, most};
    const double largest = std::max(std::abs(least), std::abs(most));
    return {-(largest > 0 ? largest : 1), largest > 0 ? largest : 1};
}

void HeatmapPage::applyStyle()
{
    const bool byBits = m_colours.current().choice.kind == ColourChoice::bits;
    m_log->setVisible(!byBits && !byDifference());
    m_map->setVisible(!byBits && !byDifference());
    m_bitsLegend->setVisible(byBits);
    m_colorLegend->setVisible(!byBits);
    HeatmapStyle style;
    style.colourByBits = byBits;
    style.logScale = m_log->isChecked() && !byDifference();
    style.printBits = m_print->isChecked();
    style.map = m_map->currentIndex() == 0 ? ColorMap::viridis : ColorMap::cividis;
    if (byDifference())
        style.map = ColorMap::difference;
    std::tie(style.lowest, style.highest) = colourEnds();
    m_view->setStyle(style);
    showLegend();
    fitTools();
}

// In narrow windows the choice needs no title beside it: the first to make room.
void HeatmapPage::fitTools()
{
    const QMargins margins = layout()->contentsMargins();
    const int room = width() - margins.left() - margins.right();
    const int label = m_colourLabel->sizeHint().width() + m_tools->spacing();
    const int spare // of the legend, which gives way as well
        = m_colorLegend->isHidden()
        ? 0
        : m_colorLegend->sizeHint().width() - m_colorLegend->minimumSizeHint().width();
    const int rest
        = m_tools->sizeHint().width() - spare - (m_colourLabel->isHidden() ? 0 : label);
    m_colourLabel->setVisible(rest + label <= room);
}

void HeatmapPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitTools();
}

void HeatmapPage::setColourRange(const ColourRange& range)
{
    m_colours.current().range = range;
    const QSignalBlocker quiet(m_log);
    m_log->setChecked(range.logScale);
    applyStyle();
}

void HeatmapPage::editScale()
{
    m_scaleEditor->setRange(m_colours.current().range, m_view->dataRange());
    m_scaleEditor->adjustSize();
    const QPoint below = m_colorLegend->mapToGlobal(
        QPoint(m_colorLegend->width() - m_scaleEditor->width(), m_colorLegend->height()));
    m_scaleEditor->move(below);
    m_scaleEditor->show();
    m_scaleEditor->lowestField()->setFocus();
}

void HeatmapPage::refresh()
{
    if (m_session.profile() != m_gridOf)
        place();
    if (m_session.profile() != m_gridOf) {
        m_view->setData({});
        showLegend();
        return;
    }
    // The scores lie far apart in memory; they stay while a slider moves.
    if (m_gridOf && m_grid.troubles.empty())
        m_grid.troubles = troublesOf(m_session);
    if (m_gridOf)
        findOther();
    m_view->setData(m_gridOf
            ? buildHeatmap(m_session, m_grid, m_colours.current().choice, m_opened)
            : HeatmapData {});
    if (byDifference())
        applyStyle(); // its ends follow the values
    else
        showLegend();
}

// In the background where there are many: of tens of thousands it takes as long as a person feels.
void HeatmapPage::place()
{
    if (m_placing == m_session.profile())
        return;
    m_placing = m_session.profile();
    if (!m_placing) {
        m_placer.forget();
        m_gridOf.reset();
        m_grid = {};
        return;
    }
    if (m_placing->decisions.size() <= mostPlacedAtOnce) {
        m_placer.forget();
        m_grid = placeDecisions(*m_session.model(), *m_placing);
        m_gridOf = m_placing;
        return;
    }
    m_placer.start(
        [model = m_session.model(), profile = m_placing](const Job&) -> Result<HeatmapGrid> {
            return placeDecisions(*model, *profile);
        },
        [this](Result<HeatmapGrid> grid) {
            if (!grid || m_placing != m_session.profile())
                return;
            m_grid = *std::move(grid);
            m_gridOf = m_placing;
            refresh();
        });
}

// The options of the plan that is beside this one: its decisions are looked up by their names.
void HeatmapPage::findOther()
{
    HeatmapColours::Entry& entry = m_colours.current();
    if (entry.choice.kind != ColourChoice::bitsOverPlan || entry.otherOf == m_gridOf)
        return;
    entry.choice.other.reset();
    const auto find = [choice = entry.plan.choice, profile = m_gridOf] {
        return std::make_shared<const std::vector<std::uint16_t>>(choice(*profile));
    };
    if (m_gridOf->decisions.size() <= mostPlacedAtOnce) {
        entry.choice.other = find();
        entry.otherOf = m_gridOf;
        return;
    }
    const std::pair wanted(m_colours.currentIndex(), m_gridOf);
    if (m_finder.running() && m_finding == wanted)
        return;
    m_finding = wanted;
    using Options = std::shared_ptr<const std::vector<std::uint16_t>>;
    m_finder.start([find](const Job&) -> Result<Options> { return find(); },
        [this](Result<Options> other) {
            if (!other || m_finding != std::pair(m_colours.currentIndex(), m_gridOf))
                return;
            m_colours.current().choice.other = *std::move(other);
            m_colours.current().otherOf = m_gridOf;
            refresh();
        });
}

QString HeatmapPage::tipOf(const HeatmapCell& cell) const
{
    if (!m_session.profile())
        return {};
    const DecisionView view(m_session, cell.decision);
    if (cell.expert >= 0 && expertCount(view.decision()) > 0)
        return expertToolTip(m_session, view, cell.expert);
    const QString opening
        = cell.experts > 0 ? QStringLiteral("<br>") + tr("Enter opens the experts.") : QString();
    if (cell.members.isEmpty())
        return view.toolTip() + opening;
    return QStringLiteral("<b>%1</b><br>").arg(
               tr("Layer %1, %2").arg(view.layerText(), roleTitle(view.decision().role)))
        + tr("%n expert(s), %1 to %2 bits", nullptr, cell.experts)
              .arg(cell.lowestBits)
              .arg(cell.highestBits)
        + opening;
}

void HeatmapPage::showLegend()
{
    const HeatmapStyle& style = m_view->style();
    if (style.colourByBits) {
        m_counts = m_session.profile() ? countBits(m_session) : QMap<int, int> {};
        m_bitsLegend->setCounts(m_counts);
    } else {
        const auto [lowest, highest] = m_view->valueRange();
        const auto [least, most] = m_view->dataRange();
        m_colorLegend->setScale(style.map,
            {lowest, highest, style.logScale, least < lowest, most > highest});
    }
    showHatching();
    m_view->setCaption(caption());
}

HeatmapCaption HeatmapPage::caption() const
{
    HeatmapCaption caption;
    if (!m_session.model() || !m_session.profile())
        return caption;
    const QString name = nameToQt(m_session.model()->name, 80);
    const auto& planned = m_session.planned();
    const QString& shown = m_colours.current().choice.title;
    caption.title = planned && planned->plan
        ? tr("%1 at %2 bits per weight: %3")
              .arg(name, QLocale().toString(planned->plan->bitsPerWeight, 'f', 2), shown)
        : tr("%1: %2").arg(name, shown);
    if (m_view->style().colourByBits)
        caption.bits = m_counts;
    caption.scale = m_colorLegend->scale();
    return caption;
}

void HeatmapPage::showHatching()
{
    bool unknown = false, notFinite = false, failed = false;
    for (const HeatmapCell& cell : m_view->data().cells) {
        notFinite |= cell.trouble == HeatmapCell::Trouble::notFinite;
        failed |= cell.trouble == HeatmapCell::Trouble::failed;
        unknown |= cell.decision >= 0 && cell.trouble == HeatmapCell::Trouble::none
            && !m_view->style().colourByBits && !std::isfinite(cell.value);
    }
    m_hatchLegend->setShown(unknown, notFinite, failed);
}

QList<int> HeatmapPage::bitsFilter() const
{
    return m_view->style().colourByBits ? m_bitsLegend->filter() : QList<int> {};
}

void HeatmapPage::colourBy(ColourChoice::Kind kind)
{
    if (const int index = m_colours.find(kind); index >= 0)
        m_colour->setCurrentIndex(index);
}

} // namespace bitloupe::ui
