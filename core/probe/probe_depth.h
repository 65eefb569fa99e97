// SPDX-License-Identifier: GPL-3.0-or-later
// What a person asks of the probe: a depth by name, or as deep as the model and the machine allow.
// Not the tier that came of it (moments.h).
#pragma once

#include "probe/moments.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bitloupe {

struct Model;

enum class ProbeDepth : std::uint8_t {
    none, // the weights alone
    forward,
    full,
    selfText, // full, and the model writes text for feedback encoding
    automatic, // the deepest of these that is possible
};
std::span<const ProbeDepth> probeDepths(); // in this order
std::string_view probeDepthName(ProbeDepth depth); // "none", "forward", "full", "self-text", "auto"
std::optional<ProbeDepth> findProbeDepth(std::string_view name);

/// The tier that a depth asks for.
ProbeTier tierOf(ProbeDepth depth);
/// True for the depths at which a model that can writes text.
bool wantsSelfText(ProbeDepth depth);

/// What the weights as floats may take of this machine's memory; the rest is for the key-value
/// cache, the states of the text and other programs.
std::uint64_t memoryForWeights();

/// A depth brought down to what is possible.
struct ProbeChoice {
    ProbeTier tier = ProbeTier::none; // to ask probeModel for
    bool selfText = false;
    std::string reason; // why less than asked, or no self-text with automatic; empty: nothing to say
};

/// `memoryBytes` is what the weights as floats may take. Cost: names, shapes and config only.
ProbeChoice chooseProbe(const Model& model, ProbeDepth depth, std::uint64_t memoryBytes);

} // namespace bitloupe
