// SPDX-License-Identifier: GPL-3.0-or-later
// Does the plan fit a device? Device, context, sequences and KV type to choose, each term on its
// line; for models with experts a second memory, the RAM that these may stay in.
#pragma once

#include "plan/memory.h"
#include "ui/devices/user_devices.h"
#include "ui/session.h"

#include <QVector>
#include <QWidget>

#include <map>
#include <optional>
#include <string>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QTabBar;

namespace bitloupe::ui {

class MemorySum;

class DevicePanel : public QWidget {
    Q_OBJECT
public:
    explicit DevicePanel(const Session& session, QWidget* parent = nullptr);
    void refresh();
    /// Largest budget that fits the chosen device, with the experts in RAM where they are to be;
    /// when there is none the panel says why.
    std::optional<Budget> largestBudget(bool expertsInRam);
    /// Device, context, sequences, KV type and RAM as a project keeps them.
    std::map<std::string, std::string> view() const;
    /// What it does not know stays as it is; returns one line that says so of the device, or nothing.
    QString setView(const std::map<std::string, std::string>& view);
    void editDevices();
    /// Two memories one behind the other, with tabs, in place of side by side.
    void setCompact(bool compact);
    int compactWidth() const;
    int sideBySideWidth() const; // the same where there is one memory
    QSize minimumSizeHint() const override;

signals:
    void expertsToRam(bool on);
    void expertBudgetEdited(quint64 bytes);

private:
    void buildDevice();
    void buildRam();
    void showSides();
    void markTabs();
    ClientConfig clientConfig() const; // of the open model, as the target's clients take it
    std::optional<Device> device() const; // with the reserve of the target's client
    KvType kvType() const;
    std::uint64_t ramBytes() const;
    std::uint64_t ramReserve() const; // for the system and other programs
    std::uint64_t roomInRam() const { return ramBytes() - ramReserve(); } // for experts
    void fillDevices();
    void showRam(const Planned* planned);

    const Session& m_session;
    QVector<UserDevice> m_own;
    QComboBox *m_device, *m_kvType;
    QSpinBox *m_context, *m_sequences, *m_ram;
    QCheckBox* m_inRam;
    QDoubleSpinBox* m_ramReserve; // gibibytes
    QDoubleSpinBox* m_experts; // their budget, in megabytes
    MemorySum *m_gpuSum, *m_ramSum;
    QTabBar* m_memories; // chooses a side when the panel is compact
    QWidget *m_deviceSide, *m_ramSide;
    bool m_two = false, m_compact = false;
};

} // namespace bitloupe::ui
