// SPDX-License-Identifier: GPL-3.0-or-later
// Second moments H = mean of x x^T at the input of each matrix, while the model reads token ids,
// handed out in the order of the blocks so that only one group's H is in memory at a time.
#pragma once

#include "job/job.h"
#include "model/model.h"
#include "probe/self_text.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace bitloupe {

/// H of one matrix input, shared by the tensors that read it (q, k, v; gate, up).
struct InputCovariance {
    struct Reader {
        TensorId tensor;
        std::uint64_t slab = 0; // of a stacked tensor
    };
    std::vector<Reader> readers;
    std::size_t columns = 0;
    std::uint64_t tokens = 0; // it is a mean over; an expert's are those routed to it
    std::vector<float> mean; // columns * columns, symmetric, row-major
    // Of the head: rows that are likely at like places of the text have second moments of their
    // own. Empty: `mean` is for all rows.
    std::vector<std::uint8_t> groupOfRow;
    std::vector<std::vector<float>> groupMeans; // each as `mean`
    // What the float model differs by at the same tokens; empty where it is not followed.
    std::vector<float> inputShift; // mean of (x_float - x) x^T, columns * columns; or
    std::vector<float> outputTarget; // mean of y x^T, outputs * columns, for the output y that
                                     // takes the states to those of the float model
};

/// A walk through the model. Each step ends with the inputs of the next group of matrices; between
/// steps the caller may replace the weights of the groups already handed out, so that later inputs
/// are those of the quantized model.
class CovarianceWalk {
public:
    virtual ~CovarianceWalk() = default;
    /// The next group (all experts of a layer are one group); empty at the end (the head was last).
    virtual Result<std::vector<InputCovariance>> next(const Job& job) = 0;
    /// Rows as floats [out, in] of a matrix handed out last; used from now on instead of the file's.
    virtual void replace(TensorId tensor, std::uint64_t slab, std::vector<float> weights) = 0;
    /// Whether the table of embeddings can be replaced before the first step.
    virtual bool startsWithEmbedding() const = 0;
    virtual TensorId embedding() const = 0;
    virtual bool isTied() const = 0; // the embedding is the head too
    /// Before the first step: look tokens up in these rows, not in the file's.
    virtual void replaceEmbedding(std::span<const float> rows) = 0;
    /// H at the head of the float model. Before the first step.
    virtual Result<InputCovariance> headCovariance(const Job& job) = 0;
};

/// `followsFloat`: the float model walks beside, for shifts and targets (without experts).
/// Errors: unsupported where the architecture has no tier 3. Memory: tokens * hidden floats for the
/// running states, one block of weights and one group's H; states and weights twice when following.
Result<std::unique_ptr<CovarianceWalk>> walkCovariances(
    std::shared_ptr<const Model> model, const SelfText& text, bool followsFloat = false);

} // namespace bitloupe
