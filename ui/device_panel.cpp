// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/device_panel.h"

#include "base/text.h"
#include "ui/devices/devices_dialog.h"
#include "ui/qt_text.h"
#include "ui/views/memory_bar.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QHBoxLayout>
#include <QPixmap>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

namespace bitloupe::ui {
namespace {

constexpr int defaultContext = 8192;
const QString ownPrefix = QStringLiteral("own/");

} // namespace

DevicePanel::DevicePanel(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(3);
    m_device = new QComboBox(this);
    fillDevices();
    m_device->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_device->setMinimumContentsLength(16);
    m_device->setAccessibleName(tr("Device"));
    m_context = new QSpinBox(this);
    m_context->setRange(128, 16'777'216);
    m_context->setSingleStep(1024);
    m_context->setGroupSeparatorShown(true);
    m_context->setValue(defaultContext);
    m_context->setAccessibleName(tr("Context in tokens"));
    m_kvType = new QComboBox(this);
    for (const KvType type : {KvType::f16, KvType::fp8, KvType::q8_0, KvType::q4_0})
        m_kvType->addItem(tr("KV %1").arg(toQt(kvTypeName(type))), static_cast<int>(type));
    m_kvType->setAccessibleName(tr("Type of the KV cache"));
    grid->addWidget(new QLabel(tr("Device"), this), 0, 0, 1, 2);
    auto* edit = new QToolButton(this);
    edit->setText(QStringLiteral("…"));
    edit->setToolTip(tr("My devices: name, memory, reserve"));
    edit->setAccessibleName(tr("Edit my devices"));
    connect(edit, &QToolButton::clicked, this, &DevicePanel::editDevices);
    auto* chooser = new QHBoxLayout;
    chooser->setSpacing(4);
    chooser->addWidget(m_device, 1);
    chooser->addWidget(edit);
    grid->addLayout(chooser, 0, 2, 1, 2);
    grid->addWidget(new QLabel(tr("Context"), this), 1, 0, 1, 2);
    grid->addWidget(m_context, 1, 2);
    grid->addWidget(m_kvType, 1, 3);
    m_bar = new MemoryBar(this);
    grid->addWidget(m_bar, 2, 0, 1, 4);
    const QStringList names = {
        tr("Weights"), tr("KV cache"), tr("Buffers (estimate)"), tr("Reserve for the system")};
    for (int i = 0; i < names.size(); ++i) {
        m_squares.append(new QLabel(this));
        m_terms.append(new QLabel(this));
        m_terms.back()->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(m_squares.back(), 3 + i, 0);
        grid->addWidget(new QLabel(names[i], this), 3 + i, 1, 1, 2);
        grid->addWidget(m_terms.back(), 3 + i, 3);
    }
    m_fits = new QLabel(this);
    QFont bold = m_fits->font();
    bold.setBold(true);
    m_fits->setFont(bold);
    m_fits->setWordWrap(true);
    grid->addWidget(m_fits, 7, 0, 1, 4);
    grid->setRowStretch(8, 1);
    grid->setColumnStretch(2, 1);
    connect(m_device, &QComboBox::currentIndexChanged, this, &DevicePanel::refresh);
    connect(m_context, &QSpinBox::valueChanged, this, &DevicePanel::refresh);
    connect(m_kvType, &QComboBox::currentIndexChanged, this, &DevicePanel::refresh);
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
        {"context", std::to_string(m_context->value())}, {"kv_type", std::string(kvTypeName(kvType()))}};
}

void DevicePanel::setView(const std::map<std::string, std::string>& view)
{
    const auto text = [&view](const char* setting) {
        const auto found = view.find(setting);
        return found == view.end() ? std::string() : found->second;
    };
    if (const int at = m_device->findData(toQt(text("device"))); at >= 0)
        m_device->setCurrentIndex(at);
    if (const auto context = parseUnsigned(text("context")); context && *context <= 16'777'216)
        m_context->setValue(static_cast<int>(*context));
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

void DevicePanel::refresh()
{
    for (int i = 0; i < m_squares.size(); ++i) {
        QPixmap square(9, 9);
        square.fill(MemoryBar::segmentColor(i, palette()));
        m_squares[i]->setPixmap(square);
    }
    const Planned* planned = m_session.planned().get();
    if (!m_session.model() || !planned || !planned->plan || !device()) {
        m_fits->clear();
        return;
    }
    const MemoryUse use = memoryUse(*device(), m_session.model()->config, planned->plan->fileBytes,
        static_cast<std::uint64_t>(m_context->value()), 1, kvType());
    m_bar->setSegments({double(use.weights), double(use.kvCache.value_or(0)), double(use.compute),
                           double(use.reserve)},
        double(use.usable));
    m_terms[0]->setText(sizeToQt(use.weights));
    m_terms[1]->setText(use.kvCache ? sizeToQt(*use.kvCache) : tr("unknown"));
    m_terms[2]->setText(sizeToQt(use.compute));
    m_terms[3]->setText(sizeToQt(use.reserve));
    const QString verdict = use.fits() ? tr("Fits: %1 of %2") : tr("Does not fit: %1 of %2");
    m_fits->setText(use.kvCache
            ? verdict.arg(sizeToQt(use.needed()), sizeToQt(use.usable))
            : tr("Unknown whether it fits: the KV cache of this model is unknown"));
}

std::optional<Budget> DevicePanel::largestBudget()
{
    if (!device() || !m_session.model())
        return std::nullopt;
    const auto budget = budgetForDevice(*device(), m_session.model()->config,
        static_cast<std::uint64_t>(m_context->value()), 1, kvType());
    if (budget)
        return *budget;
    m_fits->setText(errorSentence(budget.error()));
    return std::nullopt;
}

} // namespace bitloupe::ui
