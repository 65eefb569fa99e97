// SPDX-License-Identifier: GPL-3.0-or-later
// The heatmap with what steers it: colour choice, log scale, printed bits, legend.
#pragma once

#include "ui/heatmap_colours.h"
#include "ui/views/heatmap_caption.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace bitloupe::ui {

class BitsLegend;
class ColorLegend;
class HatchLegend;
class HeatmapView;

class HeatmapPage : public QWidget {
    Q_OBJECT
public:
    explicit HeatmapPage(const Session& session, QWidget* parent = nullptr);
    HeatmapView& view() { return *m_view; }
    /// New numbers, or another model.
    void refresh();
    /// Widths switched on in the legend; empty: no filter.
    QList<int> bitsFilter() const;
    void colourBy(ColourChoice::Kind kind);
    /// Plans that bits can be shown beside, instead of those before.
    void offerPlans(const std::vector<PlanBeside>& plans);
    /// Of the metric shown; kept for each of them.
    void setColourRange(const ColourRange& range);
    ColorLegend& legend() { return *m_colorLegend; }
    ScaleEditor& scaleEditor() { return *m_scaleEditor; }

signals:
    void filterChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QLayout* buildTools();
    void fillColours();
    void chooseColour(int index);
    void fitTools();
    bool byDifference() const;
    std::pair<double, double> colourEnds() const;
    void applyStyle();
    void place();
    void findOther();
    void editScale();
    void showLegend();
    HeatmapCaption caption() const;
    void showHatching();
    QString tipOf(const HeatmapCell& cell) const;

    const Session& m_session;
    HeatmapColours m_colours;
    std::pair<int, std::shared_ptr<const TargetProfile>> m_finding; // entry, and its options for it
    QMap<int, int> m_counts; // decisions by bits, where these are the colours
    HeatmapGrid m_grid;
    std::shared_ptr<const TargetProfile> m_gridOf; // whose decisions the grid places
    std::shared_ptr<const TargetProfile> m_placing; // whose grid is there, or being made
    int m_opened = -1; // decision whose experts show as a strip
    HeatmapView* m_view;
    QLayout* m_tools = nullptr; // until all of the page is there
    QLabel* m_colourLabel;
    QComboBox *m_colour, *m_map;
    QCheckBox *m_log, *m_print;
    BitsLegend* m_bitsLegend;
    ColorLegend* m_colorLegend;
    HatchLegend* m_hatchLegend;
    ScaleEditor* m_scaleEditor;
    JobRunner m_placer, m_finder; // last: end before what they report to
};

} // namespace bitloupe::ui
