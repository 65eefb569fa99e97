// SPDX-License-Identifier: GPL-3.0-or-later
// What the program remembers between runs: recent models, the window's shape. No model content.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QVector>

namespace bitloupe::ui {

struct RecentModel {
    QString path;
    QString name;
    quint64 bytes = 0;
    quint64 parameters = 0;
    QDateTime opened;
};

/// Newest first, at most 12, each path once.
QVector<RecentModel> recentModels();
void rememberRecent(const RecentModel& model);
void forgetRecent(const QString& path);

QByteArray savedGeometry();
QByteArray savedWindowState();
void saveWindow(const QByteArray& geometry, const QByteArray& state);

} // namespace bitloupe::ui
