// SPDX-License-Identifier: GPL-3.0-or-later
// What each codec of a family would lose on a tensor, with both encoders.
#pragma once

#include "job/job.h"
#include "measure/analysis.h"
#include "measure/curve_sample.h"
#include "measure/curve_units.h"
#include "model/float_reader.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace bitloupe {

/// The curve of one tensor. Small tensors are encoded in full, large ones on a sample (samplingOf)
/// that doubles until the relative standard error of every NRMSE is below 1 %; a sample
/// that would reach half of the tensor gives way to all of it.
/// Parts may come from any thread, each once; finish() after all of them. Thread-safe.
class RateDistortion {
public:
    /// `exact` encodes every element.
    RateDistortion(const TensorInfo& tensor, const MatrixView& view, CodecFamily family,
        DType scaleType, bool exact);

    /// Units of work; 0 when no codec can hold the rows.
    std::uint64_t parts() const { return m_parts; }

    /// Errors: cancelled, ioRead, changedOnDisk.
    Result<void> measurePart(const FloatReader& reader, std::uint64_t part, const Job& job);

    /// Adds to the curve, and sets sampled. Errors are relative to all finite elements of the
    /// sample.
    void finish(TensorScore& score);

private:
    // Squared errors and energy of a cluster of units, or sums of them.
    struct Cluster {
        double energy = 0;
        std::vector<double> search, round; // per codec
    };

    Result<void> encodeUnits(const FloatReader& reader, const std::vector<std::uint64_t>& units,
        const Job& job, std::vector<Cluster>& clusters) const;
    Result<void> encodeAll(const FloatReader& reader, std::uint64_t begin, std::uint64_t end,
        const Job& job, Cluster& sum) const;
    Result<void> sample(const FloatReader& reader, const Job& job);
    void addTo(Cluster& sum, const Cluster& cluster) const;
    std::vector<double> relativeErrors(const std::vector<Cluster>& clusters) const;

    CurveSampling m_sampling;
    CurveUnits m_units;
    DType m_scaleType;
    std::uint64_t m_key;
    std::vector<CodecId> m_codecs;
    bool m_sampled = false;
    std::uint64_t m_parts = 0;

    std::mutex m_mutex;
    std::vector<Cluster> m_partSums; // by part, so that they are added in order
    std::vector<double> m_relativeErrors;
};

} // namespace bitloupe
