// SPDX-License-Identifier: GPL-3.0-or-later
// What measuring a model yields: plain data, one record of about 3 KB a tensor.
#pragma once

#include "codec/codec.h"
#include "model/tensor.h"
#include "probe/moments.h"
#include "probe/self_text.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

inline constexpr double unknownValue = std::numeric_limits<double>::quiet_NaN();

/// Plain facts of one tensor's elements. NaN and infinite elements are counted and excluded from
/// everything else.
struct TensorFacts {
    double minimum = unknownValue, maximum = unknownValue;
    double mean = unknownValue, standardDeviation = unknownValue;
    double absoluteMaximum = unknownValue;
    double maxSigma = unknownValue; // largest |w - mean| / sigma
    // Largest over median norm; unknown above 8,388,608 rows or 524,288 columns.
    double rowNormSpread = unknownValue, columnNormSpread = unknownValue;
    std::uint64_t elements = 0, zeros = 0, nans = 0, infinities = 0;
    std::uint64_t zeroRows = 0; // rows that are zero throughout
    std::array<std::uint32_t, 256> histogram {}; // equal bins over [minimum, maximum], saturating

    /// There are elements and none is a number: nothing can be scored.
    bool nothingFinite() const { return elements > 0 && nans + infinities == elements; }
};

/// One codec on one tensor after a probe, with the search encoder steered by the moments; unknown
/// where the probe did not reach. d = w - q(w).
struct ProbedPoint {
    double nrmse = unknownValue; // |d| / |W|: larger than unsteered, and what an export then has
    double nrmseStandardError = 0; // relative; 0 when every element was encoded
    double inputError = unknownValue; // r = sum s_j d_ij^2 / sum s_j w_ij^2 (tier 2)
    double damage = unknownValue; // D = sum f_i s_j d_ij^2, lookups added (tier 3)
};

/// One codec on one tensor: relative errors |W - q(W)|_F / |W|_F (0 for an all-zero tensor).
struct RatePoint {
    CodecId codec;
    double nrmse = unknownValue; // with the search encoder
    double nrmseRound = unknownValue; // with the round encoder
    double relativeStandardError = 0; // of nrmse; 0 when every element was encoded
    ProbedPoint probed {};
};

enum class TensorState : std::uint8_t {
    waiting, // not measured yet
    measured,
    notAnalysed, // see reason
    failed, // see error; the run went on
};

/// Metric values are in metrics() order; unknownValue where not computed (yet).
struct TensorScore {
    TensorState state = TensorState::waiting;
    std::string reason; // why notAnalysed or failed; measured: something odd, or empty
    TensorFacts facts;
    std::vector<double> metrics;
    std::vector<float> spectrum; // leading singular values, at most 64, falling; empty: unknown
    std::vector<RatePoint> curve; // codec order; only codecs that can hold the rows
    double frobeniusSquared = 0; // sum w^2 of finite elements, over all slabs
    bool sampled = false; // curve estimated from a stratified sample
    // After a probe; the moments themselves are in Analysis::moments.
    ProbeTier probed = ProbeTier::none;
    double inputEnergy = unknownValue; // sum s_j w_ij^2
};

struct Analysis {
    std::string modelDigest;
    DType scaleType = DType::BF16; // of quantization scales while measuring the curves
    std::vector<TensorScore> tensors; // by TensorId
    bool complete = false;
    bool blockCurves = false; // the curves hold the weight blocks of GGUF as well (addBlockCurves)
    std::shared_ptr<const Moments> moments; // what the probe found; null: not probed
    std::shared_ptr<const SelfText> selfText; // what the model wrote; null: not asked
};

/// Signal to quantization noise in decibels; infinity for no error.
inline double sqnrDb(double nrmse) { return -20.0 * std::log10(nrmse); }

} // namespace bitloupe
