// SPDX-License-Identifier: GPL-3.0-or-later
// What the program remembers between runs: recent models, the window's shape. No model content.
#pragma once

#include "probe/probe_depth.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QVector>

namespace bitloupe::ui {

struct RecentModel {
    QString path;
    QString name;
    quint64 bytes = 0;
    quint64 parameters = 0;
    QDateTime opened;
    bool isProject() const; // by its ending
};

/// Of project files, with its dot.
extern const QString projectEnding;

/// Models and projects, newest first, at most 12, each path once.
QVector<RecentModel> recentModels();
void rememberRecent(const RecentModel& model);
void forgetRecent(const QString& path);

QByteArray savedGeometry();
QByteArray savedWindowState();
void saveWindow(const QByteArray& geometry, const QByteArray& state);
/// Object names of the docks that the user closed.
QStringList savedHiddenDocks();
void saveHiddenDocks(const QStringList& names);

/// How deep the probe looks; automatic where nothing, or nothing known, was saved.
ProbeDepth savedProbeDepth();
void saveProbeDepth(ProbeDepth depth);

} // namespace bitloupe::ui
