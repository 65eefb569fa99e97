// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of superblocks while they are searched; part of block_kernels.h.
#pragma once

#include "codec/ggml/block_kernels.h"

namespace bitloupe {

/// Two numbers a superblock (in each of its lanes, times `down`), and whole multiples of them.
struct UnitChoice {
    alignas(64) GroupLanes unit {}, offsetUnit {};
    alignas(64) GroupLanes multiples {}, mins {};
    alignas(64) GroupLanes error {};
};

/// The best multiples by the parabola about each group's best, and the error they would have.
void tryUnits(const BlockFormat& format, const BlockLanes& lanes, const LaneFits& wanted,
    UnitChoice& choice);

/// Multiples one up or down where that is better; the errors are exact.
void tryNeighbours(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes,
    UnitChoice& choice);

} // namespace bitloupe
