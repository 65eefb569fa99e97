// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/devices/devices_dialog.h"
#include "ui/device_panel.h"
#include "ui/ready_session.h"
#include "ui/sample_window.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QSettings>
#include <QSignalSpy>

using namespace bitloupe;
using namespace bitloupe::ui;

class TestUserDevices : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        test::useTestSettings("tst_user_devices");
        QLocale::setDefault(QLocale::c());
    }
    void init() { QSettings().clear(); }
    void devices_are_kept();
    void what_makes_no_sense_is_left_out_when_read();
    void edits_that_make_no_sense_are_refused_and_said();
    void number_of_devices_is_bounded();
    void panel_offers_them_and_budgets_for_them();
};

void TestUserDevices::devices_are_kept()
{
    const QVector<UserDevice> devices
        = {{"Büro, 2 x RTX", 51539607552ULL, 1073741824ULL, 1}, {"Laptop", 17179869184ULL, 0, .67}};
    saveDevices(devices);
    QVERIFY(savedDevices() == devices);
    saveDevices({});
    QVERIFY(savedDevices().isEmpty());
}

void TestUserDevices::what_makes_no_sense_is_left_out_when_read()
{
    QVector<UserDevice> devices = {{"good", 1ULL << 34, 0, 1}, {"good", 1ULL << 35, 0, 1},
        {"", 1ULL << 34, 0, 1}, {"tiny", 1, 0, 1}, {"all reserved", 1ULL << 34, 1ULL << 34, 1},
        {"share", 1ULL << 34, 0, 1.5}, {"line\nbreak", 1ULL << 34, 0, 1},
        {std::string(200, 'x'), 1ULL << 34, 0, 1}};
    saveDevices(devices);
    QSettings settings;
    settings.beginWriteArray(QStringLiteral("devices"));
    settings.setArrayIndex(8);
    settings.setValue(QStringLiteral("name"), QStringLiteral("text"));
    settings.setValue(QStringLiteral("memory"), QStringLiteral("lots"));
    settings.endArray();
    const QVector<UserDevice> read = savedDevices();
    QCOMPARE(read.size(), 1);
    QCOMPARE(read.first().totalBytes, std::uint64_t(1) << 34);
}

void TestUserDevices::edits_that_make_no_sense_are_refused_and_said()
{
    UserDevicesModel model;
    QAbstractItemModelTester tester(&model);
    QSignalSpy refused(&model, &UserDevicesModel::refused);
    QCOMPARE(model.addDevice(), 0);
    QCOMPARE(model.addDevice(), 1);
    const auto set = [&](int column, const QVariant& value) {
        return model.setData(model.index(0, column), value, Qt::EditRole);
    };
    QVERIFY(set(UserDevicesModel::name, QStringLiteral(" Workstation ")));
    QCOMPARE(model.devices()[0].name, std::string("Workstation"));
    QVERIFY(set(UserDevicesModel::memory, QStringLiteral("23.5")));
    QCOMPARE(model.devices()[0].totalBytes, std::uint64_t(23.5 * 1073741824));
    QVERIFY(set(UserDevicesModel::reserve, 0.5));
    QCOMPARE(refused.size(), 0);
    for (const auto& [column, value] : std::initializer_list<std::pair<int, QVariant>> {
             {UserDevicesModel::name, QString()}, {UserDevicesModel::name, QStringLiteral("My device 2")},
             {UserDevicesModel::memory, QStringLiteral("24 GB")}, {UserDevicesModel::memory, -1},
             {UserDevicesModel::memory, 1e300}, {UserDevicesModel::memory, 0.1},
             {UserDevicesModel::reserve, 24}, {UserDevicesModel::reserve, -1},
             {UserDevicesModel::reserve, 65537},
             {UserDevicesModel::usable, 0}, {UserDevicesModel::usable, 101}}) {
        const auto before = model.devices();
        const auto said = refused.size();
        QVERIFY(!set(column, value));
        QVERIFY(model.devices() == before);
        QCOMPARE(refused.size(), said + 1);
    }
    model.removeDevice(0);
    QCOMPARE(model.rowCount(), 1);
}

void TestUserDevices::number_of_devices_is_bounded()
{
    UserDevicesModel model;
    int added = 0;
    while (model.addDevice() >= 0)
        ++added;
    QCOMPARE(added, 50);
}

void TestUserDevices::panel_offers_them_and_budgets_for_them()
{
    saveDevices({{"Mine", 1ULL << 34, 1ULL << 30, 1}});
    test::ReadySession session;
    QVERIFY(session.openAndWait());
    DevicePanel panel(session);
    panel.setView({{"device", "own/Mine"}, {"context", "1024"}, {"kv_type", "q8_0"}});
    QCOMPARE(panel.view().at("device"), std::string("own/Mine"));
    QCOMPARE(panel.view().at("context"), std::string("1024"));
    const auto budget = panel.largestBudget(false);
    QVERIFY(budget);
    QVERIFY(budget->bytes < 15ULL << 30);
    QVERIFY(budget->bytes > 13ULL << 30);
    panel.setView({{"device", "no such thing"}, {"context", "-5"}, {"kv_type", "q1"}});
    QCOMPARE(panel.view().at("device"), std::string("own/Mine"));
    QCOMPARE(panel.view().at("context"), std::string("1024"));
}

QTEST_MAIN(TestUserDevices)
#include "tst_user_devices.moc"
