// SPDX-License-Identifier: GPL-3.0-or-later
// The covariance of one matrix input while rows arrive.
#pragma once

#include "probe/architecture.h"
#include "probe/evaluation.h"
#include "probe/input_covariance.h"

#include <initializer_list>

namespace bitloupe {

/// Single-thread.
class CovarianceSums {
public:
    /// Null readers are left out.
    CovarianceSums(std::initializer_list<const Linear*> readers, std::size_t columns);
    void add(Evaluation& run, std::span<const float> rows);
    /// Beside add(): the float model's rows at the same tokens.
    void addFloat(Evaluation& run, std::span<const float> floatRows, std::span<const float> rows);
    /// Beside add(): outputs wanted for these rows. Shapes: wanted [tokens, outputs].
    void addWanted(Evaluation& run, std::span<const float> wanted, std::size_t outputs,
        std::span<const float> rows);
    /// The mean over the rows added.
    InputCovariance take();

private:
    void addCross(Evaluation& run, std::span<const float> left, std::size_t width,
        std::span<const float> rows, Floats& sums);

    InputCovariance m_sums;
};

} // namespace bitloupe
