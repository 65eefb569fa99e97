// SPDX-License-Identifier: GPL-3.0-or-later
// What config.json says, as far as it makes sense: every number checked for type and range; an
// absent or senseless one is empty, never a guess. Tensors win over the configuration.
#pragma once

#include "model/block_facts.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

enum class LayerKind : std::uint8_t { full, sliding, linear };

struct ConfigFacts {
    bool present = false;
    std::string modelType; // of text_config when nested
    std::string outerModelType; // differs from modelType for multimodal wrappers
    std::vector<std::string> architectures;
    std::string torchDtype; // torch_dtype or dtype
    std::optional<std::int64_t> hiddenSize, intermediateSize, layers, heads, kvHeads, headDim,
        vocabSize, maxPositions, slidingWindow, experts, expertsPerToken, kvLoraRank,
        qkRopeHeadDim,
        valueHeadDim; // where values have another size than keys, whose headDim is then
    std::vector<std::int64_t> kvHeadsPerLayer; // when an array
    std::vector<LayerKind> layerKinds; // empty: all full
    std::optional<bool> tiedEmbeddings;
    std::string contradiction; // the first number that the tensors show to be wrong; else empty
    BlockFacts blocks;
    bool fp8 = false; // FP8 weights have scales: quantization_config says so, or a tensor has
    std::optional<std::array<std::uint64_t, 2>> fp8BlockSize; // rows, columns
};

} // namespace bitloupe
