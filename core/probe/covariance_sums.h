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
    /// The mean over the rows added.
    InputCovariance take();

private:
    InputCovariance m_sums;
};

} // namespace bitloupe
