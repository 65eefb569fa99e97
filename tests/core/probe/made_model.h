// SPDX-License-Identifier: GPL-3.0-or-later
// Small checkpoints made up for the probe's tests: a configuration and Gaussian tensors, which
// tests may change before the model is opened.
#pragma once

#include "model/model.h"
#include "support/scratch_folder.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bitloupe::test {

class MadeModel {
public:
    static MadeModel llama(); // 2 layers, hidden 16, 4 heads of 4 over 2, tied
    static MadeModel gemma3(); // the same sizes, a window of 16 on layer 0
    static MadeModel mixture(); // as qwen3_moe: 4 experts, 2 a token, norms of q and k
    static MadeModel lowRank(); // as llama, values out of a state of 8

    /// Replaces or adds a tensor; a first dimension of zero, or none, removes it.
    void set(const std::string& name, Shape shape);
    void setValues(const std::string& name, Shape shape, std::vector<float> values);
    bool replaceInConfig(const std::string& what, const std::string& by);
    const std::string& config() const { return m_config; }
    void setConfig(std::string config) { m_config = std::move(config); }
    void dropConfig() { m_config.clear(); }

    const std::map<std::string, Shape>& tensors() const { return m_tensors; }
    /// F32 values as the file holds them.
    std::vector<float> values(const std::string& name) const;

    /// The opened model; null when it cannot be opened.
    std::shared_ptr<const Model> open() const;

private:
    void addLayer(const std::string& prefix);
    void addMlp(const std::string& prefix);

    std::string m_config;
    std::map<std::string, Shape> m_tensors;
    std::map<std::string, std::vector<float>> m_values; // instead of Gaussian ones
    std::shared_ptr<ScratchFolder> m_folder = std::make_shared<ScratchFolder>();
};

} // namespace bitloupe::test
