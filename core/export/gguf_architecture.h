// SPDX-License-Identifier: GPL-3.0-or-later
// How a Hugging Face checkpoint of a known architecture is spelled in GGUF: names of tensors, which
// rows change place, and what its configuration becomes.
#pragma once

#include "export/gguf_key_values.h"
#include "model/model.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

struct GgufArchitecture {
    std::string_view modelType; // model_type of config.json
    std::string_view hfClass; // architectures[0] of config.json
    std::string_view name; // general.architecture
    bool pairsNeighbours = false; // rotates rows 2j and 2j + 1 of a head, not j and j + d/2
    bool experts = false;
    bool headNorms = false; // of q and k
    bool otherBiases = false; // of attn_output and the feed-forward part
};

std::span<const GgufArchitecture> ggufArchitectures();

/// Errors: unsupported, naming what was found.
Result<const GgufArchitecture*> ggufArchitectureOf(const Model& model);

/// One output tensor, or one slab or half of it, that a source tensor becomes.
struct GgufPart {
    std::string name; // "blk.0.attn_q.weight"
    TensorRole role = TensorRole::other;
    int layer = -1;
    int expert = -1; // slab of a stack made of several sources; -1: the source is all of it
    std::uint64_t half = 0; // 1: first half of the rows, 2: second; 0: all
    std::uint64_t headRows = 0; // rows of a head whose halves are interleaved; 0: none
};

/// What becomes of a source tensor: nothing (a table the client computes), one part, or the two
/// halves of fused experts. Errors: unsupported for a name that the architecture does not have.
Result<std::vector<GgufPart>> mapToGguf(
    const GgufArchitecture& architecture, const Model& model, TensorId id);

/// Sizes that the client checks tensors against. Values are positive and below 2^31.
struct GgufSizes {
    std::uint64_t layers = 0, context = 0, hidden = 0, feedForward = 0, heads = 0, kvHeads = 0,
        headDim = 0, experts = 0, expertsUsed = 0, expertFeedForward = 0;
};

/// Errors: badConfig when one is absent or senseless.
Result<GgufSizes> ggufSizes(const GgufArchitecture& architecture, const Model& model);

/// Names of the tensors that the client demands, with shapes outermost first.
struct RequiredTensor {
    std::string name;
    Shape shape;
};
std::vector<RequiredTensor> requiredTensors(
    const GgufArchitecture& architecture, const GgufSizes& sizes, std::uint64_t vocabulary);

/// Keys of the architecture. Errors: unsupported (a kind of rope scaling), badConfig.
Result<void> addArchitecture(const GgufArchitecture& architecture, const Model& model,
    const GgufSizes& sizes, std::uint64_t vocabulary, GgufKeyValues& keyValues);

/// Divisors of the rotary frequencies, tensor rope_freqs.weight; empty when there is no such
/// tensor. Errors: badConfig. Source: Llama 3.1's rope scaling.
Result<std::vector<float>> ropeDivisors(const Model& model, const GgufSizes& sizes);

/// What the client does differently than the configuration says; sentences.
std::vector<std::string> architectureNotes(
    const GgufArchitecture& architecture, const Model& model);

} // namespace bitloupe
