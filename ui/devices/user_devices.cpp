// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/devices/user_devices.h"

#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSettings>

#include <algorithm>
#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double gib = 1073741824.0;
constexpr std::uint64_t leastMemory = std::uint64_t(1) << 28; // 256 MiB
constexpr std::uint64_t mostMemory = std::uint64_t(1) << 46; // 64 TiB
constexpr qsizetype mostDevices = 50;
constexpr std::size_t longestName = 80; // bytes

const QString key = QStringLiteral("devices");

// Whole bytes of a number of GiB; more than any device has for what is none.
std::uint64_t bytesOf(double number)
{
    return std::isfinite(number) && number >= 0 && number <= 65536
        ? static_cast<std::uint64_t>(std::llround(number * gib))
        : mostMemory + 1;
}

} // namespace

QString problemOf(const UserDevice& device)
{
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("bitloupe::ui::UserDevicesModel", text);
    };
    const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (device.name.empty() || device.name.size() > longestName
        || std::any_of(device.name.begin(), device.name.end(), control))
        return tr(QT_TRANSLATE_NOOP("bitloupe::ui::UserDevicesModel",
            "A device needs a name of at most 80 bytes"));
    if (device.totalBytes < leastMemory || device.totalBytes > mostMemory)
        return tr(QT_TRANSLATE_NOOP("bitloupe::ui::UserDevicesModel",
            "Memory is from 0.25 to 65,536 GiB"));
    if (!(device.usableFraction >= 0.1 && device.usableFraction <= 1))
        return tr(QT_TRANSLATE_NOOP("bitloupe::ui::UserDevicesModel",
            "Usable is from 10 to 100 percent"));
    if (device.reserveBytes >= device.totalBytes)
        return tr(QT_TRANSLATE_NOOP("bitloupe::ui::UserDevicesModel",
            "The reserve is less than the memory"));
    return {};
}

QVector<UserDevice> savedDevices()
{
    QSettings settings;
    QVector<UserDevice> devices;
    const int count = std::min(settings.beginReadArray(key), static_cast<int>(mostDevices));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        bool memory = false, reserve = false, usable = false;
        UserDevice one;
        one.name = settings.value(QStringLiteral("name")).toString().toStdString();
        one.totalBytes = settings.value(QStringLiteral("memory")).toULongLong(&memory);
        one.reserveBytes = settings.value(QStringLiteral("reserve")).toULongLong(&reserve);
        one.usableFraction = settings.value(QStringLiteral("usable")).toDouble(&usable);
        const bool twice = std::any_of(devices.begin(), devices.end(),
            [&](const UserDevice& other) { return other.name == one.name; });
        if (memory && reserve && usable && !twice && problemOf(one).isEmpty())
            devices.append(one);
    }
    settings.endArray();
    return devices;
}

void saveDevices(const QVector<UserDevice>& devices)
{
    QSettings settings;
    settings.remove(key);
    settings.beginWriteArray(key, static_cast<int>(devices.size()));
    for (int i = 0; i < devices.size(); ++i) {
        settings.setArrayIndex(i);
        settings.setValue(QStringLiteral("name"), toQt(devices[i].name));
        settings.setValue(QStringLiteral("memory"), quint64(devices[i].totalBytes));
        settings.setValue(QStringLiteral("reserve"), quint64(devices[i].reserveBytes));
        settings.setValue(QStringLiteral("usable"), devices[i].usableFraction);
    }
    settings.endArray();
}

void UserDevicesModel::setDevices(const QVector<UserDevice>& devices)
{
    beginResetModel();
    m_devices = devices;
    endResetModel();
}

bool UserDevicesModel::nameTaken(const std::string& wanted, int except) const
{
    for (int i = 0; i < m_devices.size(); ++i)
        if (i != except && m_devices[i].name == wanted)
            return true;
    return false;
}

int UserDevicesModel::addDevice()
{
    if (m_devices.size() >= mostDevices)
        return -1;
    UserDevice made {{}, std::uint64_t(16) << 30, std::uint64_t(1) << 30, 1};
    for (int number = 1; made.name.empty() || nameTaken(made.name, -1); ++number)
        made.name = tr("My device %1").arg(number).toStdString();
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_devices.append(made);
    endInsertRows();
    return row;
}

void UserDevicesModel::removeDevice(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_devices.remove(row);
    endRemoveRows();
}

int UserDevicesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_devices.size());
}

int UserDevicesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant UserDevicesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const UserDevice& one = m_devices[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    const bool edit = role == Qt::EditRole;
    if (!edit && role != Qt::DisplayRole)
        return {};
    const auto number = [edit](double value) -> QVariant {
        return edit ? QVariant(value) : QVariant(QLocale().toString(value, 'g', 6));
    };
    switch (index.column()) {
    case name: return edit ? toQt(one.name) : nameToQt(one.name);
    case memory: return number(static_cast<double>(one.totalBytes) / gib);
    case usable: return number(one.usableFraction * 100);
    default: return number(static_cast<double>(one.reserveBytes) / gib);
    }
}

QVariant UserDevicesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    const QStringList titles = {tr("Device"), tr("Memory, GiB"), tr("Usable, %"), tr("Reserve, GiB")};
    return titles[section];
}

Qt::ItemFlags UserDevicesModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.isValid() ? usual | Qt::ItemIsEditable : usual;
}

bool UserDevicesModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || index.row() >= rowCount())
        return false;
    UserDevice changed = m_devices[index.row()];
    bool isNumber = true;
    double number = 0;
    if (index.column() == name) {
        changed.name = value.toString().trimmed().toStdString();
    } else if (value.userType() == QMetaType::QString) {
        number = QLocale().toDouble(value.toString().trimmed(), &isNumber);
    } else {
        number = value.toDouble(&isNumber);
    }
    if (!isNumber) {
        emit refused(tr("Expected a number"));
        return false;
    }
    if (index.column() == memory)
        changed.totalBytes = bytesOf(number);
    else if (index.column() == usable)
        changed.usableFraction = number / 100;
    else if (index.column() == reserve)
        changed.reserveBytes = bytesOf(number);
    QString problem = problemOf(changed);
    if (problem.isEmpty() && nameTaken(changed.name, index.row()))
        problem = tr("There is a device of that name");
    if (!problem.isEmpty()) {
        emit refused(problem);
        return false;
    }
    m_devices[index.row()] = changed;
    emit dataChanged(index, index);
    return true;
}

} // namespace bitloupe::ui
