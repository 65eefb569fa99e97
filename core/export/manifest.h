// SPDX-License-Identifier: GPL-3.0-or-later
// bitloupe-manifest.json: what was decided for every tensor, why, and what came of it. Nothing in
// it depends on clock, host, path or thread count.
#pragma once

#include "export/export_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

inline constexpr std::string_view manifestName = "bitloupe-manifest.json";

/// Name of the manifest that lies beside an exported file "NAME.gguf" or a set of files
/// "NAME-00001-of-00004.gguf": "NAME.bitloupe.json".
std::filesystem::path manifestFileFor(const std::filesystem::path& exported);

struct ManifestInput {
    const Model& model;
    const TargetProfile& profile;
    const Evidence& evidence;
    const Plan& plan;
    const ExportOptions& options;
    const ExportReport& report; // files and checks filled
};

/// Schema "bitloupe-manifest/1".
std::string manifestText(const ManifestInput& input);

/// What verification needs of a manifest.
struct ReadManifest {
    struct DecisionRecord {
        std::string name;
        std::string codec;
        Encoder encoder = Encoder::search;
        std::string fallback; // why not the encoder asked for
        double nrmsePlanned = unknownValue, plannedBound = 0;
        double nrmse = unknownValue; // as found after writing
    };
    std::string sourceDigest;
    std::vector<WrittenFile> files;
    std::vector<WrittenFile> sourceFiles;
    std::vector<DecisionRecord> decisions;
};
/// Errors: badJson; unsupported for another schema.
Result<ReadManifest> readManifest(std::string_view text);

} // namespace bitloupe
