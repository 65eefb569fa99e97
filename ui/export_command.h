// SPDX-License-Identifier: GPL-3.0-or-later
// The command line that writes the same export without a window.
#pragma once

#include "model/model.h"
#include "plan/plan.h"
#include "probe/moments.h"

#include <QString>

namespace bitloupe::ui {

/// What an export is made with beside its plan.
struct ExportHow {
    QString destination;
    Encoder encoder = Encoder::search;
    ProbeTier tier = ProbeTier::none; // of the probe itself
    QString imatrix {}; // importance file whose inputs stand in for the probe's; empty: none
    std::uint64_t splitBytes = 0; // of data in one file; 0: the target's own way
    bool requantize = false; // what is quantized already may be quantized again
};

/// One line for a POSIX shell, every word quoted as needed. Pins become --set rules that match
/// exactly their decision's name.
QString exportCommand(const Model& model, const TargetProfile& profile, const Plan& plan,
    const ExportHow& how);

/// The number that --target-bpw needs to mean exactly this ceiling of tensor data.
QString bitsPerWeightFor(std::uint64_t dataBytes, std::uint64_t parameters);

/// A proposal for the name of what is made, safe as a file name: "SmolLM2-135M-mlx-4.50bpw" for a
/// folder, the target's own for a file.
QString exportName(const Model& model, const TargetProfile& profile, const Plan& plan);

} // namespace bitloupe::ui
