// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/progress_pace.h"

#include "ui/qt_text.h"

namespace bitloupe::ui {
namespace {

constexpr double noiseSeconds = 0.3; // rates before that say nothing

// "0:23", "1:02:03".
QString timeText(double seconds)
{
    const auto whole = static_cast<qint64>(seconds + 0.5);
    const auto twoDigits = [](qint64 value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    const qint64 minutes = whole / 60;
    const QString tail = QLatin1Char(':') + twoDigits(whole % 60);
    return minutes < 60 ? QString::number(minutes) + tail
                        : QStringLiteral("%1:").arg(minutes / 60) + twoDigits(minutes % 60) + tail;
}

} // namespace

void ProgressPace::restart(quint64 done, double seconds)
{
    m_startBytes = done;
    m_startSeconds = seconds;
}

QString ProgressPace::text(quint64 done, quint64 total, double seconds) const
{
    const QString bytes = tr("%1 of %2").arg(sizeToQt(done), sizeToQt(total));
    const double passed = seconds - m_startSeconds;
    if (passed < noiseSeconds || done <= m_startBytes || done > total)
        return bytes;
    const double rate = double(done - m_startBytes) / passed;
    return bytes
        + tr(", %1/s, %2 left")
              .arg(sizeToQt(static_cast<quint64>(rate)), timeText(double(total - done) / rate));
}

} // namespace bitloupe::ui
