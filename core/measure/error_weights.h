// SPDX-License-Identifier: GPL-3.0-or-later
// What an error in one element of a tensor costs, by the probe's moments: s_j at the input, f_i s_j
// at the model's output, and for embeddings what is lost when they are looked up.
#pragma once

#include "base/result.h"
#include "model/tensor.h"
#include "probe/moments.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bitloupe {

/// Rows are those of matrices y = W x, [out, in], slab after slab, however stored. Immutable.
class ErrorWeights {
public:
    /// Shares `all`. Errors: badPlan when lengths do not fit the tensor's shape.
    static Result<ErrorWeights> make(
        const TensorInfo& tensor, TensorId id, const std::shared_ptr<const Moments>& all);

    /// True when the probe says anything about this tensor.
    bool any() const { return m_moments != nullptr; }
    bool hasDamage() const { return m_damage; }
    ProbeTier tier() const { return m_moments != nullptr ? m_moments->tier : ProbeTier::none; }
    std::uint64_t rows() const { return m_rows; } // a slab
    std::uint64_t columns() const { return m_columns; }

    /// Weights of the search encoder for some columns of a row, none of them 0 unless all are.
    void steering(std::uint64_t row, std::uint64_t begin, std::uint64_t step,
        std::span<float> out) const;

    /// An error d costs, summed over columns, rowInput * column_j d_j^2 at the matrix' output, and
    /// rowOutput * column_j d_j^2 + rowUse * lookup_j d_j^2 at the model's.
    struct Row {
        double input = 0, output = 0, use = 0;
        std::span<const float> column; // of all columns; empty: all ones
        std::span<const float> lookup; // empty: none
    };
    Row row(std::uint64_t row) const;

    /// Sums over all elements of the weights: at the matrix' output, and at the model's.
    double inputTotal() const { return m_inputTotal; }
    double damageTotal() const { return m_damageTotal; }

private:
    bool fits() const;
    void sumUp();

    std::shared_ptr<const Moments> m_all;
    const TensorMoments* m_moments = nullptr;
    std::uint64_t m_slabs = 0, m_rows = 0, m_columns = 0; // rows and columns a slab
    bool m_damage = false;
    std::vector<float> m_steering; // as input: s_j + 0.001 mean(s)
    float m_lookupFloor = 0; // 0.001 mean of the column gradient
    double m_meanGradient = 0;
    double m_inputTotal = 0, m_damageTotal = 0;
};

} // namespace bitloupe
