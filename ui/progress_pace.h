// SPDX-License-Identifier: GPL-3.0-or-later
// How fast bytes go by, in words. Knows no clock: the seconds are given.
#pragma once

#include <QCoreApplication>
#include <QString>

namespace bitloupe::ui {

class ProgressPace {
    Q_DECLARE_TR_FUNCTIONS(bitloupe::ui::ProgressPace)
public:
    /// From here on; what was done before does not count for the rate.
    void restart(quint64 done, double seconds);
    /// "1.5 MB of 6.6 MB, 1.9 GB/s, 0:23 left"; the bytes alone until a rate means something.
    QString text(quint64 done, quint64 total, double seconds) const;

private:
    quint64 m_startBytes = 0;
    double m_startSeconds = 0;
};

} // namespace bitloupe::ui
