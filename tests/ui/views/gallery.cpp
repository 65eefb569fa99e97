// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every view with made-up data, light and dark, into PNG files of a folder: for eyes, not
// for the test run. Usage: gallery FOLDER
#include "ui/views/heatmap_view.h"
#include "ui/views/legend.h"
#include "ui/views/memory_bar.h"
#include "views/invented_plan.h"

#include <QApplication>
#include <QDir>
#include <QStyle>
#include <QVBoxLayout>

namespace bitloupe::ui {
namespace {

QPalette ground(bool dark)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, const char* light, const char* night) {
        palette.setColor(role, QColor(QLatin1String(dark ? night : light)));
    };
    set(QPalette::Window, "#efefef", "#2e3033");
    set(QPalette::Button, "#f6f6f6", "#3a3d41");
    set(QPalette::Base, "#ffffff", "#222427");
    set(QPalette::Text, "#1b1d20", "#eceef0");
    set(QPalette::WindowText, "#1b1d20", "#eceef0");
    set(QPalette::ButtonText, "#1b1d20", "#eceef0");
    set(QPalette::Highlight, "#1f6fa8", "#2a75b3");
    set(QPalette::HighlightedText, "#ffffff", "#ffffff");
    return palette;
}

void fillLegends(QBoxLayout& row)
{
    auto* scale = new ColorLegend;
    scale->setScale(ColorMap::viridis, {2e-5, 4e-3, true, false, true});
    auto* chips = new BitsLegend;
    chips->setCounts({{2, 0}, {3, 43}, {4, 127}, {5, 38}, {6, 2}, {8, 1}, {16, 0}});
    row.addWidget(scale);
    row.addStretch();
    row.addWidget(chips);
}

HeatmapView* makeHeatmap(bool byBits, int layers, int roles, int waiting)
{
    auto* view = new HeatmapView;
    HeatmapData data = inventedHeatmap(layers, roles, waiting);
    const int columns = roles;
    data.cells[columns + 3].pinned = true;
    data.cells[4 * columns + 4].pinned = true;
    data.cells[6 * columns + 2].trouble = HeatmapCell::Trouble::notFinite;
    data.cells[7 * columns + 2].trouble = HeatmapCell::Trouble::failed;
    view->setData(data);
    HeatmapStyle style;
    style.colourByBits = byBits;
    view->setStyle(style);
    const int current = data.cells[12 * columns + 7].decision;
    QVector<int> chosen = {current};
    if (byBits)
        chosen += {current - 1, current - 8, data.cells[20 * columns + 2].decision};
    view->select(chosen, current);
    return view;
}

void save(QWidget& page, const QString& path, const QSize& size)
{
    page.resize(size);
    page.show();
    QApplication::setActiveWindow(&page);
    QApplication::processEvents();
    page.grab().save(path);
}

void heatmapPage(const QString& path, bool byBits, int layers, int roles)
{
    QWidget page;
    page.setAutoFillBackground(true);
    page.setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(&page);
    auto* row = new QHBoxLayout;
    fillLegends(*row);
    column->addLayout(row);
    HeatmapView* heatmap = makeHeatmap(byBits, layers, roles, byBits ? 0 : 2);
    column->addWidget(heatmap, 1);
    heatmap->setFocus();
    save(page, path, {862, 610});
}

void plotsPage(const QString& path)
{
    QWidget page;
    auto* column = new QVBoxLayout(&page);
    auto* frontier = new FrontierView;
    frontier->setData(inventedFrontier());
    column->addWidget(frontier, 5);
    auto* rate = new RateCurveView;
    rate->setCurve(inventedCurve(), 4);
    auto* histogram = new HistogramView;
    histogram->setHistogram(inventedHistogram(), -0.43, 0.45);
    auto* spectrum = new SpectrumView;
    spectrum->setSpectrum(inventedSpectrum(), 57);
    for (QWidget* plot : {static_cast<QWidget*>(rate), static_cast<QWidget*>(histogram),
             static_cast<QWidget*>(spectrum)})
        column->addWidget(plot, 4);
    auto* fits = new MemoryBar;
    fits->setSegments({75.7, 188.7, 96, 512}, 2147);
    auto* tooMuch = new MemoryBar;
    tooMuch->setSegments({75.7, 188.7, 96, 512}, 700);
    column->addWidget(fits);
    column->addWidget(tooMuch);
    save(page, path, {330, 640});
}

void drawAll(const QString& folder, bool dark)
{
    QApplication::setPalette(ground(dark));
    const QString ending = dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png");
    heatmapPage(folder + QStringLiteral("/damage") + ending, false, 30, 8);
    heatmapPage(folder + QStringLiteral("/bits") + ending, true, 30, 8);
    heatmapPage(folder + QStringLiteral("/deep") + ending, false, 126, 12);
    plotsPage(folder + QStringLiteral("/plots") + ending);
}

} // namespace
} // namespace bitloupe::ui

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc != 2)
        return 2;
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    bitloupe::ui::drawAll(folder, false);
    bitloupe::ui::drawAll(folder, true);
    return 0;
}
