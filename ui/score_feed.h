// SPDX-License-Identifier: GPL-3.0-or-later
// Scores on their way from the threads that measure to the window and to the planner.
#pragma once

#include "measure/analysis.h"

#include <mutex>
#include <utility>
#include <vector>

namespace bitloupe::ui {

/// Two readers, each of which gets every score once. Thread-safe.
class ScoreFeed {
public:
    using Scores = std::vector<std::pair<TensorId, TensorScore>>;

    void add(TensorId tensor, const TensorScore& score)
    {
        const std::lock_guard lock(m_mutex);
        m_forWindow.emplace_back(tensor, score);
        m_forPlanner.emplace_back(tensor, score);
    }
    Scores takeForWindow() { return take(m_forWindow); }
    Scores takeForPlanner() { return take(m_forPlanner); }

private:
    Scores take(Scores& from)
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(from, {});
    }

    std::mutex m_mutex;
    Scores m_forWindow, m_forPlanner;
};

} // namespace bitloupe::ui
