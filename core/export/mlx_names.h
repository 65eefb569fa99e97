// SPDX-License-Identifier: GPL-3.0-or-later
// Names of a checkpoint's tensors in an MLX directory, per architecture: what mlx-lm's own
// renaming leads to, with experts stacked. Names only; sizes and codecs are the target's.
#pragma once

#include "model/model.h"
#include "plan/target_profile.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

/// How the client finds the output head.
enum class HeadRule : std::uint8_t {
    byConfig, // tie_word_embeddings decides
    required, // always a matrix of its own
    tied, // always the embedding
    byPresence, // tied when the files have no head
};

enum class ExpertNames : std::uint8_t {
    none,
    mlp, // mlp.experts.N.{gate,up,down}_proj
    blockSparse, // block_sparse_moe.experts.N.{w1,w3,w2}
    interleaved, // mlp.experts.gate_up_proj, gate and up rows alternating, kernels [in, out]
    halvesTransposed, // feed_forward.experts.gate_up_proj [E, in, gate then up]
    inputOutput, // block_sparse_moe.input_linear [E, gate then up, in], output_linear
};

struct MlxArchitecture {
    std::string_view modelType; // model_type at the top of config.json
    HeadRule head = HeadRule::byConfig;
    ExpertNames experts = ExpertNames::none;
    bool wrapper = false; // text model below "language_model."; its vision part is not stored
    bool dropsLaterLayers = false; // layers from num_hidden_layers on (token prediction) go
    std::string_view refusal = {}; // why it cannot be exported, one sentence; else empty
};

/// TABLE of architectures whose names are known.
std::span<const MlxArchitecture> mlxArchitectures();
const MlxArchitecture* findMlxArchitecture(std::string_view modelType);

/// One output tensor (or one slab of it) that a source tensor becomes.
struct MlxPart {
    std::string tensorName;
    int expert = -1; // slab of a stack made of several sources; -1: the source is all of it
    SourceCut cut;
};

struct MlxMapping {
    enum class Fate : std::uint8_t { stored, dropped, unknown } fate = Fate::stored;
    std::string_view reason; // why dropped: a noun phrase, "vision tower"
    std::vector<MlxPart> parts; // one, or two when gate and up are split
};

/// What becomes of one source tensor. `architecture` null: identical names.
MlxMapping mapToMlx(const MlxArchitecture* architecture, const Model& model, TensorId id);

/// Name of the embedding tensor in the output.
std::string_view mlxEmbeddingName(const MlxArchitecture& architecture);

/// Other spellings of a module path that loaders of wrapped models look up in the configuration.
std::vector<std::string> otherMlxSpellings(std::string_view modulePath);

} // namespace bitloupe
