// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/device_panel.h"

#include "base/text.h"
#include "plan/pools.h"
#include "ui/devices/devices_dialog.h"
#include "ui/error_text.h"
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
#include <QToolButton>

#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr int defaultContext = 8192;
constexpr int mostContext = 16'777'216;
constexpr int mostSequences = 4096;
constexpr int defaultRam = 64, mostRam = 65'536; // GiB
constexpr std::uint64_t gibibyte = std::uint64_t(1) << 30;
constexpr std::uint64_t ramReserve = 2 * gibibyte; // for the system and other programs
constexpr double megabyte = 1e6;
const QString ownPrefix = QStringLiteral("own/");

} // namespace

DevicePanel::DevicePanel(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* sides = new QHBoxLayout(this);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(12);
    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(3);
    buildDevice(*grid);
    sides->addLayout(grid, 1);
    m_ramSide = new QWidget(this);
    auto* ram = new QGridLayout(m_ramSide);
    ram->setContentsMargins(0, 0, 0, 0);
    ram->setVerticalSpacing(3);
    buildRam(*ram);
    sides->addWidget(m_ramSide, 1);
    m_ramSide->hide();
    // Room for usual numbers; the widest ones may scroll, or the curve would have no place.
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_context->setMinimumWidth(11 * digit);
    m_sequences->setMinimumWidth(8 * digit);
    m_ram->setMinimumWidth(12 * digit);
    m_experts->setMinimumWidth(12 * digit);
    m_device->setMinimumWidth(14 * digit);
}

void DevicePanel::buildDevice(QGridLayout& grid)
{
    m_device = new QComboBox(this);
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
    grid.addWidget(m_kvType, 2, 1);
    grid.addWidget(m_inRam, 2, 2);
    m_gpuSum = new MemorySum({tr("Weights"), tr("KV cache"), tr("Buffers (estimate)"),
                                 tr("Reserve")}, this);
    grid.addWidget(m_gpuSum, 3, 0, 1, 3);
    grid.setRowStretch(3, 1);
    grid.setColumnStretch(1, 1);
    connect(m_device, &QComboBox::currentIndexChanged, this, &DevicePanel::refresh);
    connect(m_context, &QSpinBox::valueChanged, this, &DevicePanel::refresh);
    connect(m_sequences, &QSpinBox::valueChanged, this, &DevicePanel::refresh);
    connect(m_kvType, &QComboBox::currentIndexChanged, this, &DevicePanel::refresh);
    connect(m_inRam, &QCheckBox::toggled, this, &DevicePanel::expertsToRam);
}

void DevicePanel::buildRam(QGridLayout& grid)
{
    m_ram = new QSpinBox(m_ramSide);
    m_ram->setRange(3, mostRam);
    m_ram->setValue(defaultRam);
    m_ram->setSuffix(tr(" GiB"));
    m_ram->setGroupSeparatorShown(true);
    m_ram->setAccessibleName(tr("RAM of the machine"));
    m_experts = new QDoubleSpinBox(m_ramSide);
    m_experts->setRange(0, 1e8);
    m_experts->setDecimals(3);
    m_experts->setSuffix(tr(" MB"));
    m_experts->setKeyboardTracking(false);
    m_experts->setGroupSeparatorShown(true);
    m_experts->setAccessibleName(tr("Budget of the experts"));
    grid.addWidget(new QLabel(tr("RAM"), m_ramSide), 0, 0);
    grid.addWidget(m_ram, 0, 1);
    grid.addWidget(new QLabel(tr("Experts"), m_ramSide), 1, 0);
    grid.addWidget(m_experts, 1, 1);
    m_ramSum = new MemorySum({tr("Experts"), {}, {}, tr("Reserve")}, m_ramSide);
    grid.addWidget(m_ramSum, 2, 0, 1, 2);
    grid.setRowStretch(2, 1);
    grid.setColumnStretch(1, 1);
    connect(m_ram, &QSpinBox::valueChanged, this, &DevicePanel::refresh);
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
        {"kv_type", std::string(kvTypeName(kvType()))}, {"ram_gib", std::to_string(m_ram->value())}};
}

void DevicePanel::setView(const std::map<std::string, std::string>& view)
{
    const auto text = [&view](const char* setting) {
        const auto found = view.find(setting);
        return found == view.end() ? std::string() : found->second;
    };
    const auto number = [&](const char* setting, QSpinBox& box) {
        const auto value = parseUnsigned(text(setting));
        if (value && *value <= static_cast<std::uint64_t>(box.maximum()))
            box.setValue(static_cast<int>(*value));
    };
    if (const int at = m_device->findData(toQt(text("device"))); at >= 0)
        m_device->setCurrentIndex(at);
    number("context", *m_context);
    number("sequences", *m_sequences);
    number("ram_gib", *m_ram);
    if (const auto type = findKvType(text("kv_type")))
        m_kvType->setCurrentIndex(m_kvType->findData(static_cast<int>(*type)));
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

std::uint64_t DevicePanel::roomInRam() const { return ramBytes() - ramReserve; }

void DevicePanel::refresh()
{
    const Planned* planned = m_session.planned().get();
    showRam(planned);
    if (!m_session.model() || !planned || !planned->plan || !device()) {
        m_gpuSum->clear();
        return;
    }
    const bool two = planned->plan->options.budget && planned->plan->options.budget->expertBytes;
    const MemoryUse use = memoryUse(*device(), m_session.model()->config,
        two ? planned->pools.rest : planned->plan->fileBytes,
        static_cast<std::uint64_t>(m_context->value()),
        static_cast<std::uint64_t>(m_sequences->value()), kvType());
    m_gpuSum->setTerms({use.weights, use.kvCache, use.compute, use.reserve}, use.usable,
        tr("Unknown whether it fits: the KV cache of this model is unknown"));
}

void DevicePanel::showRam(const Planned* planned)
{
    const auto& experts = m_session.editor().budget().expertBytes;
    m_inRam->setVisible(experts || (planned && planned->hasExperts));
    const QSignalBlocker blockCheck(m_inRam), blockExperts(m_experts);
    m_inRam->setChecked(experts.has_value());
    m_ramSide->setVisible(experts.has_value());
    if (!experts)
        return;
    if (!m_experts->hasFocus())
        m_experts->setValue(double(*experts) / megabyte);
    if (planned && planned->plan)
        m_ramSum->setTerms({planned->pools.experts, 0, 0, ramReserve}, ramBytes());
    else
        m_ramSum->clear();
}

std::optional<Budget> DevicePanel::largestBudget(bool expertsInRam)
{
    if (!device() || !m_session.model())
        return std::nullopt;
    auto budget = budgetForDevice(*device(), m_session.model()->config,
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
