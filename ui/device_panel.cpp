// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/device_panel.h"

#include "base/text.h"
#include "plan/pools.h"
#include "ui/devices/devices_dialog.h"
#include "ui/elided_combo_box.h"
#include "ui/error_text.h"
#include "ui/project/view_setting.h"
#include "ui/qt_text.h"
#include "ui/views/memory_sum.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStyle>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int defaultContext = 8192;
constexpr int mostContext = 16'777'216;
constexpr int mostSequences = 4096;
constexpr int defaultRam = 64, mostRam = 65'536; // GiB
constexpr double defaultRamReserve = 2; // GiB
constexpr std::uint64_t gibibyte = std::uint64_t(1) << 30;
constexpr double megabyte = 1e6;
constexpr int sideSpacing = 12;
const QString ownPrefix = QStringLiteral("own/");

} // namespace

DevicePanel::DevicePanel(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    m_memories = new QTabBar(this);
    m_memories->addTab(tr("Device"));
    m_memories->addTab(tr("RAM"));
    m_memories->setDrawBase(false);
    m_memories->setAccessibleName(tr("Which memory is shown"));
    connect(m_memories, &QTabBar::currentChanged, this, &DevicePanel::showSides);
    column->addWidget(m_memories);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(sideSpacing);
    m_deviceSide = new QWidget(this);
    buildDevice();
    sides->addWidget(m_deviceSide, 1);
    m_ramSide = new QWidget(this);
    buildRam();
    sides->addWidget(m_ramSide, 1);
    column->addLayout(sides, 1);
    showSides();
    // Room for usual numbers; the widest ones may scroll, or the curve would have no place.
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_context->setMinimumWidth(11 * digit);
    m_sequences->setMinimumWidth(8 * digit);
    m_ram->setMinimumWidth(12 * digit);
    m_ramReserve->setMinimumWidth(12 * digit);
    m_experts->setMinimumWidth(12 * digit);
    m_device->setMinimumWidth(14 * digit);
}

void DevicePanel::setCompact(bool compact)
{
    m_compact = compact;
    showSides();
}

void DevicePanel::showSides()
{
    const bool tabs = m_two && m_compact;
    m_memories->setVisible(tabs);
    m_deviceSide->setVisible(!tabs || m_memories->currentIndex() == 0);
    m_ramSide->setVisible(m_two && (!tabs || m_memories->currentIndex() == 1));
}

// What does not fit must show on the tab that hides it.
void DevicePanel::markTabs()
{
    const QIcon warning = style()->standardIcon(QStyle::SP_MessageBoxWarning);
    for (const auto& [tab, sum] : {std::pair(0, m_gpuSum), std::pair(1, m_ramSum)}) {
        m_memories->setTabIcon(tab, sum->overfull() ? warning : QIcon());
        m_memories->setTabToolTip(tab, sum->verdict());
    }
}

int DevicePanel::compactWidth() const
{
    const int device = m_deviceSide->minimumSizeHint().width();
    return m_two ? std::max(device, m_ramSide->minimumSizeHint().width()) : device;
}

int DevicePanel::sideBySideWidth() const
{
    const int device = m_deviceSide->minimumSizeHint().width();
    return m_two ? device + sideSpacing + m_ramSide->minimumSizeHint().width() : device;
}

// Of both sides, so that nothing moves when the tab changes.
QSize DevicePanel::minimumSizeHint() const
{
    int height = m_deviceSide->minimumSizeHint().height();
    if (m_two)
        height = std::max(height, m_ramSide->minimumSizeHint().height());
    if (m_two && m_compact)
        height += m_memories->minimumSizeHint().height() + layout()->spacing();
    return {m_compact ? compactWidth() : sideBySideWidth(), height};
}

