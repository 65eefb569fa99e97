// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of floats over spans, written once over Highway with fused multiply-adds, so that every
// machine computes the same bits (libraries differ in the last one).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace bitloupe {

/// e^x; 0 below -104, infinity above 88.73. Error: 1.5 units in the last place, absolute 1e-45 in
/// subnormals.
void exponentials(std::span<const float> in, std::span<float> out);

/// The largest value; -infinity for none.
float largest(std::span<const float> values);

/// Sum in double over 16 fixed lanes.
double sum(std::span<const float> values);

/// out = e^(in - shift), and their sum. `out` may be `in`.
double shiftedExponentials(std::span<const float> in, float shift, std::span<float> out);

/// values = c * tanh(values / c).
void softcap(float c, std::span<float> values);

enum class Activation : std::uint8_t { silu, gelu, geluTanh, quickGelu, relu, reluSquared };

/// out = act(in). `gelu` is the exact one (erf).
void activation(Activation kind, std::span<const float> in, std::span<float> out);

/// out = act'(in).
void activationSlope(Activation kind, std::span<const float> in, std::span<float> out);

} // namespace bitloupe
