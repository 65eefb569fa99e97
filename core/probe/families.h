// SPDX-License-Identifier: GPL-3.0-or-later
// TABLE of the architectures whose attention is evaluated as their models do (tier 3), and the
// words that other architectures use. Defaults are those of the reference implementations.
#pragma once

#include "probe/architecture.h"

#include <optional>
#include <string_view>

namespace bitloupe {

enum class WindowRule : std::uint8_t { never, always, byLayer };

struct Family {
    std::string_view modelType;
    double epsilon = 1e-6;
    double theta = 10'000;
    double slidingTheta = 0; // 0: as all layers
    Activation activation = Activation::silu;
    WindowRule window = WindowRule::never;
    std::size_t headDim = 0; // when config.json has none; 0: hidden / heads
    double queryScale = 0; // 0: the head's dimension
    double attentionSoftcap = 0; // 0: the family has none
    bool logitSoftcap = false; // may have one
    double logitSoftcapDefault = 0;
    std::size_t expertsPerToken = 0; // 0: not a mixture
    bool normaliseTopK = false;
    bool alwaysNormalises = false; // whatever norm_topk_prob says
    bool normalisesQk = false;
    bool fourNorms = false; // before and after both halves of a block
};

/// The family of a model_type; null when its attention is not known.
const Family* findFamily(std::string_view modelType);

/// True when the family stores norm weights as differences from one.
bool storesNormsMinusOne(std::string_view modelType);
/// True when a norm without bias still removes the mean.
bool normsRemoveMean(std::string_view modelType);
/// True when embeddings are scaled by the square root of the hidden size.
bool scalesEmbedding(std::string_view modelType);

std::optional<Activation> findActivation(std::string_view word);

/// How fused qkv rows lie. Empty: not known.
std::optional<QkvLayout> qkvLayoutOf(std::string_view modelType);

/// Which norm of a block a module is.
enum class NormPlace : std::uint8_t {
    beforeAttention, beforeMlp, afterAttention, afterMlp,
    afterAttentionOrBeforeMlp, // post_attention_layernorm: depends on the others
    query, key, compressedQuery, compressedValue,
};
std::optional<NormPlace> normPlace(std::string_view module); // inside a layer
bool isFinalNorm(std::string_view module); // outside of layers

} // namespace bitloupe