void DevicePanel::buildDevice()
{
    auto* side = new QGridLayout(m_deviceSide);
    QGridLayout& grid = *side;
    grid.setContentsMargins(0, 0, 0, 0);
    grid.setVerticalSpacing(3);
    m_device = new ElidedComboBox(this);
    fillDevices();
    m_device->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_device->setMinimumContentsLength(12);
    m_device->setAccessibleName(tr("Device"));
    auto* edit = new QToolButton(this);
    edit->setText(QStringLiteral("…"));
    edit->setToolTip(tr("My devices: name, memory, reserve"));
    edit->setAccessibleName(tr("Edit my devices"));
    connect(edit, &QToolButton::clicked, this, &DevicePanel::editDevices);
    m_context = new QSpinBox(this);
    m_context->setRange(128, mostContext);
    m_context->setSingleStep(1024);
    m_context->setGroupSeparatorShown(true);
    m_context->setValue(defaultContext);
    m_context->setAccessibleName(tr("Context in tokens"));
    m_sequences = new QSpinBox(this);
    m_sequences->setRange(1, mostSequences);
    m_sequences->setPrefix(QStringLiteral("× "));
    m_sequences->setAccessibleName(tr("Sequences"));
    m_sequences->setToolTip(tr("Requests answered at the same time, each with a cache of its own"));
    m_kvType = new QComboBox(this);
    for (const KvType type : {KvType::f16, KvType::fp8, KvType::q8_0, KvType::q4_0})
        m_kvType->addItem(tr("KV %1").arg(toQt(kvTypeName(type))), static_cast<int>(type));
    m_kvType->setAccessibleName(tr("Type of the KV cache"));
    m_inRam = new QCheckBox(tr("E&xperts in RAM"), this);
    m_inRam->setToolTip(tr("Two budgets: the experts stay in RAM, the rest goes to the device"));
    m_inRam->hide();
    auto* chooser = new QHBoxLayout;
    chooser->setSpacing(4);
    chooser->addWidget(m_device, 1);
    chooser->addWidget(edit);
    grid.addWidget(new QLabel(tr("Device"), this), 0, 0);
    grid.addLayout(chooser, 0, 1, 1, 2);
    grid.addWidget(new QLabel(tr("Context"), this), 1, 0);
    grid.addWidget(m_context, 1, 1);
    grid.addWidget(m_sequences, 1, 2);
    grid.addWidget(new QLabel(tr("Cache"), this), 2, 0);
    grid.addWidget(m_kvType, 2, 1, 1, 2);
    grid.addWidget(m_inRam, 3, 0, 1, 3);
    m_gpuSum = new MemorySum({tr("Weights"), tr("KV cache"), tr("Buffers (estimate)"),
                                 tr("Reserve")}, this);
    grid.addWidget(m_gpuSum, 4, 0, 1, 3);
    grid.setRowStretch(4, 1);
    grid.setColumnStretch(1, 1);
    connect(m_device, &QComboBox::currentIndexChanged, this, &DevicePanel::refresh);
    connect(m_context, &QSpinBox::valueChanged, this, &DevicePanel::refresh);
    connect(m_sequences, &QSpinBox::valueChanged, this, &DevicePanel::refresh);
    connect(m_kvType, &QComboBox::currentIndexChanged, this, &DevicePanel::refresh);
    connect(m_inRam, &QCheckBox::toggled, this, &DevicePanel::expertsToRam);
}

