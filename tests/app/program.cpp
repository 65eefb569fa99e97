// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/program.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>

#include <csignal>

namespace bitloupe::test {
namespace {

Run resultOf(QProcess& process)
{
    const bool ended =
        process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(),
        process.readAllStandardError()};
}

} // namespace

Program::Program()
    : m_environment(QProcessEnvironment::systemEnvironment())
{
    setEnvironment("HOME", m_folder.path());
    setEnvironment("XDG_CACHE_HOME", path("cache"));
    setEnvironment("BITLOUPE", BITLOUPE_PROGRAM);
    setEnvironment("SAMPLE", samplePath());
}

void Program::setEnvironment(const QString& key, const QString& value)
{
    m_environment.insert(key, value);
}

QString Program::copySample(const QString& name) const
{
    QDir().mkpath(path(name));
    for (const QString& file : QDir(samplePath()).entryList(QDir::Files))
        QFile::copy(samplePath() + '/' + file, path(name) + '/' + file);
    return path(name);
}

void Program::prepare(QProcess& process) const
{
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(m_folder.path());
}

Run Program::run(const QStringList& arguments, int timeoutMs) const
{
    QProcess process;
    prepare(process);
    process.start(BITLOUPE_PROGRAM, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(timeoutMs))
        process.kill();
    process.waitForFinished();
    return resultOf(process);
}

Run Program::shell(const QString& line) const
{
    QProcess process;
    prepare(process);
    process.start("/bin/sh", {"-c", line});
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000))
        process.kill();
    process.waitForFinished();
    return resultOf(process);
}

Run Program::runAndSignal(const QStringList& arguments, const QByteArray& marker, int signal) const
{
    QProcess process;
    prepare(process);
    process.start(BITLOUPE_PROGRAM, arguments);
    process.closeWriteChannel();
    QByteArray seen;
    QElapsedTimer clock;
    clock.start();
    while (!seen.contains(marker) && process.state() != QProcess::NotRunning
        && clock.elapsed() < 120'000) {
        process.waitForReadyRead(100);
        seen += process.readAllStandardError();
    }
    const bool marked = seen.contains(marker) && process.state() != QProcess::NotRunning;
    kill(static_cast<pid_t>(process.processId()), marked ? signal : SIGKILL);
    process.waitForFinished();
    Run run = resultOf(process);
    run.err.prepend(seen);
    if (!marked)
        run.code = -1;
    return run;
}

QString samplePath() { return QStringLiteral(BITLOUPE_SOURCE_DIR "/resources/sample"); }

QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray treeBytes(const QString& directory)
{
    QStringList names;
    QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext())
        names << QDir(directory).relativeFilePath(files.next());
    names.sort();
    QByteArray all;
    for (const QString& name : names)
        all += name.toUtf8() + '\0' + fileBytes(directory + '/' + name);
    return all;
}

} // namespace bitloupe::test
