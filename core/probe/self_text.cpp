// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/self_text.h"

#include "base/text.h"
#include "numeric/random.h"
#include "probe/attention_cache.h"
#include "probe/attention_inputs.h"
#include "probe/block_pass.h"
#include "probe/logits.h"
#include "probe/panel.h"

#include <algorithm>
#include <cmath>
#include <new>

namespace bitloupe {
namespace {

/// What Weight keeps of a tensor.
std::uint64_t bytesInMemory(const TensorInfo& tensor)
{
    const bool asStored = (tensor.dtype == DType::BF16 || tensor.dtype == DType::F16)
        && !tensor.transposed;
    return tensor.elements() * (asStored ? 2 : 4);
}

std::uint64_t weightBytes(const Model& model)
{
    std::uint64_t bytes = 0;
    for (const TensorInfo& tensor : model.tensors) {
        const bool counts = tensor.role != TensorRole::vision
            && tensor.role != TensorRole::projector && tensor.role != TensorRole::auxiliary;
        bytes += counts ? bytesInMemory(tensor) : 0;
    }
    return bytes;
}

std::uint64_t cacheBytes(const Architecture& architecture, const SelfTextOptions& options)
{
    std::uint64_t bytes = 0;
    for (const Block& block : architecture.blocks)
        bytes += AttentionCache::bytes(
            attentionShape(block.attention, options.length), options.sequences);
    return bytes;
}

/// Why this architecture cannot write; empty when it can.
std::string architectureObstacle(const Architecture& architecture)
{
    if (architecture.tier != ProbeTier::full)
        return architecture.reason;
    return architecture.positions ? "positions are learnt, which is not supported" : "";
}

Result<void> checkOptions(const SelfTextOptions& options)
{
    constexpr std::uint32_t most = 1u << 16;
    if (options.sequences == 0 || options.sequences > most || options.length == 0
        || options.length > most)
        return Error {Errc::badArgument, "self-text",
            "expected 1 to 65536 sequences of 1 to 65536 tokens"};
    if (!std::isfinite(options.temperature) || options.temperature < 0.01
        || options.temperature > 100)
        return Error {Errc::badArgument, "self-text", "expected a temperature from 0.01 to 100"};
    return {};
}

/// The model with a growing cache; one step writes one token of every sequence.
class Writer {
public:
    Writer(const std::shared_ptr<const Model>& model, const Architecture& architecture,
        const SelfTextOptions& options, const Job& job)
        : m_model(*model)
        , m_architecture(architecture)
        , m_options(options)
        , m_run(model, job, nullptr)
        , m_recorder(*model)
        , m_pass {m_run, m_recorder, 1, options.sequences, ProbeTier::full, false}
    {
        m_run.useStore(m_weights, true);
    }

    Result<std::vector<std::uint32_t>> write(const Job& job);

private:
    void prepareLayers();
    std::vector<std::uint32_t> firstIds() const;
    Floats attention(std::size_t layer, std::size_t position, const Floats& normed);
    std::vector<std::uint32_t> nextIds(
        std::span<const std::uint32_t> ids, std::size_t position, std::uint64_t key);

