// SPDX-License-Identifier: GPL-3.0-or-later
// What an export target is: a row of a table.
#pragma once

#include "export/weight_files.h"
#include "job/job.h"
#include "model/model.h"
#include "plan/memory.h"
#include "plan/plan.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bitloupe {

struct ProfileOptions {
    bool force = false; // export what the target cannot settle as far as it goes: names it does
                        // not know, a tokenizer it cannot write
    std::optional<DType> floatType {}; // of what stays unquantized, where the target lets one
                                       // choose: F32, F16, BF16
    std::uint64_t splitBytes = 0; // of data in one file; 0: the target's own limit
    bool requantize = false; // weights that lost something already may be encoded again
};

/// A mix of codecs under a name that others know: an option for each decision.
struct NamedMix {
    std::string_view name;
    std::vector<std::uint16_t> choice;
};

struct ExportTarget {
    std::string_view id; // "mlx"
    std::string_view title; // "MLX"
    std::string_view clients; // "Apple silicon, mlx-lm"
    bool isFolder = true; // weights with files beside them; else files alone
    /// Errors: alreadyQuantized, unsupported (architecture named).
    Result<TargetProfile> (*profile)(const Model& model, const ProfileOptions& options);
    /// config.json of a folder; `choice` indexes each decision's options. Null for files.
    Result<std::string> (*config)(const Model& model, const TargetProfile& profile,
        std::span<const std::uint16_t> choice);
    /// Where every byte goes. `name` is that of the output.
    Result<WeightFiles> (*layout)(const Model& model, const TargetProfile& profile,
        std::span<const std::uint16_t> choice, const std::string& name);
    /// What a client would stumble over in the written files, beside the weights; null: nothing is
    /// known.
    std::vector<std::string> (*problems)(const Model& written);
    /// A name for the output that a choice of options makes. Null: the folder's name is free.
    std::string (*fileName)(const Model& model, const TargetProfile& profile,
        std::span<const std::uint16_t> choice);
    /// Mixes that the client's own quantizer makes, to compare plans with. Null: it has none.
    std::vector<NamedMix> (*mixes)(const TargetProfile& profile);
    /// What the client leaves free of a device's memory unless it is told otherwise.
    std::uint64_t reserveBytes = 0;
};
std::span<const ExportTarget> exportTargets();
const ExportTarget* findExportTarget(std::string_view id);

/// The device with the reserve of the target's client, where the table has none: that of cards is
/// as large, and boards have no GPU to be fitted into.
Device deviceFor(const ExportTarget& target, const Device& device);

/// Like the target's profile, but for looking only: models that cannot be exported get one made
/// of identical names, so that a plan can still be studied.
TargetProfile profileForViewing(const ExportTarget& target, const Model& model);

} // namespace bitloupe
