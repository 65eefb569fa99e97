// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/budget_panel.h"

#include "ui/device_panel.h"
#include "ui/error_text.h"
#include "ui/muted_label.h"
#include "ui/pins_box.h"
#include "ui/qt_text.h"
#include "ui/rivals_table.h"
#include "ui/target_choice.h"
#include "ui/views/frontier_view.h"
#include "ui/views/plot_picture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int sliderSteps = 2000;

QFrame* verticalLine(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::VLine);
    line->setForegroundRole(QPalette::Mid);
    return line;
}

} // namespace

BudgetPanel::BudgetPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 8);
    row->setSpacing(12);
    row->addWidget(buildSize(), 3);
    row->addWidget(verticalLine(this));
    m_device = new DevicePanel(session, this);
    row->addWidget(m_device, 2);
    connect(m_device, &DevicePanel::expertsToRam, this, &BudgetPanel::splitBudget);
    connect(m_device, &DevicePanel::expertBudgetEdited, this, &BudgetPanel::setExpertBytes);
    row->addWidget(verticalLine(this));
    m_frontier = new FrontierView(this);
    row->addWidget(m_frontier, 4);
    m_frontierLine = verticalLine(this);
    row->addWidget(m_frontierLine);
    row->addWidget(buildEnd());
    connect(m_frontier, &FrontierView::budgetDragged, this,
        [this](double bytes) { setFileBytes(bytes, true); });
    connect(m_frontier, &FrontierView::dragFinished, this,
        [this] { m_session.editor().setBudget(m_session.editor().budget(), false); });
    setEnabled(false);
}

int BudgetPanel::frontierWidth() const
{
    return m_frontier->minimumWidth() + m_frontierLine->sizeHint().width() + 2 * layout()->spacing();
}

// From the parts: a layout's own sum is not new yet when a part has just changed.
int BudgetPanel::widthWith(bool sideBySide, bool frontier) const
{
    const QMargins margins = layout()->contentsMargins();
    int least = margins.left() + margins.right()
        + (sideBySide ? m_device->sideBySideWidth() : m_device->compactWidth());
    for (int i = 0; i < layout()->count(); ++i) {
        const QLayoutItem* item = layout()->itemAt(i);
        const QWidget* part = item->widget();
        if (part != m_device && part != m_frontier && part != m_frontierLine)
            least += item->minimumSize().width() + layout()->spacing();
    }
    return frontier ? least + frontierWidth() : least;
}

QSize BudgetPanel::minimumSizeHint() const
{
    return {widthWith(false, false), QWidget::minimumSizeHint().height()};
}

void BudgetPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

// The curve before both memories at once: these have tabs.
void BudgetPanel::arrange()
{
    const bool frontier = width() >= widthWith(false, true);
    m_device->setCompact(width() < widthWith(true, frontier));
    m_frontier->setVisible(frontier);
    m_frontierLine->setVisible(frontier);
}

QWidget* BudgetPanel::buildSize()
{
    auto* box = new QWidget(this);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    m_slider = new QSlider(Qt::Horizontal, box);
    m_slider->setRange(0, sliderSteps);
    m_slider->setAccessibleName(tr("Size of the weight files"));
    m_low = mutedLabel({}, box);
    m_low->setObjectName(QStringLiteral("smallestSize"));
    m_high = mutedLabel({}, box);
    m_high->setObjectName(QStringLiteral("largestSize"));
    m_high->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(new QLabel(tr("Size"), box), 0, 0);
    grid->addWidget(m_slider, 0, 1, 1, 3);
    auto* ends = new QHBoxLayout;
    m_lockQuality = new QCheckBox(tr("Lock &quality"), box);
    m_lockQuality->setToolTip(tr("Off: the size stays when pins move. On: the predicted damage "
                                 "stays, and the size follows."));
    ends->addWidget(m_low, 1);
    ends->addWidget(m_lockQuality);
    ends->addWidget(m_high, 1);
    connect(m_lockQuality, &QCheckBox::toggled, this, [this](bool on) {
        const Planned* planned = m_session.planned().get();
        if (!on)
            m_session.editor().holdDamage(std::nullopt);
        else if (planned && planned->plan)
            m_session.editor().holdDamage(planned->plan->damage);
    });
    grid->addLayout(ends, 1, 1, 1, 3);
    m_number = new QDoubleSpinBox(box);
    m_number->setRange(0, 1e9);
    m_number->setDecimals(2);
    m_number->setKeyboardTracking(false);
    m_number->setMinimumWidth(12 * fontMetrics().horizontalAdvance(QLatin1Char('0')));
    m_number->setAccessibleName(tr("Budget"));
    m_unit = new QComboBox(box);
    m_unit->addItems({tr("MB"), tr("GB"), tr("GiB"), tr("bpw")});
    m_unit->setAccessibleName(tr("Unit of the budget"));
    m_bpw = new QLabel(box);
    auto* numbers = new QHBoxLayout;
    numbers->addWidget(m_number);
    numbers->addWidget(m_unit);
    numbers->addWidget(m_bpw, 1);
    grid->addLayout(numbers, 2, 1, 1, 3);
    m_rivals = new RivalsTable(box);
    grid->addWidget(m_rivals, 3, 0, 1, 4);
    m_problem = new ErrorLabel(box);
    m_problem->hide();
    grid->addWidget(m_problem, 4, 0, 1, 4);
    grid->setRowStretch(5, 1);
    grid->setColumnStretch(1, 1);
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        setFileBytes(double(bytesAt(position)), m_slider->isSliderDown());
    });
    connect(m_slider, &QSlider::sliderReleased, this,
        [this] { m_session.editor().setBudget(m_session.editor().budget(), false); });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, &BudgetPanel::numberEdited);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &BudgetPanel::showSize);
    return box;
}