    const Model& m_model;
    const Architecture& m_architecture;
    const SelfTextOptions& m_options;
    WeightStore m_weights;
    Evaluation m_run;
    MomentsRecorder m_recorder; // stays empty
    PanelPass m_pass;
    std::vector<AttentionCache> m_caches;
    std::vector<std::optional<RotaryAngles>> m_angles;
};

void Writer::prepareLayers()
{
    for (const Block& block : m_architecture.blocks) {
        m_caches.emplace_back(
            attentionShape(block.attention, m_options.length), m_options.sequences);
        auto angles = layerAngles(block.attention, m_options.length);
        if (!angles) {
            m_run.fail(angles.error());
            return;
        }
        m_angles.push_back(std::move(*angles));
    }
}

// What follows BOS is much the same again and again; tokens in its place bring other subjects.
std::vector<std::uint32_t> Writer::firstIds() const
{
    const Panel panel = drawPanel(m_architecture.vocabulary);
    std::vector<std::uint32_t> ids(m_options.sequences);
    for (std::size_t i = 0; i < ids.size(); ++i)
        ids[i] = i % 2 == 0 && m_architecture.bosToken ? *m_architecture.bosToken
                                                       : panel.ids[i % panel.ids.size()];
    return ids;
}

Floats Writer::attention(std::size_t layer, std::size_t position, const Floats& normed)
{
    const Attention& attention = m_architecture.blocks[layer].attention;
    const QueryKeyValue inputs
        = attentionInputs(m_run, attention, m_angles[layer], 1, position, normed);
    Floats context(m_options.sequences * attention.o.in);
    if (!m_run.failed())
        m_run.check(
            m_caches[layer].extend(inputs.q, inputs.k, inputs.v, context, m_run.job()));
    return m_run.apply(attention.o, context);
}

std::vector<std::uint32_t> Writer::nextIds(
    std::span<const std::uint32_t> ids, std::size_t position, std::uint64_t key)
{
    Floats states = m_run.lookUp(m_architecture, ids, 1);
    for (std::size_t layer = 0; layer < m_caches.size() && !m_run.failed(); ++layer)
        blockForward(
            m_pass, m_architecture.blocks[layer],
            [&](const Floats& normed) { return attention(layer, position, normed); }, states);
    const Linear& head = *m_architecture.head;
    const Floats logits = m_run.apply(head, m_run.normalise(m_architecture.finalNorm, states));
    std::vector<std::uint32_t> next(m_options.sequences);
    const Draw draw {key, position * m_options.sequences, m_options.temperature,
        m_architecture.logitSoftcap.value_or(0)};
    if (!m_run.failed())
        m_run.check(
            drawIds(draw, logits, head.out, m_architecture.vocabulary, next, m_run.job()));
    return next;
}

Result<std::vector<std::uint32_t>> Writer::write(const Job& job)
{
    const std::uint64_t stepBytes = weightBytes(m_model);
    const std::size_t length = m_options.length;
    ProgressMeter meter(job, "writing self-text", stepBytes * (length - 1));
    const std::uint64_t key
        = randomKey("self-text", std::to_string(m_options.seed));
    prepareLayers();
    std::vector<std::uint32_t> text(m_options.sequences * length);
    std::vector<std::uint32_t> ids = firstIds();
    for (std::size_t position = 0; position < length && !m_run.failed(); ++position) {
        if (position > 0) {
            ids = nextIds(ids, position - 1, key);
            meter.add(stepBytes);
        }
        for (std::size_t sequence = 0; sequence < ids.size(); ++sequence)
            text[sequence * length + position] = ids[sequence];
    }
    if (m_run.failed())
        return m_run.error();
    return text;
}

} // namespace

std::string selfTextObstacle(
    const Model& model, std::uint64_t memoryBytes, const SelfTextOptions& options)
{
    const Architecture architecture = describeArchitecture(model);
    if (auto obstacle = architectureObstacle(architecture); !obstacle.empty())
        return obstacle;
    const std::uint64_t needed = weightBytes(model) + cacheBytes(architecture, options);
    if (needed <= memoryBytes)
        return {};
    return "writing text takes " + sizeText(needed) + " of memory, found "
        + sizeText(memoryBytes);
}

Result<SelfText> writeSelfText(
    std::shared_ptr<const Model> model, const SelfTextOptions& options, const Job& job)
{
    if (auto checked = checkOptions(options); !checked)
        return checked.error();
    const Architecture architecture = describeArchitecture(*model);
    if (auto obstacle = architectureObstacle(architecture); !obstacle.empty())
        return Error {Errc::unsupported, "self-text", obstacle};
    try {
        auto ids = Writer(model, architecture, options, job).write(job);
        if (!ids)
            return ids.error();
        if (const auto same = model->unchanged(); !same)
            return same.error();
        return SelfText {options, std::move(*ids)};
    } catch (const std::bad_alloc&) {
        return Error {Errc::outOfMemory, {}, "the model does not fit into memory"};
    }
}

} // namespace bitloupe
