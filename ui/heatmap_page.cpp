// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/heatmap_page.h"

#include "ui/decision_text.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/legend.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace bitloupe::ui {

HeatmapPage::HeatmapPage(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_choices(colourChoices())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 4);
    column->setSpacing(4);
    m_view = new HeatmapView(this);
    m_view->setAccessibleName(tr("Heatmap of layers and roles; the table holds the same"));
    column->addLayout(buildTools());
    column->addWidget(m_view, 1);
    connect(m_view, &HeatmapView::tipRequested, this, [this](int decision, QString* text) {
        if (m_session.profile())
            *text = DecisionView(m_session, decision).toolTip();
    });
    applyStyle();
}

QLayout* HeatmapPage::buildTools()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_colour = new QComboBox(this);
    for (const ColourChoice& choice : m_choices)
        m_colour->addItem(choice.title);
    m_colour->setAccessibleName(tr("Colour by"));
    m_map = new QComboBox(this);
    m_map->addItems({tr("viridis"), tr("cividis")});
    m_map->setAccessibleName(tr("Colour map"));
    m_log = new QCheckBox(tr("Log scale"), this);
    m_log->setChecked(m_choices.first().logScale);
    m_print = new QCheckBox(tr("Print bits"), this);
    m_print->setChecked(true);
    auto* label = new QLabel(tr("&Colour by"), this);
    label->setBuddy(m_colour);
    m_bitsLegend = new BitsLegend(this);
    m_colorLegend = new ColorLegend(this);
    for (QWidget* one : {static_cast<QWidget*>(label), static_cast<QWidget*>(m_colour),
             static_cast<QWidget*>(m_map), static_cast<QWidget*>(m_log),
             static_cast<QWidget*>(m_print)})
        row->addWidget(one);
    row->addStretch(1);
    row->addWidget(m_bitsLegend);
    row->addWidget(m_colorLegend);
    connect(m_colour, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_log->setChecked(m_choices[index].logScale);
        applyStyle();
        refresh();
    });
    connect(m_map, &QComboBox::currentIndexChanged, this, &HeatmapPage::applyStyle);
    connect(m_log, &QCheckBox::toggled, this, &HeatmapPage::applyStyle);
    connect(m_print, &QCheckBox::toggled, this, &HeatmapPage::applyStyle);
    connect(m_bitsLegend, &BitsLegend::filterChanged, this, &HeatmapPage::filterChanged);
    return row;
}

void HeatmapPage::applyStyle()
{
    const ColourChoice& choice = m_choices[m_colour->currentIndex()];
    const bool byBits = choice.kind == ColourChoice::bits;
    m_log->setEnabled(!byBits);
    m_map->setVisible(!byBits);
    m_bitsLegend->setVisible(byBits);
    m_colorLegend->setVisible(!byBits);
    HeatmapStyle style;
    style.colourByBits = byBits;
    style.logScale = m_log->isChecked();
    style.printBits = m_print->isChecked();
    style.map = m_map->currentIndex() == 0 ? ColorMap::viridis : ColorMap::cividis;
    m_view->setStyle(style);
    showLegend();
}

void HeatmapPage::refresh()
{
    m_view->setData(m_session.profile()
            ? buildHeatmap(m_session, m_choices[m_colour->currentIndex()])
            : HeatmapData {});
    showLegend();
}

void HeatmapPage::showLegend()
{
    const HeatmapStyle& style = m_view->style();
    if (style.colourByBits) {
        m_bitsLegend->setCounts(m_session.profile() ? countBits(m_session) : QMap<int, int> {});
    } else {
        const auto [lowest, highest] = m_view->valueRange();
        m_colorLegend->setScale(style.map, lowest, highest, style.logScale, false);
    }
}

QList<int> HeatmapPage::bitsFilter() const
{
    return m_view->style().colourByBits ? m_bitsLegend->filter() : QList<int> {};
}

void HeatmapPage::colourBy(ColourChoice::Kind kind)
{
    for (int i = 0; i < m_choices.size(); ++i)
        if (m_choices[i].kind == kind) {
            m_colour->setCurrentIndex(i);
            return;
        }
}

} // namespace bitloupe::ui