QWidget* BudgetPanel::buildEnd()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_pins = new PinsBox(m_session, box);
    m_fit = new QPushButton(tr("Fit device"), box);
    m_fit->setToolTip(tr("Set the budget to the largest that fits the device with this context"));
    m_export = new QPushButton(tr("Export..."), box);
    m_export->setDefault(true);
    column->addWidget(mutedLabel(tr("Target"), box));
    column->addWidget(new TargetChoice(m_session, box));
    column->addWidget(m_fit);
    column->addWidget(m_pins);
    column->addStretch(1);
    column->addWidget(m_export);
    connect(m_fit, &QPushButton::clicked, this, &BudgetPanel::fitDevice);
    connect(m_export, &QPushButton::clicked, this, &BudgetPanel::exportRequested);
    return box;
}

BudgetPanel::Unit BudgetPanel::unit() const { return static_cast<Unit>(m_unit->currentIndex()); }

std::uint64_t BudgetPanel::smallest() const
{
    const Planned* planned = m_session.planned().get();
    return planned && !planned->frontier.points.empty() ? planned->frontier.points.front().fileBytes : 0;
}

std::uint64_t BudgetPanel::largest() const
{
    // Beyond 8 bits the error is that of the floats: the slider ends a bit above.
    const Planned* planned = m_session.planned().get();
    if (!planned || planned->frontier.points.empty())
        return 0;
    const std::uint64_t end = planned->frontier.points.back().fileBytes;
    if (m_session.editor().budget().expertBytes) // those plans hold the experts as well
        return end;
    std::uint64_t eight = 0;
    for (const auto* points : {&planned->uniformPoints, &planned->mixes})
        for (const PlanPoint& point : *points)
            eight = std::max(eight, point.fileBytes);
    if (eight == 0)
        return end;
    return std::max(smallest(), std::min(end, eight + eight / 10)); // all may keep 16 bits
}

std::uint64_t BudgetPanel::bytesAt(int position) const
{
    const double share = double(position) / sliderSteps;
    return smallest() + static_cast<std::uint64_t>(share * double(largest() - smallest()));
}

int BudgetPanel::positionOf(std::uint64_t bytes) const
{
    if (largest() <= smallest() || bytes <= smallest())
        return 0;
    const double share = double(bytes - smallest()) / double(largest() - smallest());
    return static_cast<int>(std::lround(std::min(share, 1.0) * sliderSteps));
}

void BudgetPanel::setFileBytes(double bytes, bool dragging)
{
    // Experts in RAM keep their budget: what moves is the rest.
    const double rest = bytes - double(bytesInRam());
    if (rest > 0 && !m_session.editor().heldDamage())
        m_session.editor().setBudget({BudgetKind::fileBytes, static_cast<std::uint64_t>(rest),
                                         m_session.editor().budget().expertBytes},
            dragging);
}

void BudgetPanel::numberEdited(double value)
{
    if (!m_session.profile() || !(value > 0) || m_session.editor().heldDamage())
        return;
    if (unit() == Unit::bitsPerWeight) {
        const auto budget = budgetFromBpw(value, m_session.profile()->parameters);
        if (budget && m_session.editor().budget().expertBytes)
            setFileBytes(double(budget->bytes), false);
        else if (budget)
            m_session.editor().setBudget(*budget, false);
        return;
    }
    const double factor = unit() == Unit::megabytes ? 1e6
        : unit() == Unit::gigabytes                 ? 1e9
                                                    : 1073741824.0;
    setFileBytes(std::floor(value * factor), false);
}

void BudgetPanel::reload()
{
    setEnabled(m_session.profile() != nullptr);
    refresh();
}

void BudgetPanel::refresh()
{
    showSize();
    const Planned* planned = m_session.planned().get();
    m_rivals->show(planned, m_session.state() == Session::State::analysing);
    const bool problem = planned && planned->problem;
    m_problem->setVisible(problem);
    if (problem)
        m_problem->setError(*planned->problem);
    m_device->refresh();
    arrange();
    showLock();
    showFrontier();
    m_pins->refresh();
    const bool ready = m_session.state() == Session::State::ready && !m_session.exportProblem()
        && m_session.planned() && m_session.planned()->plan;
    m_export->setEnabled(ready);
    m_export->setToolTip(ready ? QString()
            : m_session.exportProblem() ? errorToolTip(*m_session.exportProblem())
            : m_session.state() == Session::State::analysing
            ? tr("Wait until the analysis is complete")
            : tr("There is no complete plan yet"));
}

