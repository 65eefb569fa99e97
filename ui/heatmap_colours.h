// SPDX-License-Identifier: GPL-3.0-or-later
// What the heatmap's colours can show: what every model has, and bits beside plans that come and go.
#pragma once

#include "ui/heatmap_builder.h"
#include "ui/views/scale_editor.h"

#include <functional>

namespace bitloupe::ui {

/// A plan that bits can be shown beside.
struct PlanBeside {
    QString title;
    /// Its option for every decision; empty when it is none for the profile. On any thread.
    std::function<std::vector<std::uint16_t>(const TargetProfile&)> choice;
};

/// Single-thread.
class HeatmapColours {
public:
    struct Entry {
        ColourChoice choice;
        ColourRange range; // ends that were asked for
        PlanBeside plan; // of bitsOverPlan
        std::shared_ptr<const TargetProfile> otherOf; // whose options `choice.other` are
    };

    HeatmapColours();

    const QVector<Entry>& entries() const { return m_entries; }
    const Entry& current() const { return m_entries[m_current]; }
    Entry& current() { return m_entries[m_current]; }
    int currentIndex() const { return m_current; }
    void setCurrent(int index) { m_current = index; }
    /// Replaces the plans. The current entry stays if it is still there, else it is the uniform plan's.
    void offer(const std::vector<PlanBeside>& plans);
    /// The first of a kind.
    int find(ColourChoice::Kind kind) const;

private:
    QVector<Entry> m_entries;
    int m_current = 0;
};

} // namespace bitloupe::ui
