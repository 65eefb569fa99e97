// SPDX-License-Identifier: GPL-3.0-or-later
// The vector kernels behind the block encoders; each works on up to 16 groups of a row at a time,
// whole superblocks where groups share numbers. Products and sums are rounded one by one and lanes
// are added in a fixed order, so that every Highway target gives the same bits.
#pragma once

#include "codec/affine_kernels.h"
#include "codec/ggml/block_format.h"

namespace bitloupe {

using GroupLanes = std::array<float, affineBlockGroups>;

/// What up to 16 groups are decoded with, one group a lane.
struct BlockGrids {
    alignas(64) GroupLanes scale {}, offset {}; // value = scale * level + offset
    alignas(64) GroupLanes unit {}, offsetUnit {}; // numbers of f16: d; m or dmin
};

/// Groups side by side: value j of group i at [16 * j + i]. A superblock whose magnitudes are far
/// from 1 is worked on after multiplication by a power of two, `down`.
struct BlockLanes {
    std::size_t groupSize = 0;
    alignas(64) std::array<float, 32 * affineBlockGroups> values, weights;
    alignas(64) GroupLanes low {}, high {}; // times `down`
    alignas(64) GroupLanes up {}, down {};
    alignas(64) GroupLanes totalWeight {};
    alignas(64) GroupLanes aboveZero {}; // 1 where the offsets of a superblock are positive
};

/// Grids of the lanes (times `down`), their error, and the sums that tell where it would be less:
/// of levels q and residuals r, weighted.
struct LaneFits {
    alignas(64) GroupLanes scale {}, offset {};
    alignas(64) GroupLanes error {}, q {}, qq {}, r {}, rq {};
};

/// How hard to search.
enum class BlockEffort : std::uint8_t { quick, thorough };

/// `weights` has one number a value, or is null.
void loadLanes(const BlockFormat& format, const float* values, const float* weights,
    std::size_t groups, BlockLanes& lanes);

/// Error and sums of the grids as they are.
void measureLanes(const BlockFormat& format, const BlockLanes& lanes, LaneFits& fits);

/// The best scale and offset of each group by itself: numbers of f16 where groups share nothing.
void fitGroups(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes,
    LaneFits& fits);

/// From the best of each group to grids that the superblocks can hold.
void fitSuperblocks(const BlockFormat& format, BlockEffort effort, const BlockLanes& lanes,
    const LaneFits& wanted, LaneFits& fits, BlockGrids& grids);

/// Gives each value the code whose decoded value is nearest and adds up the errors.
void assignLevels(const BlockFormat& format, const BlockGrids& grids, const float* values,
    const float* weights, std::size_t groups, std::uint8_t* codes, AffineErrors& errors);

/// What `encoder` decodes the groups with; `feedback` is as `search`, which on no block is worse
/// than `round` under the weights.
void chooseGrids(const BlockFormat& format, Encoder encoder, const float* values,
    const float* weights, std::size_t groups, BlockGrids& grids);

} // namespace bitloupe
