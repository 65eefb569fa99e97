// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/copies.h"

#include <algorithm>
#include <tuple>

namespace bitloupe {
namespace {

// Small beside the scores, of which only those are looked at that are alike in these two numbers.
struct CopyKey {
    double energy = 0, mean = 0;
    TensorId tensor;
};

class CopySearch {
public:
    CopySearch(const Model& model, const Analysis& analysis)
        : m_model(model)
        , m_analysis(analysis)
    {
        for (std::uint32_t t = 0; t < analysis.tensors.size(); ++t) {
            const TensorScore& score = analysis.tensors[t];
            if (score.state == TensorState::measured && score.facts.standardDeviation > 0
                && matrixView(model.tensors[t].shape))
                m_keys.push_back({score.frobeniusSquared, score.facts.mean, TensorId {t}});
        }
        std::sort(m_keys.begin(), m_keys.end(),
            [this](const CopyKey& a, const CopyKey& b) { return comesBefore(a, b); });
    }

    std::vector<TensorCopy> copies() const
    {
        std::vector<TensorCopy> found;
        for (std::size_t at = 1, original = 0; at < m_keys.size(); ++at) {
            if (isAlike(m_keys[original], m_keys[at]))
                found.push_back({m_keys[at].tensor, m_keys[original].tensor});
            else
                original = at;
        }
        std::sort(found.begin(), found.end(), [](const TensorCopy& a, const TensorCopy& b) {
            return a.tensor.index() < b.tensor.index();
        });
        return found;
    }

private:
    auto details(TensorId id) const
    {
        const TensorInfo& info = m_model.tensor(id);
        const TensorFacts& facts = m_analysis.tensors[id.index()].facts;
        return std::tie(info.dtype, info.shape, facts.minimum, facts.maximum, facts.zeros,
            facts.nans, facts.infinities, facts.histogram);
    }

    bool comesBefore(const CopyKey& a, const CopyKey& b) const
    {
        if (a.energy != b.energy || a.mean != b.mean)
            return std::tie(a.energy, a.mean) < std::tie(b.energy, b.mean);
        const auto left = details(a.tensor), right = details(b.tensor);
        return left == right ? a.tensor.index() < b.tensor.index() : left < right;
    }

    bool isAlike(const CopyKey& a, const CopyKey& b) const
    {
        return a.energy == b.energy && a.mean == b.mean && details(a.tensor) == details(b.tensor);
    }

    const Model& m_model;
    const Analysis& m_analysis;
    std::vector<CopyKey> m_keys;
};

} // namespace

std::vector<TensorCopy> findCopies(const Model& model, const Analysis& analysis)
{
    return CopySearch(model, analysis).copies();
}

} // namespace bitloupe
