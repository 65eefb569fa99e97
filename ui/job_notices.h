// SPDX-License-Identifier: GPL-3.0-or-later
// Says on the desktop that a long job is done, when nobody looks at the window. Where the desktop
// has no place for that, nothing happens.
#pragma once

#include "ui/session.h"

#include <functional>

namespace bitloupe::ui {

class JobNotices : public QObject {
    Q_OBJECT
public:
    using Send = std::function<void(const QString& title, const QString& text)>;

    explicit JobNotices(Session& session, QObject* parent = nullptr);
    /// An export of so many seconds ended.
    void exported(bool written, double seconds);
    /// For tests: what sends, whether nobody looks, and how long a long job is.
    void setSend(Send send) { m_send = std::move(send); }
    void setInBackground(std::function<bool()> asked) { m_inBackground = std::move(asked); }
    void setLongSeconds(double seconds) { m_longSeconds = seconds; }

private:
    void stateChanged();
    void say(const QString& text, double seconds);

    Session& m_session;
    Send m_send;
    std::function<bool()> m_inBackground;
    double m_longSeconds;
    Session::State m_before;
    QElapsedTimer m_analysing;
};

/// Sends over the session's message bus; silent where there is none.
void sendDesktopNotice(const QString& title, const QString& text);

} // namespace bitloupe::ui