void DevicePanel::buildRam()
{
    auto* side = new QGridLayout(m_ramSide);
    QGridLayout& grid = *side;
    grid.setContentsMargins(0, 0, 0, 0);
    grid.setVerticalSpacing(3);
    m_ram = new QSpinBox(m_ramSide);
    m_ram->setRange(1, mostRam);
    m_ram->setValue(defaultRam);
    m_ram->setSuffix(tr(" GiB"));
    m_ram->setGroupSeparatorShown(true);
    m_ram->setAccessibleName(tr("RAM of the machine"));
    m_ramReserve = new QDoubleSpinBox(m_ramSide);
    m_ramReserve->setDecimals(1);
    m_ramReserve->setSingleStep(0.5);
    m_ramReserve->setSuffix(tr(" GiB"));
    m_ramReserve->setValue(defaultRamReserve);
    m_ramReserve->setAccessibleName(tr("Reserve of the RAM"));
    m_ramReserve->setToolTip(tr("RAM that stays free for the system and other programs"));
    m_experts = new QDoubleSpinBox(m_ramSide);
    m_experts->setRange(0, 1e8);
    m_experts->setDecimals(3);
    m_experts->setSuffix(tr(" MB"));
    m_experts->setKeyboardTracking(false);
    m_experts->setGroupSeparatorShown(true);
    m_experts->setAccessibleName(tr("Budget of the experts"));
    grid.addWidget(new QLabel(tr("RAM"), m_ramSide), 0, 0);
    grid.addWidget(m_ram, 0, 1);
    grid.addWidget(new QLabel(tr("Reserve"), m_ramSide), 1, 0);
    grid.addWidget(m_ramReserve, 1, 1);
    grid.addWidget(new QLabel(tr("Experts"), m_ramSide), 2, 0);
    grid.addWidget(m_experts, 2, 1);
    m_ramSum = new MemorySum({tr("Experts"), {}, {}, tr("Reserve")}, m_ramSide);
    grid.addWidget(m_ramSum, 3, 0, 1, 2);
    grid.setRowStretch(3, 1);
    grid.setColumnStretch(1, 1);
    // Something is left for the experts, whatever is kept back.
    const auto limit = [this](int ram) { m_ramReserve->setMaximum(std::max(ram - 0.5, 0.5)); };
    limit(m_ram->value());
    connect(m_ram, &QSpinBox::valueChanged, this, limit);
    connect(m_ram, &QSpinBox::valueChanged, this, &DevicePanel::refresh);
    connect(m_ramReserve, &QDoubleSpinBox::valueChanged, this, &DevicePanel::refresh);
    connect(m_experts, &QDoubleSpinBox::valueChanged, this, [this](double megabytes) {
        if (megabytes > 0)
            emit expertBudgetEdited(static_cast<quint64>(std::llround(megabytes * megabyte)));
    });
}

// A person's own come first; the choice stays what it was.
void DevicePanel::fillDevices()
{
    const QSignalBlocker quiet(m_device);
    const QVariant chosen = m_device->currentData();
    m_device->clear();
    m_own = savedDevices();
    for (const UserDevice& one : qAsConst(m_own))
        m_device->addItem(nameToQt(one.name), ownPrefix + toQt(one.name));
    if (!m_own.isEmpty())
        m_device->insertSeparator(static_cast<int>(m_own.size()));
    for (const Device& one : devices())
        m_device->addItem(toQt(one.title), toQt(one.id));
    const int at = m_device->findData(chosen);
    m_device->setCurrentIndex(chosen.isValid() && at >= 0 ? at : 0);
}

void DevicePanel::editDevices()
{
    DevicesDialog dialog(this);
    if (dialog.exec() == QDialog::Accepted) {
        fillDevices();
        refresh();
    }
}

std::map<std::string, std::string> DevicePanel::view() const
{
    return {{"device", m_device->currentData().toString().toStdString()},
        {"context", std::to_string(m_context->value())},
        {"sequences", std::to_string(m_sequences->value())},
        {"kv_type", std::string(kvTypeName(kvType()))}, {"ram_gib", std::to_string(m_ram->value())},
        {"ram_reserve_gib", numberText(m_ramReserve->value())}};
}

