// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the real program in a home of its own and holds what it said.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace bitloupe::test {

struct Run {
    int code = -1; // -1: did not end by itself
    QByteArray out;
    QByteArray err;
};

/// A folder for one test's files, with a cache of its own for the program. Single-thread.
class Program {
public:
    Program();

    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// A copy of the sample model's directory under that name.
    QString copySample(const QString& name) const;
    void setEnvironment(const QString& key, const QString& value);

    Run run(const QStringList& arguments, int timeoutMs = 120'000) const;
    /// Runs a line of shell; $BITLOUPE is the program, $SAMPLE the sample's copy in the sources.
    Run shell(const QString& line) const;
    /// Starts the program, waits until its standard error holds `marker`, sends the signal.
    /// Code -1 when the marker never came.
    Run runAndSignal(const QStringList& arguments, const QByteArray& marker, int signal) const;

private:
    void prepare(QProcess& process) const;
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

/// resources/sample of the source tree.
QString samplePath();

QByteArray fileBytes(const QString& path);
bool writeFile(const QString& path, const QByteArray& bytes);

/// Names and contents of all files below a directory, in order of name: equal for equal trees.
QByteArray treeBytes(const QString& directory);

} // namespace bitloupe::test
