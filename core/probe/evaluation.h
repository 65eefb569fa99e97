// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of a model's blocks on rows of tokens, with weights read from the model as they
// are needed. The first failure is kept and everything after it does nothing, so that blocks read
// as formulas.
#pragma once

#include "job/job.h"
#include "probe/architecture.h"
#include "probe/projection.h"
#include "probe/weight_store.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace bitloupe {

using Floats = std::vector<float>;

/// Single-thread; the operations use job.threads.
class Evaluation {
public:
    /// `meter` counts bytes of weights read; may be null.
    Evaluation(std::shared_ptr<const Model> model, const Job& job, ProgressMeter* meter);

    /// From now on matrices are looked for in the store first; `keeps`: and put there when read.
    void useStore(WeightStore& store, bool keeps)
    {
        m_store = &store;
        m_keeps = keeps;
    }

    const Job& job() const { return m_job; }
    bool failed() const { return m_error.has_value(); }
    const Error& error() const { return *m_error; }
    void check(const Result<void>& result);
    void fail(Error error);

    /// The matrix's values; empty after a failure.
    Weight load(const Linear& linear);
    /// x W^T + b. Shapes: x [tokens, in], result [tokens, out].
    Floats apply(const Linear& linear, const Weight& weight, std::span<const float> x);
    Floats apply(const Linear& linear, std::span<const float> x);
    /// into += gradient W.
    void back(const Weight& weight, std::span<const float> gradient, std::span<float> into);

    Floats normalise(const Norm& norm, std::span<const float> x);
    /// x itself where there is no norm.
    Floats normalise(const std::optional<Norm>& norm, std::span<const float> x);
    /// into += the gradient at the norm's input x.
    void normaliseBack(const Norm& norm, std::span<const float> x,
        std::span<const float> gradient, std::span<float> into);

    /// act(gate) * up, or act(gate) where `up` is empty.
    Floats activate(Activation activation, const Floats& gate, const Floats& up);

    /// Rows of a table, scaled. Shapes: result [ids.size(), hidden].
    Floats lookUp(const Architecture& architecture, std::span<const std::uint32_t> ids,
        std::size_t length);

    /// Fails with badWeights when a value is NaN or infinite; `where` names what holds them.
    void expectFinite(std::span<const float> values, std::string_view where);

private:
    Floats vectorOf(TensorId id);
    Floats biasOf(const Linear& linear);
    void addPositions(
        const Architecture& architecture, std::size_t length, std::span<float> rows);

    std::shared_ptr<const Model> m_model;
    Job m_job;
    ProgressMeter* m_meter;
    WeightStore* m_store = nullptr;
    bool m_keeps = false;
    std::optional<Error> m_error;
};

/// sum += values.
void addTo(std::span<float> sum, std::span<const float> values);

} // namespace bitloupe
