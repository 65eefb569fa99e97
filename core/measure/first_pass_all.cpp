// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/analysis_pass.h"

#include "job/parallel.h"
#include "measure/first_pass.h"
#include "measure/rate_distortion.h"
#include "measure/scores.h"

#include <atomic>
#include <mutex>
#include <string>

namespace bitloupe {
namespace {

// A failure that is not the fault of one tensor.
bool endsEverything(Errc code)
{
    return code == Errc::cancelled || code == Errc::ioRead || code == Errc::changedOnDisk
        || code == Errc::outOfMemory;
}

std::string whyNotAnalysed(const TensorInfo& tensor)
{
    if (!dtypeInfo(tensor.dtype).analysed)
        return "the dtype " + std::string(dtypeInfo(tensor.dtype).name) + " is not analysed";
    return tensor.elements() == 0 ? "the tensor has no elements" : std::string();
}

// A tensor on its way: opened by the first of its items, finished by the last.
struct TensorSweep {
    TensorId id;
    std::unique_ptr<RateDistortion> curve;
    std::atomic<std::uint64_t> itemsLeft = 0;
    std::mutex opening;
    bool opened = false;
    std::optional<Error> failure;
    std::optional<FloatReader> reader;
    std::unique_ptr<FirstPass> pass;
};

struct SweepItem {
    TensorSweep* work;
    bool curve;
    std::uint64_t index;
};

class FirstPassOfAll {
public:
    FirstPassOfAll(std::shared_ptr<const Model> model, const MeasureOptions& options,
        const Job& job, const OnTensor& onTensor, Analysis& analysis)
        : m_model(std::move(model))
        , m_options(options)
        , m_job(job)
        , m_onTensor(onTensor)
        , m_analysis(analysis)
        , m_layers(layerCount(*m_model))
    {
    }

    Result<void> run(std::span<const TensorId> order)
    {
        std::uint64_t bytes = 0;
        for (const TensorId id : order)
            bytes += plan(id);
        ProgressMeter meter(m_job, "analysing", bytes);
        return parallelFor(m_job, m_items.size(),
            [&](std::size_t index) { return runItem(m_items[index], meter); });
    }

private:
    // Bytes that will be read.
    std::uint64_t plan(TensorId id)
    {
        const TensorInfo& tensor = m_model->tensor(id);
        if (std::string reason = whyNotAnalysed(tensor); !reason.empty()) {
            TensorScore& score = m_analysis.tensors[id.index()];
            score.state = TensorState::notAnalysed;
            score.reason = std::move(reason);
            score.facts.elements = tensor.elements();
            score.metrics.assign(metricCount, unknownValue);
            if (m_onTensor)
                m_onTensor(id, score);
            return 0;
        }
        m_works.push_back(std::make_unique<TensorSweep>());
        TensorSweep& work = *m_works.back();
        work.id = id;
        const auto view = matrixView(tensor.shape);
        // Curves first: they are one long item, and the chunks after it fill the other threads.
        if (view && m_options.curves) {
            work.curve = std::make_unique<RateDistortion>(
                tensor, *view, CodecFamily::affine, m_analysis.scaleType, m_options.exactCurves);
            for (std::uint64_t part = 0; part < work.curve->parts(); ++part)
                m_items.push_back({&work, true, part});
            work.itemsLeft += work.curve->parts();
        }
        const Tiling tiling = view ? Tiling(view->slabs * view->rows, view->columns)
                                   : Tiling(1, tensor.elements());
        for (std::uint64_t chunk = 0; chunk < tiling.chunks(); ++chunk)
            m_items.push_back({&work, false, chunk});
        work.itemsLeft += tiling.chunks();
        return tensor.byteSize;
    }

    Result<void> runItem(const SweepItem& item, ProgressMeter& meter)
    {
        TensorSweep& work = *item.work;
        if (auto opened = open(work); !opened)
            return opened;
        if (!work.failure) {
            auto done = item.curve ? work.curve->measurePart(*work.reader, item.index, m_job)
                                   : work.pass->measureChunk(item.index, m_job, meter);
            if (!done)
                return done;
        }
        return --work.itemsLeft == 0 ? finish(work) : Result<void>();
    }

    Result<void> open(TensorSweep& work)
    {
        const std::lock_guard lock(work.opening);
        if (work.opened)
            return {};
        work.opened = true;
        auto reader = FloatReader::open(m_model, work.id);
        if (!reader) {
            if (endsEverything(reader.error().code))
                return reader.error();
            work.failure = reader.error();
            return {};
        }
        work.pass = std::make_unique<FirstPass>(m_model, work.id, *reader);
        work.reader = std::move(*reader);
        return {};
    }

    Result<void> finish(TensorSweep& work)
    {
        TensorScore& score = m_analysis.tensors[work.id.index()];
        const TensorInfo& tensor = m_model->tensor(work.id);
        if (work.failure) {
            score.state = TensorState::failed;
            score.reason = work.failure->message();
            score.facts.elements = tensor.elements();
            score.metrics.assign(metricCount, unknownValue);
        } else {
            if (auto done = work.pass->finish(m_job, score); !done)
                return done;
            if (work.curve)
                work.curve->finish(score);
            completeComposites(score.metrics, layerPosition(tensor.layer, m_layers));
            score.reason = work.reader->scaleWarning();
        }
        work.pass.reset();
        work.curve.reset();
        work.reader.reset();
        if (m_onTensor)
            m_onTensor(work.id, score);
        return {};
    }

    std::shared_ptr<const Model> m_model;
    const MeasureOptions& m_options;
    const Job& m_job;
    const OnTensor& m_onTensor;
    Analysis& m_analysis;
    int m_layers;
    std::vector<std::unique_ptr<TensorSweep>> m_works;
    std::vector<SweepItem> m_items;
};

} // namespace

Result<void> runFirstPass(std::shared_ptr<const Model> model, const MeasureOptions& options,
    std::span<const TensorId> order, const Job& job, const OnTensor& onTensor, Analysis& analysis)
{
    return FirstPassOfAll(std::move(model), options, job, onTensor, analysis).run(order);
}

} // namespace bitloupe
