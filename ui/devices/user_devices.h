// SPDX-License-Identifier: GPL-3.0-or-later
// Devices that a person added to the table: kept in the settings, checked when they are read.
#pragma once

#include "plan/memory.h"

#include <QAbstractTableModel>
#include <QString>
#include <QVector>

namespace bitloupe::ui {

struct UserDevice {
    std::string name;
    std::uint64_t totalBytes = 0;
    std::uint64_t reserveBytes = 0;
    double usableFraction = 1; // of unified memory, what the GPU may have

    /// Valid while this device is.
    Device device() const { return {name, name, totalBytes, usableFraction, reserveBytes}; }
    friend bool operator==(const UserDevice&, const UserDevice&) = default;
};

/// What is wrong with it, one sentence; empty: nothing.
QString problemOf(const UserDevice& device);

/// Those that make sense, each name once, at most 50; whatever else is in the settings is left out.
QVector<UserDevice> savedDevices();
void saveDevices(const QVector<UserDevice>& devices);

/// Rows to edit. Values that make no sense are refused and said.
class UserDevicesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { name, memory, usable, reserve, columns };
    using QAbstractTableModel::QAbstractTableModel;

    const QVector<UserDevice>& devices() const { return m_devices; }
    void setDevices(const QVector<UserDevice>& devices);
    int addDevice(); // row of the new one; -1: there are too many
    void removeDevice(int row);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    void refused(const QString& sentence);

private:
    bool nameTaken(const std::string& wanted, int except) const;

    QVector<UserDevice> m_devices;
};

} // namespace bitloupe::ui
