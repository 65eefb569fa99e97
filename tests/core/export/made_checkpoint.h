// SPDX-License-Identifier: GPL-3.0-or-later
// Small Hugging Face folders for the export tests, with weights from a fixed formula.
#pragma once

#include "export/export_model.h"
#include "model/open.h"
#include "plan/solve.h"

#include <QTemporaryDir>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bitloupe::tests {

struct MadeTensor {
    std::string name;
    Shape shape;
    DType dtype = DType::BF16;
    std::function<float(std::uint64_t index)> value {}; // empty: a spread of small numbers
};

/// Writes model.safetensors and config.json (plus an empty tokenizer.json) into a new folder.
void writeCheckpoint(const std::filesystem::path& folder, const std::string& config,
    const std::vector<MadeTensor>& tensors);

std::string llamaConfig(bool tied = false);
/// Two layers, hidden 64, feed-forward 128, vocabulary 96; with a head unless `tied`.
std::vector<MadeTensor> llamaTensors(bool tied = false);

/// A checkpoint in a temporary folder, opened, with its MLX profile and a plan.
class Bench {
public:
    Bench();
    std::filesystem::path path(const std::string& name) const;
    /// Opens what is in path("source"). False when something failed; see `problem`.
    bool open(
        const std::string& config, const std::vector<MadeTensor>& tensors, bool force = false);
    /// Plan in which every decision that can takes `codecName`, the others keep floats.
    bool planAll(const std::string& codecName);
    Result<ExportReport> exportTo(const std::string& name, const ExportOptions& options = {},
        const Job& job = {});
    const Decision* decision(const std::string& name) const;

    std::shared_ptr<const Model> model;
    TargetProfile profile;
    Evidence evidence;
    Plan plan;
    std::string problem;

private:
    QTemporaryDir m_directory;
};

std::string readText(const std::filesystem::path& path);
/// Concatenated content of all files below a folder, each after its name.
std::string folderContent(const std::filesystem::path& folder);

} // namespace bitloupe::tests
