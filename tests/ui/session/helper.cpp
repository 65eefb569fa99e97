// SPDX-License-Identifier: GPL-3.0-or-later
// What a scripted session on a real X server cannot know or do by itself:
//   helper places MODEL   opens the window as the program does and prints where things are in it
//   helper drag PATH X Y  a window at X, Y from which PATH can be dragged, until it is ended: the
//                         receiver asks for what was dropped after the drop
#include "ui/budget_panel.h"
#include "ui/heatmap_page.h"
#include "ui/main_window.h"
#include "ui/ready_session.h"
#include "ui/views/heatmap_view.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QScreen>
#include <QSlider>
#include <QStyleOptionSlider>
#include <QTest>
#include <QUrl>

#include <cstdio>

using namespace bitloupe;
using namespace bitloupe::ui;

namespace {

void print(const char* what, const QWidget& window, const QWidget& widget, const QPoint& point)
{
    const QPoint at = widget.mapTo(&window, point);
    std::printf("%s %d %d\n", what, at.x(), at.y());
}

QPoint handleOf(const QSlider& slider)
{
    QStyleOptionSlider option;
    option.initFrom(&slider);
    option.orientation = slider.orientation();
    option.minimum = slider.minimum();
    option.maximum = slider.maximum();
    option.sliderPosition = option.sliderValue = slider.value();
    return slider.style()
        ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider)
        .center();
}

int printPlaces(const char* model)
{
    MainWindow window(std::nullopt);
    window.session().setCacheDirectory(std::nullopt); // the program is to measure by itself
    window.openPath(model);
    window.resize(window.size().boundedTo(window.screen()->availableSize()));
    window.show();
    if (!QTest::qWaitFor([&] { return test::isReady(window.session()); }, test::patience))
        return 1;
    QTest::qWait(500); // docks slide in
    const auto* panel = window.findChild<BudgetPanel*>();
    const auto* slider = panel ? panel->findChild<QSlider*>() : nullptr;
    const auto& decisions = window.session().profile()->decisions;
    HeatmapView& view = window.heatmap().view();
    for (int d = 0; d < static_cast<int>(decisions.size()); ++d)
        if (const Decision& one = decisions[static_cast<std::size_t>(d)];
            one.layer == 1 && one.role == TensorRole::mlpDown)
            print("cell", window, view, view.cellRect(d).center());
    if (!slider)
        return 1;
    print("handle", window, *slider, handleOf(*slider));
    print("slider", window, *slider, slider->rect().center());
    return 0;
}

class DragSource : public QWidget {
public:
    explicit DragSource(const QString& path)
        : m_path(path)
    {
        setWindowTitle(QStringLiteral("Drag source"));
    }

protected:
    void mousePressEvent(QMouseEvent*) override
    {
        auto* drag = new QDrag(this);
        auto* dragged = new QMimeData;
        dragged->setUrls({QUrl::fromLocalFile(m_path)});
        drag->setMimeData(dragged);
        drag->exec(Qt::CopyAction);
    }

private:
    QString m_path;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("bitloupe-session"));
    QApplication::setApplicationName(QStringLiteral("helper"));
    if (argc == 3 && qstrcmp(argv[1], "places") == 0)
        return printPlaces(argv[2]);
    if (argc != 5 || qstrcmp(argv[1], "drag") != 0)
        return 2;
    DragSource source(QString::fromLocal8Bit(argv[2]));
    source.setGeometry(atoi(argv[3]), atoi(argv[4]), 80, 60);
    source.show();
    return QApplication::exec();
}
