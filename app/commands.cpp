// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <array>

namespace bitloupe {
namespace {

constexpr auto table = std::to_array<Command>({
    {"inspect", "MODEL", "Say what a model holds, from its headers alone", noOptions, runInspect},
    {"analyze", "MODEL", "Measure every tensor: scores, spectra, error at each width",
        analysisOptions | outputFileOption | saveImatrixOption, runAnalyze},
    {"plan", "MODEL", "Choose a codec for each tensor under a budget",
        analysisOptions | outputFileOption | planOptions | recipeOptions, runPlan},
    {"export", "MODEL", "Write the quantized model into a new directory or file, and verify it",
        analysisOptions | outputDirectoryOption | planOptions | exportOptions, runExport},
    {"verify", "DIR", "Check an exported directory, and compare it with its source", sourceOption,
        runVerify},
    {"presets", "", "List devices, targets, codecs, metrics and strategies", noOptions, runPresets},
});

} // namespace

std::span<const Command> commands() { return table; }

} // namespace bitloupe
