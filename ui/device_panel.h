// SPDX-License-Identifier: GPL-3.0-or-later
// Does the plan fit a device? Device, context and KV type to choose, each term on its line.
#pragma once

#include "plan/memory.h"
#include "ui/devices/user_devices.h"
#include "ui/session.h"

#include <QVector>
#include <QWidget>

#include <map>
#include <optional>
#include <string>

class QComboBox;
class QLabel;
class QSpinBox;

namespace bitloupe::ui {

class MemoryBar;

class DevicePanel : public QWidget {
    Q_OBJECT
public:
    explicit DevicePanel(const Session& session, QWidget* parent = nullptr);
    void refresh();
    /// Largest budget that fits the chosen device; when there is none the panel says why.
    std::optional<Budget> largestBudget();
    /// Device, context and KV type as a project keeps them; what it does not know stays.
    std::map<std::string, std::string> view() const;
    void setView(const std::map<std::string, std::string>& view);
    void editDevices();

private:
    std::optional<Device> device() const; // with the reserve of the target's client
    KvType kvType() const;
    void fillDevices();

    const Session& m_session;
    QVector<UserDevice> m_own;
    QComboBox *m_device, *m_kvType;
    QSpinBox* m_context;
    MemoryBar* m_bar;
    QVector<QLabel*> m_squares; // colours of the terms
    QVector<QLabel*> m_terms; // values of weights, KV, compute, reserve
    QLabel* m_fits;
};

} // namespace bitloupe::ui
