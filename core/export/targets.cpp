// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/config_check.h"
#include "export/export_target.h"
#include "export/gguf_target.h"
#include "export/mlx_config.h"
#include "export/mlx_target.h"

namespace bitloupe {
namespace {

Result<WeightFiles> safetensorsFiles(const Model&, const TargetProfile& profile,
    std::span<const std::uint16_t> choice, const std::string&)
{
    return layoutWeightFiles(profile, choice);
}

constexpr std::uint64_t llamaReserve = std::uint64_t {1} << 30; // of llama.cpp's --fit

constexpr ExportTarget targets[] = {
    {"mlx", "MLX", "Apple silicon, mlx-lm", true, mlxProfile, mlxConfig, safetensorsFiles,
        mlxConfigProblems, nullptr, nullptr, 0},
    {"gguf", "GGUF", "llama.cpp, Ollama, LM Studio", false, ggufProfile, nullptr, ggufWeightFiles,
        nullptr, ggufFileName, ggufMixes, llamaReserve},
};

} // namespace

std::span<const ExportTarget> exportTargets() { return targets; }

const ExportTarget* findExportTarget(std::string_view id)
{
    for (const ExportTarget& target : targets)
        if (target.id == id)
            return &target;
    return nullptr;
}

Device deviceFor(const ExportTarget& target, const Device& device)
{
    Device left = device;
    if (left.reserveBytes == 0)
        left.reserveBytes = target.reserveBytes;
    return left;
}

TargetProfile profileForViewing(const ExportTarget& target, const Model& model)
{
    auto profile = target.profile(model, {});
    if (profile)
        return std::move(*profile);
    TargetProfile viewing = mlxViewingProfile(model);
    viewing.targetId = target.id;
    viewing.notes.insert(viewing.notes.begin(), "View only: " + profile.error().message());
    return viewing;
}

} // namespace bitloupe
