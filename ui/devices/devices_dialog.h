// SPDX-License-Identifier: GPL-3.0-or-later
// Edits the devices that a person added; saves them when it is accepted.
#pragma once

#include "ui/devices/user_devices.h"

#include <QDialog>

class QLabel;
class QTreeView;

namespace bitloupe::ui {

class DevicesDialog : public QDialog {
    Q_OBJECT
public:
    explicit DevicesDialog(QWidget* parent = nullptr);
    UserDevicesModel& model() { return *m_model; }
    void accept() override;

private:
    UserDevicesModel* m_model;
    QTreeView* m_list;
    QLabel* m_problem;
};

} // namespace bitloupe::ui
