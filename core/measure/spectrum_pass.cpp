// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/analysis_pass.h"

#include "job/parallel.h"
#include "measure/scores.h"
#include "measure/spectral_concentration.h"
#include "numeric/random.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace bitloupe {
namespace {

// Larger matrices are shared by all threads; smaller ones have a thread each.
constexpr std::uint64_t sharedElements = std::uint64_t {1} << 25;
// Matrices of a stack are done in this many batches at most.
constexpr std::uint64_t maxBatches = 64;

struct TensorSpectrum {
    TensorId id;
    MatrixView view;
    std::uint64_t batches = 1;
    std::atomic<std::uint64_t> batchesLeft = 1;
    std::vector<SpectrumSummary> sums; // by batch
};

struct SpectrumItem {
    TensorSpectrum* work;
    std::uint64_t batch;
};

void addTo(SpectrumSummary& sum, const SpectrumSummary& other)
{
    sum.headEnergy += other.headEnergy;
    sum.totalEnergy += other.totalEnergy;
    sum.leadingEnergies.resize(std::max(sum.leadingEnergies.size(), other.leadingEnergies.size()));
    for (std::size_t i = 0; i < other.leadingEnergies.size(); ++i)
        sum.leadingEnergies[i] += other.leadingEnergies[i];
}

class SpectrumPass {
public:
    SpectrumPass(std::shared_ptr<const Model> model, const Job& job, const OnTensor& onTensor,
        Analysis& analysis)
        : m_model(std::move(model))
        , m_job(job)
        , m_onTensor(onTensor)
        , m_analysis(analysis)
        , m_layers(layerCount(*m_model))
    {
    }

    Result<void> run(std::span<const TensorId> order, std::size_t first)
    {
        std::uint64_t bytes = 0;
        for (const TensorId id : order) {
            if (isMeasurable(id))
                bytes += m_model->tensor(id).byteSize;
        }
        ProgressMeter meter(m_job, "spectrum", bytes);
        for (const auto part : {order.first(first), order.subspan(first)}) {
            if (auto done = runGroup(part, meter); !done)
                return done;
        }
        return {};
    }

private:
    bool isMeasurable(TensorId id) const
    {
        const auto view = matrixView(m_model->tensor(id).shape);
        const TensorScore& score = m_analysis.tensors[id.index()];
        return view && score.state == TensorState::measured && !score.facts.nothingFinite()
            && std::min(view->rows, view->columns) <= longestSpectrumSide;
    }

    // Small matrices, a thread each; then large ones, shared by the threads.
    Result<void> runGroup(std::span<const TensorId> ids, ProgressMeter& meter)
    {
        std::vector<std::unique_ptr<TensorSpectrum>> works;
        std::vector<SpectrumItem> small;
        std::vector<SpectrumItem> large;
        for (const TensorId id : ids) {
            if (!isMeasurable(id))
                continue;
            works.push_back(std::make_unique<TensorSpectrum>());
            TensorSpectrum& work = *works.back();
            work.id = id;
            work.view = *matrixView(m_model->tensor(id).shape);
            work.batches = std::min(work.view.slabs, maxBatches);
            work.batchesLeft = work.batches;
            work.sums.resize(work.batches);
            const bool isLarge = work.view.rows * work.view.columns >= sharedElements;
            for (std::uint64_t batch = 0; batch < work.batches; ++batch)
                (isLarge ? large : small).push_back({&work, batch});
        }
        Job alone = m_job;
        alone.threads = 1;
        if (auto done = parallelFor(m_job, small.size(),
                [&](std::size_t i) { return runItem(small[i], alone, meter); });
            !done)
            return done;
        return parallelFor(alone, large.size(),
            [&](std::size_t i) { return runItem(large[i], m_job, meter); });
    }

    Result<void> runItem(const SpectrumItem& item, const Job& job, ProgressMeter& meter)
    {
        TensorSpectrum& work = *item.work;
        const auto reader = FloatReader::open(m_model, work.id);
        if (!reader)
            return reader.error();
        const TensorInfo& tensor = m_model->tensor(work.id);
        const TensorFacts& facts = m_analysis.tensors[work.id.index()].facts;
        const std::uint64_t slabBytes = tensor.byteSize / work.view.slabs;
        const auto advance = [&](double share) {
            meter.add(static_cast<std::uint64_t>(share * static_cast<double>(slabBytes)));
        };
        const std::uint64_t key = randomKey(tensor.name, "svd");
        const std::uint64_t begin = work.view.slabs * item.batch / work.batches;
        const std::uint64_t end = work.view.slabs * (item.batch + 1) / work.batches;
        for (std::uint64_t slab = begin; slab < end; ++slab) {
            const WeightMatrix matrix(m_model, work.id, *reader, slab, facts);
            const auto summary = measureSpectrum(matrix, randomBits(key, slab), job, advance);
            if (!summary)
                return summary.error();
            addTo(work.sums[item.batch], *summary);
        }
        if (--work.batchesLeft == 0)
            finish(work);
        return {};
    }

    void finish(TensorSpectrum& work)
    {
        SpectrumSummary whole;
        for (const SpectrumSummary& sum : work.sums)
            addTo(whole, sum);
        TensorScore& score = m_analysis.tensors[work.id.index()];
        score.metrics[static_cast<std::size_t>(MetricId::svd)]
            = concentrationScore(whole.headEnergy, whole.totalEnergy);
        const double slabs = static_cast<double>(work.view.slabs);
        score.spectrum.clear();
        for (const double energy : whole.leadingEnergies)
            score.spectrum.push_back(static_cast<float>(std::sqrt(energy / slabs)));
        completeComposites(
            score.metrics, layerPosition(m_model->tensor(work.id).layer, m_layers));
        work.sums = {};
        if (m_onTensor)
            m_onTensor(work.id, score);
    }

    std::shared_ptr<const Model> m_model;
    const Job& m_job;
    const OnTensor& m_onTensor;
    Analysis& m_analysis;
    int m_layers;
};

} // namespace

Result<void> runSpectrumPass(std::shared_ptr<const Model> model, std::span<const TensorId> order,
    std::size_t first, const Job& job, const OnTensor& onTensor, Analysis& analysis)
{
    return SpectrumPass(std::move(model), job, onTensor, analysis).run(order, first);
}

} // namespace bitloupe
