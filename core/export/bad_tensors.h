// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices with NaN or infinity, which no codes can hold, set aside before a plan is made.
#pragma once

#include "model/model.h"
#include "plan/plan.h"

#include <memory>
#include <string>
#include <vector>

namespace bitloupe {

struct BadTensors {
    std::vector<Rule> pins; // one for each decision that holds such a value: kept as floats
    std::vector<std::string> notes; // one sentence each, naming it
};

/// The decisions that could be quantized but for a NaN or an infinity in them.
/// Errors: ioRead, changedOnDisk, badWeights (numbers that cannot be decoded), cancelled.
/// Cost: one read of the matrices; phase "checking".
Result<BadTensors> findBadTensors(
    const std::shared_ptr<const Model>& model, const TargetProfile& profile, const Job& job);

/// What is said of one that is kept.
std::string badTensorNote(const Decision& decision);

} // namespace bitloupe
