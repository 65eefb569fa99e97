// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/evaluation.h"

#include "model/float_reader.h"
#include "probe/activation.h"
#include "probe/norm_op.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {

Evaluation::Evaluation(
    std::shared_ptr<const Model> model, const Job& job, ProgressMeter* meter)
    : m_model(std::move(model))
    , m_job(job)
    , m_meter(meter)
{
}

void Evaluation::check(const Result<void>& result)
{
    if (!result)
        fail(result.error());
}

void Evaluation::fail(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

Weight Evaluation::load(const Linear& linear)
{
    if (!failed() && m_job.stopRequested())
        fail(Job::cancelled());
    if (failed())
        return {};
    if (const Weight* held = m_store ? m_store->find(linear) : nullptr)
        return *held;
    auto weight = Weight::read(
        m_model, linear.tensor, linear.slab, linear.transposed, m_job);
    if (!weight) {
        fail(weight.error());
        return {};
    }
    if (m_meter) {
        const TensorInfo& tensor = m_model->tensor(linear.tensor);
        const auto view = matrixView(tensor.shape);
        m_meter->add(view ? tensor.byteSize / view->slabs : 0);
    }
    if (m_keeps)
        m_store->put(linear.tensor, linear.slab, *weight);
    return std::move(*weight);
}

Floats Evaluation::vectorOf(TensorId id)
{
    if (failed())
        return {};
    auto values = readVector(m_model, id);
    if (values)
        return std::move(*values);
    fail(values.error());
    return {};
}

/// A stacked matrix's bias holds one row a slab.
Floats Evaluation::biasOf(const Linear& linear)
{
    if (!linear.bias)
        return {};
    Floats values = vectorOf(*linear.bias);
    if (values.size() <= linear.out)
        return values;
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(linear.slab * linear.out);
    return {begin, begin + static_cast<std::ptrdiff_t>(linear.out)};
}

Floats Evaluation::apply(const Linear& linear, const Weight& weight, std::span<const float> x)
{
    const std::size_t tokens = x.size() / linear.in;
    Floats out(tokens * linear.out);
    const Floats bias = biasOf(linear);
    if (failed() || tokens == 0)
        return out;
    const Projection projection {&weight, bias, out};
    check(project(x, tokens, {&projection, 1}, m_job));
    return out;
}

Floats Evaluation::apply(const Linear& linear, std::span<const float> x)
{
    return apply(linear, load(linear), x);
}

void Evaluation::back(
    const Weight& weight, std::span<const float> gradient, std::span<float> into)
{
    if (!failed() && !gradient.empty())
        check(projectBack(gradient, gradient.size() / weight.out(), weight, into, m_job));
}

Floats Evaluation::normalise(const Norm& norm, std::span<const float> x)
{
    Floats out(x.size());
    const Floats weight = vectorOf(norm.weight);
    const Floats bias = norm.bias ? vectorOf(*norm.bias) : Floats();
    if (failed())
        return out;
    check(bitloupe::normalise(
        {weight, bias, norm.width, norm.removesMean, norm.plusOne, norm.epsilon}, x, out, m_job));
    return out;
}

Floats Evaluation::normalise(const std::optional<Norm>& norm, std::span<const float> x)
{
    return norm ? normalise(*norm, x) : Floats(x.begin(), x.end());
}

void Evaluation::normaliseBack(const Norm& norm, std::span<const float> x,
    std::span<const float> gradient, std::span<float> into)
{
    const Floats weight = vectorOf(norm.weight);
    if (failed())
        return;
    check(bitloupe::normaliseBack(
        {weight, {}, norm.width, norm.removesMean, norm.plusOne, norm.epsilon}, x, gradient, into,
        m_job));
}

Floats Evaluation::activate(Activation activation, const Floats& gate, const Floats& up)
{
    Floats out(gate.size());
    if (!failed())
        check(bitloupe::activate(activation, gate, up, out, m_job));
    return out;
}

Floats Evaluation::lookUp(const Architecture& architecture, std::span<const std::uint32_t> ids,
    std::size_t length)
{
    const std::size_t hidden = architecture.hidden;
    Floats rows(ids.size() * hidden);
    const auto table = FloatReader::open(m_model, architecture.embedding);
    if (!table) {
        fail(table.error());
        return rows;
    }
    const auto scale = static_cast<float>(architecture.embeddingScale);
    for (std::size_t t = 0; t < ids.size() && !failed(); ++t) {
        const auto row = std::span(rows).subspan(t * hidden, hidden);
        check(table->readRows(ids[t], 1, row));
        if (scale != 1) {
            for (float& value : row)
                value *= scale;
        }
    }
    if (architecture.positions && !failed())
        addPositions(architecture, length, rows);
    return rows;
}

/// Positions behind the table's last row are left alone; panels are shorter than any table made.
void Evaluation::addPositions(
    const Architecture& architecture, std::size_t length, std::span<float> rows)
{
    const std::size_t hidden = architecture.hidden;
    const auto table = FloatReader::open(m_model, *architecture.positions);
    if (!table) {
        fail(table.error());
        return;
    }
    Floats row(hidden);
    for (std::size_t i = 0; i < length && !failed(); ++i) {
        if (architecture.positionOffset + i >= table->rows())
            return;
        check(table->readRows(architecture.positionOffset + i, 1, row));
        for (std::size_t begin = i * hidden; begin < rows.size(); begin += length * hidden)
            addTo(rows.subspan(begin, hidden), row);
    }
}

void Evaluation::expectFinite(std::span<const float> values, std::string_view where)
{
    const bool finite = std::all_of(
        values.begin(), values.end(), [](float value) { return std::isfinite(value); });
    if (!finite)
        fail({Errc::badWeights, std::string(where), "the states become NaN or infinite"});
}

void addTo(std::span<float> sum, std::span<const float> values)
{
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += values[i];
}

} // namespace bitloupe