void BudgetPanel::showLock()
{
    const Planned* planned = m_session.planned().get();
    const bool locked = m_session.editor().heldDamage().has_value();
    const QSignalBlocker quiet(m_lockQuality);
    m_lockQuality->setChecked(locked);
    m_lockQuality->setEnabled(locked || (planned && planned->plan && !planned->plan->provisional));
    for (QWidget* one : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_number),
             static_cast<QWidget*>(m_fit)})
        one->setEnabled(!locked);
    const QString why = tr("Quality is locked: the size follows it");
    m_slider->setToolTip(locked ? why : QString());
    m_number->setToolTip(m_slider->toolTip());
}

void BudgetPanel::showSize()
{
    const Budget& budget = m_session.editor().budget();
    const Planned* planned = m_session.planned().get();
    const Plan* plan = planned && planned->plan ? &*planned->plan : nullptr;
    const std::uint64_t bytes = budget.kind == BudgetKind::fileBytes ? budget.bytes + bytesInRam()
        : plan                                                       ? plan->fileBytes
                                                                     : budget.bytes;
    const QSignalBlocker blockSlider(m_slider);
    const QSignalBlocker blockNumber(m_number);
    if (!m_slider->isSliderDown())
        m_slider->setValue(positionOf(bytes));
    m_low->setText(sizeToQt(smallest()));
    m_high->setText(sizeToQt(largest()));
    const double parameters
        = m_session.profile() ? static_cast<double>(m_session.profile()->parameters) : 1;
    const double bpw = budget.kind == BudgetKind::dataBytes || !plan
        ? 8 * static_cast<double>(budget.bytes) / std::max(parameters, 1.0)
        : plan->bitsPerWeight;
    if (!m_number->hasFocus()) {
        const double size = static_cast<double>(bytes);
        m_number->setDecimals(unit() == Unit::megabytes && size >= 1e7 ? 1 : 3);
        m_number->setValue(unit() == Unit::megabytes ? size / 1e6
                : unit() == Unit::gigabytes          ? size / 1e9
                : unit() == Unit::gibibytes          ? size / 1073741824.0
                                                     : bpw);
    }
    m_bpw->setText(tr("= %1 bits per weight").arg(QLocale().toString(bpw, 'f', 2)));
}

void BudgetPanel::showFrontier()
{
    FrontierData shown;
    const Planned* planned = m_session.planned().get();
    if (planned) {
        for (const FrontierPoint& point : planned->frontier.points) {
            if (point.fileBytes > largest() && shown.bytes.size() > 1)
                break;
            shown.bytes.append(double(point.fileBytes));
            shown.damage.append(point.damage);
        }
        shown.experts = bytesInRam() > 0 // else nothing fits, and all of it moves
            ? tr("Experts stay at %1").arg(sizeToQt(bytesInRam()))
            : QString();
        shown.knee = static_cast<int>(planned->frontier.knee);
        for (const PlanPoint& point : planned->uniformPoints)
            if (point.bits >= 3 && point.bits <= 6)
                shown.marks.append({FrontierMark::Kind::uniform, tr("uniform %1").arg(point.bits),
                    double(point.fileBytes), point.damage});
        // With two budgets the same bits everywhere rarely fit both: the one that does is shown.
        if (const auto& fits = planned->uniform; fits && bytesInRam() > 0
            && std::none_of(planned->uniformPoints.begin(), planned->uniformPoints.end(),
                [&](const PlanPoint& point) { return point.bits == fits->bits; }))
            shown.marks.append({FrontierMark::Kind::uniform,
                fits->name.empty() ? tr("uniform %1").arg(fits->bits) : toQt(fits->name),
                double(fits->fileBytes), fits->damage});
        for (const PlanPoint& mix : planned->mixes)
            shown.marks.append({FrontierMark::Kind::uniform, toQt(mix.name),
                double(mix.fileBytes), mix.damage});
        for (const PlanPoint& other : planned->comparisons)
            shown.marks.append({FrontierMark::Kind::published, nameToQt(other.name, 40),
                double(other.fileBytes), other.damage});
        if (planned->mint)
            shown.marks.append({FrontierMark::Kind::published, tr("MINT"),
                double(planned->mint->fileBytes), planned->mint->damage});
        if (planned->swan && !offersBlocks(*m_session.profile())
            && planned->swan->fileBytes < 2 * largest())
            shown.marks.append({FrontierMark::Kind::published, tr("SWAN"),
                double(planned->swan->fileBytes), planned->swan->damage});
        if (planned->plan) {
            shown.planBytes = double(planned->plan->fileBytes);
            shown.planDamage = planned->plan->damage;
        }
        shown.lowestBytes = double(smallest());
        shown.highestBytes = double(largest());
    }
    m_frontier->setToolTip(shown.experts.isEmpty()
            ? QString()
            : tr("The curve moves the rest alone: the experts stay in RAM as they are"));
    setPictureSubject(*m_frontier,
        m_session.model() ? nameToQt(m_session.model()->name, 80) : QString());
    m_frontier->setData(shown);
}

} // namespace bitloupe::ui
