// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings.h"

#include "ui/qt_text.h"

#include <QSettings>

#include <algorithm>

namespace bitloupe::ui {
namespace {

constexpr int mostRecent = 12;

void store(const QVector<RecentModel>& models)
{
    QSettings settings;
    settings.beginWriteArray(QStringLiteral("recent"), static_cast<int>(models.size()));
    for (int i = 0; i < models.size(); ++i) {
        settings.setArrayIndex(i);
        settings.setValue(QStringLiteral("path"), models[i].path);
        settings.setValue(QStringLiteral("name"), models[i].name);
        settings.setValue(QStringLiteral("bytes"), models[i].bytes);
        settings.setValue(QStringLiteral("parameters"), models[i].parameters);
        settings.setValue(QStringLiteral("opened"), models[i].opened);
    }
    settings.endArray();
}

} // namespace

const QString projectEnding = QStringLiteral(".bitloupe");

bool RecentModel::isProject() const { return path.endsWith(projectEnding, Qt::CaseInsensitive); }

QVector<RecentModel> recentModels()
{
    QSettings settings;
    QVector<RecentModel> models;
    const int count = std::min(settings.beginReadArray(QStringLiteral("recent")), mostRecent);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        models.append({settings.value(QStringLiteral("path")).toString(),
            settings.value(QStringLiteral("name")).toString(),
            settings.value(QStringLiteral("bytes")).toULongLong(),
            settings.value(QStringLiteral("parameters")).toULongLong(),
            settings.value(QStringLiteral("opened")).toDateTime()});
    }
    settings.endArray();
    return models;
}

void rememberRecent(const RecentModel& model)
{
    QVector<RecentModel> models = recentModels();
    models.removeIf([&](const RecentModel& one) { return one.path == model.path; });
    models.prepend(model);
    if (models.size() > mostRecent)
        models.resize(mostRecent);
    store(models);
}

void forgetRecent(const QString& path)
{
    QVector<RecentModel> models = recentModels();
    models.removeIf([&](const RecentModel& one) { return one.path == path; });
    store(models);
}

ProbeDepth savedProbeDepth()
{
    const QString name = QSettings().value(QStringLiteral("probe/depth")).toString();
    return findProbeDepth(name.toStdString()).value_or(ProbeDepth::automatic);
}

void saveProbeDepth(ProbeDepth depth)
{
    QSettings().setValue(QStringLiteral("probe/depth"), toQt(probeDepthName(depth)));
}

QByteArray savedGeometry() { return QSettings().value(QStringLiteral("window/geometry")).toByteArray(); }

QByteArray savedWindowState()
{
    return QSettings().value(QStringLiteral("window/state")).toByteArray();
}

void saveWindow(const QByteArray& geometry, const QByteArray& state)
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), geometry);
    settings.setValue(QStringLiteral("window/state"), state);
}

QStringList savedHiddenDocks()
{
    return QSettings().value(QStringLiteral("window/hiddenDocks")).toStringList();
}

void saveHiddenDocks(const QStringList& names)
{
    QSettings().setValue(QStringLiteral("window/hiddenDocks"), names);
}

} // namespace bitloupe::ui
