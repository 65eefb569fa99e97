// SPDX-License-Identifier: GPL-3.0-or-later
// Counter-based random numbers: the i-th number of a stream is a function of (key, i) alone, so
// any thread may draw any part. Own transforms, since std distributions differ between libraries.
#pragma once

#include <cstdint>
#include <string_view>

namespace bitloupe {

/// Stream key of a purpose for a tensor, e.g. randomKey("model.layers.0...", "svd").
std::uint64_t randomKey(std::string_view tensorName, std::string_view purpose);

/// 64 random bits of a stream at a counter. Source: SplitMix64 finaliser over key and counter.
std::uint64_t randomBits(std::uint64_t key, std::uint64_t counter);

/// Uniform in [0, 1) with 53 bits.
double randomUniform(std::uint64_t key, std::uint64_t counter);

/// Uniform integer in [0, bound); bound > 0. Bias below 2^-32 for bounds below 2^32.
std::uint64_t randomBelow(std::uint64_t key, std::uint64_t counter, std::uint64_t bound);

/// Standard normal (inverse of the normal distribution function applied to a uniform).
double randomNormal(std::uint64_t key, std::uint64_t counter);

} // namespace bitloupe
