// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a piece of work once with each Highway target that is compiled in and that this machine has.
#pragma once

#include "numeric/simd_targets.h"

#include <hwy/targets.h>

namespace bitloupe::testing {

/// work(name of the target), from the widest vectors to plain scalars.
template <typename Work>
void forEachHighwayTarget(const Work& work)
{
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        hwy::GetChosenTarget().Update(target);
        work(hwy::TargetName(target));
    }
    hwy::GetChosenTarget().DeInit();
}

} // namespace bitloupe::testing
