// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/job_notices.h"

#include "ui/qt_text.h"

#include <QGuiApplication>

#ifdef BITLOUPE_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#endif

namespace bitloupe::ui {
namespace {

constexpr double longJobSeconds = 10;

} // namespace

void sendDesktopNotice(const QString& title, const QString& text)
{
#ifdef BITLOUPE_DBUS
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    // The desktop notifications specification, version 1.2: Notify.
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"),
        QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    call << QStringLiteral("Bitloupe") << 0U << QStringLiteral("bitloupe") << title
         << text.toHtmlEscaped() << QStringList() << QVariantMap() << -1;
    bus.call(call, QDBus::NoBlock);
#else
    Q_UNUSED(title)
    Q_UNUSED(text)
#endif
}

JobNotices::JobNotices(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_send(sendDesktopNotice)
    , m_inBackground([] { return QGuiApplication::applicationState() != Qt::ApplicationActive; })
    , m_longSeconds(longJobSeconds)
    , m_before(session.state())
{
    connect(&session, &Session::stateChanged, this, &JobNotices::stateChanged);
}

void JobNotices::stateChanged()
{
    using State = Session::State;
    const State now = m_session.state();
    if (now == State::analysing && m_before != State::analysing)
        m_analysing.start();
    if (m_before == State::analysing && now == State::ready && m_session.model())
        say(tr("%1 is analysed.").arg(nameToQt(m_session.model()->name, 80)),
            double(m_analysing.elapsed()) / 1e3);
    m_before = now;
}

void JobNotices::exported(bool written, double seconds)
{
    say(written ? tr("The export is written and verified.") : tr("The export failed."), seconds);
}

void JobNotices::say(const QString& text, double seconds)
{
    if (seconds >= m_longSeconds && m_inBackground())
        m_send(tr("Bitloupe"), text);
}

} // namespace bitloupe::ui