QString DevicePanel::setView(const std::map<std::string, std::string>& view)
{
    const auto text = [&view](const char* name) { return viewSetting(view, name); };
    const auto number = [&](const char* setting, QSpinBox& box) {
        const auto value = parseUnsigned(text(setting));
        if (value && *value <= static_cast<std::uint64_t>(box.maximum()))
            box.setValue(static_cast<int>(*value));
    };
    const QString device = toQt(text("device"));
    const int at = m_device->findData(device);
    if (at >= 0)
        m_device->setCurrentIndex(at);
    number("context", *m_context);
    number("sequences", *m_sequences);
    number("ram_gib", *m_ram);
    if (const auto reserve = parseDouble(text("ram_reserve_gib")); reserve && *reserve >= 0)
        m_ramReserve->setValue(*reserve);
    if (const auto type = findKvType(text("kv_type")))
        m_kvType->setCurrentIndex(m_kvType->findData(static_cast<int>(*type)));
    if (at >= 0 || device.isEmpty())
        return {};
    const QString name = device.startsWith(ownPrefix) ? device.mid(ownPrefix.size()) : device;
    return tr("The project's device is not known here: %1. The one shown is %2.")
        .arg(nameToQt(name.toStdString(), 80), m_device->currentText());
}

std::optional<Device> DevicePanel::device() const
{
    for (const UserDevice& one : m_own)
        if (ownPrefix + toQt(one.name) == m_device->currentData().toString())
            return deviceFor(m_session.target(), one.device());
    const Device* found = findDevice(m_device->currentData().toString().toStdString());
    return found ? std::optional(deviceFor(m_session.target(), *found)) : std::nullopt;
}

KvType DevicePanel::kvType() const { return static_cast<KvType>(m_kvType->currentData().toInt()); }

std::uint64_t DevicePanel::ramBytes() const
{
    return static_cast<std::uint64_t>(m_ram->value()) * gibibyte;
}

std::uint64_t DevicePanel::ramReserve() const
{
    return static_cast<std::uint64_t>(m_ramReserve->value() * double(gibibyte));
}

void DevicePanel::refresh()
{
    const Planned* planned = m_session.planned().get();
    showRam(planned);
    if (!m_session.model() || !planned || !planned->plan || !device()) {
        m_gpuSum->clear();
        markTabs();
        return;
    }
    const bool two = planned->plan->options.budget && planned->plan->options.budget->expertBytes;
    const MemoryUse use = memoryUse(*device(), clientConfig(),
        two ? planned->pools.rest : planned->plan->fileBytes,
        static_cast<std::uint64_t>(m_context->value()),
        static_cast<std::uint64_t>(m_sequences->value()), kvType());
    m_gpuSum->setTerms({use.weights, use.kvCache, use.compute, use.reserve}, use.usable,
        tr("Unknown whether it fits: the KV cache of this model is unknown"));
    markTabs();
}

void DevicePanel::showRam(const Planned* planned)
{
    const auto& experts = m_session.editor().budget().expertBytes;
    m_inRam->setVisible(experts || (planned && planned->hasExperts));
    const QSignalBlocker blockCheck(m_inRam), blockExperts(m_experts);
    m_inRam->setChecked(experts.has_value());
    m_two = experts.has_value();
    showSides();
    if (!experts)
        return;
    if (!m_experts->hasFocus())
        m_experts->setValue(double(*experts) / megabyte);
    if (planned && planned->plan)
        m_ramSum->setTerms({planned->pools.experts, 0, 0, ramReserve()}, ramBytes());
    else
        m_ramSum->clear();
}

ClientConfig DevicePanel::clientConfig() const
{
    const auto& profile = m_session.profile();
    return configOfClient(m_session.model()->config, profile ? profile->targetId : "");
}

std::optional<Budget> DevicePanel::largestBudget(bool expertsInRam)
{
    if (!device() || !m_session.model())
        return std::nullopt;
    auto budget = budgetForDevice(*device(), clientConfig(),
        static_cast<std::uint64_t>(m_context->value()),
        static_cast<std::uint64_t>(m_sequences->value()), kvType());
    if (!budget) {
        m_gpuSum->say(errorText(budget.error()), errorSentence(budget.error()));
        return std::nullopt;
    }
    if (expertsInRam)
        budget->expertBytes = roomInRam();
    return *budget;
}

} // namespace bitloupe::ui
