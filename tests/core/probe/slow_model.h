// SPDX-License-Identifier: GPL-3.0-or-later
// A made model computed one token after the other in doubles, as plainly as possible: the oracle
// of the probe. Any output of any matrix can be pushed, so that differences give gradients.
#pragma once

#include "core/probe/made_model.h"

#include <map>
#include <string>
#include <vector>

namespace bitloupe::test {

using Row = std::vector<double>;

/// What is added to one output of one matrix.
struct Push {
    std::string tensor; // empty: nothing
    std::size_t token = 0;
    std::size_t channel = 0;
    double amount = 0;
};

class SlowModel {
public:
    enum class Kind { llama, gemma3, mixture };

    SlowModel(const MadeModel& made, Kind kind);

    bool causalMean = false; // in place of attention

    /// Sum over a sequence of -log p(label).
    double loss(const std::vector<std::uint32_t>& ids, const std::vector<std::uint32_t>& labels,
        const Push& push = {});

    /// Inputs of each matrix in the sequences since the start: one row a token that passed.
    std::map<std::string, std::vector<Row>> inputs;

    std::size_t outputs(const std::string& tensor) const { return m_shapes.at(tensor)[0]; }

private:
    Row linear(const std::string& name, const Row& x, std::size_t token);
    Row norm(const std::string& name, const Row& x) const;
    Row headNorms(const std::string& name, const Row& x) const;
    void rotate(Row& heads, std::size_t position, double theta) const;
    std::vector<Row> attention(std::size_t layer, const std::vector<Row>& x);
    Row mix(std::size_t layer, std::size_t head, std::size_t token, const std::vector<Row>& q,
        const std::vector<Row>& k, const std::vector<Row>& v) const;
    Row mlp(const std::string& prefix, const Row& x, std::size_t token);
    Row feedForward(std::size_t layer, const Row& x, std::size_t token);

    Kind m_kind;
    std::map<std::string, std::vector<float>> m_values;
    std::map<std::string, Shape> m_shapes;
    Push m_push;
    bool m_records = true;
};

} // namespace bitloupe::test
