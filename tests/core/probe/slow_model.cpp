// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probe/slow_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bitloupe::test {
namespace {

constexpr std::size_t headDim = 4, heads = 4, kvHeads = 2, layers = 2;
constexpr double epsilon = 1e-5;

std::string layerName(std::size_t layer) { return "model.layers." + std::to_string(layer) + "."; }

void add(Row& sum, const Row& values)
{
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += values[i];
}

Row softmax(Row x)
{
    const double top = *std::max_element(x.begin(), x.end());
    double sum = 0;
    for (double& value : x)
        sum += value = std::exp(value - top);
    for (double& value : x)
        value /= sum;
    return x;
}

double silu(double x) { return x / (1 + std::exp(-x)); }

double geluTanh(double x)
{
    return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
}

} // namespace

SlowModel::SlowModel(const MadeModel& made, Kind kind)
    : m_kind(kind)
{
    for (const auto& [name, shape] : made.tensors()) {
        m_shapes[name] = shape;
        m_values[name] = made.values(name);
    }
}

Row SlowModel::linear(const std::string& name, const Row& x, std::size_t token)
{
    if (m_records)
        inputs[name].push_back(x);
    const std::vector<float>& w = m_values.at(name);
    const auto bias = m_values.find(name.substr(0, name.rfind('.')) + ".bias");
    Row y(w.size() / x.size());
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = bias == m_values.end() ? 0 : bias->second[i];
        for (std::size_t j = 0; j < x.size(); ++j)
            y[i] += static_cast<double>(w[i * x.size() + j]) * x[j];
    }
    if (m_push.tensor == name && m_push.token == token)
        y[m_push.channel] += m_push.amount;
    return y;
}

Row SlowModel::norm(const std::string& name, const Row& x) const
{
    const std::vector<float>& w = m_values.at(name);
    const double squares = std::inner_product(x.begin(), x.end(), x.begin(), 0.0);
    const double factor = 1 / std::sqrt(squares / static_cast<double>(x.size()) + epsilon);
    Row y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = x[i] * factor * ((m_kind == Kind::gemma3 ? 1.0 : 0.0) + static_cast<double>(w[i]));
    return y;
}

Row SlowModel::headNorms(const std::string& name, const Row& x) const
{
    if (m_kind == Kind::llama)
        return x;
    Row y;
    for (std::size_t begin = 0; begin < x.size(); begin += headDim) {
        const auto first = x.begin() + static_cast<std::ptrdiff_t>(begin);
        const Row head = norm(name, Row(first, first + headDim));
        y.insert(y.end(), head.begin(), head.end());
    }
    return y;
}

void SlowModel::rotate(Row& rows, std::size_t position, double theta) const
{
    for (std::size_t begin = 0; begin < rows.size(); begin += headDim) {
        for (std::size_t i = 0; i < headDim / 2; ++i) {
            const double angle = static_cast<double>(position)
                / std::pow(theta, 2.0 * static_cast<double>(i) / headDim);
            double& a = rows[begin + i];
            double& b = rows[begin + headDim / 2 + i];
            const double turned = a * std::cos(angle) - b * std::sin(angle);
            b = b * std::cos(angle) + a * std::sin(angle);
            a = turned;
        }
    }
}

Row SlowModel::mix(std::size_t layer, std::size_t head, std::size_t token,
    const std::vector<Row>& q, const std::vector<Row>& k, const std::vector<Row>& v) const
{
    const std::size_t kvHead = head / (heads / kvHeads);
    const bool windowed = m_kind == Kind::gemma3 && layer == 0 && !causalMean;
    const std::size_t first = windowed && token >= 16 ? token - 15 : 0;
    const double scale = 1 / std::sqrt(m_kind == Kind::gemma3 ? 8.0 : 4.0);
    Row products;
    for (std::size_t t = first; t <= token; ++t) {
        double product = 0;
        for (std::size_t i = 0; i < headDim && !causalMean; ++i)
            product += q[token][head * headDim + i] * k[t][kvHead * headDim + i];
        products.push_back(product * scale);
    }
    const Row weights = softmax(products);
    Row out(headDim);
    for (std::size_t t = first; t <= token; ++t) {
        for (std::size_t i = 0; i < headDim; ++i)
            out[i] += weights[t - first] * v[t][kvHead * headDim + i];
    }
    return out;
}

std::vector<Row> SlowModel::attention(std::size_t layer, const std::vector<Row>& x)
{
    const std::string prefix = layerName(layer) + "self_attn.";
    const bool local = m_kind == Kind::gemma3 && layer == 0;
    const double theta = m_kind == Kind::gemma3 && !local ? 1e6 : 1e4;
    std::vector<Row> q, k, v, out;
    for (std::size_t t = 0; t < x.size(); ++t) {
        q.push_back(headNorms(prefix + "q_norm.weight", linear(prefix + "q_proj.weight", x[t], t)));
        k.push_back(headNorms(prefix + "k_norm.weight", linear(prefix + "k_proj.weight", x[t], t)));
        v.push_back(linear(prefix + "v_proj.weight", x[t], t));
        rotate(q[t], t, theta);
        rotate(k[t], t, theta);
    }
    for (std::size_t t = 0; t < x.size(); ++t) {
        Row context;
        for (std::size_t head = 0; head < heads; ++head) {
            const Row part = mix(layer, head, t, q, k, v);
            context.insert(context.end(), part.begin(), part.end());
        }
        out.push_back(linear(prefix + "o_proj.weight", context, t));
    }
    return out;
}

Row SlowModel::mlp(const std::string& prefix, const Row& x, std::size_t token)
{
    Row gate = linear(prefix + "gate_proj.weight", x, token);
    const Row up = linear(prefix + "up_proj.weight", x, token);
    for (std::size_t i = 0; i < gate.size(); ++i)
        gate[i] = (m_kind == Kind::gemma3 ? geluTanh(gate[i]) : silu(gate[i])) * up[i];
    return linear(prefix + "down_proj.weight", gate, token);
}

Row SlowModel::feedForward(std::size_t layer, const Row& x, std::size_t token)
{
    const std::string prefix = layerName(layer) + "mlp.";
    if (m_kind != Kind::mixture)
        return mlp(prefix, x, token);
    const Row p = softmax(linear(prefix + "gate.weight", x, token));
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::sort(order.begin(), order.end(), [&p](auto a, auto b) { return p[a] > p[b]; });
    const double sum = p[order[0]] + p[order[1]];
    Row out(x.size());
    for (const std::size_t expert : {order[0], order[1]}) {
        Row part = mlp(prefix + "experts." + std::to_string(expert) + ".", x, token);
        for (double& value : part)
            value *= p[expert] / sum;
        add(out, part);
    }
    return out;
}

double SlowModel::loss(const std::vector<std::uint32_t>& ids,
    const std::vector<std::uint32_t>& labels, const Push& push)
{
    m_push = push;
    m_records = push.tensor.empty();
    const std::vector<float>& table = m_values.at("model.embed_tokens.weight");
    std::vector<Row> states;
    for (const std::uint32_t id : ids) {
        Row row(table.begin() + id * 16, table.begin() + (id + 1) * 16);
        for (double& value : row)
            value *= m_kind == Kind::gemma3 ? 4 : 1;
        states.push_back(row);
    }
    const bool four = m_kind == Kind::gemma3;
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const std::string name = layerName(layer);
        std::vector<Row> normed;
        for (const Row& row : states)
            normed.push_back(norm(name + "input_layernorm.weight", row));
        const std::vector<Row> attended = attention(layer, normed);
        const std::string after = name + "post_attention_layernorm.weight";
        for (std::size_t t = 0; t < ids.size(); ++t) {
            add(states[t], four ? norm(after, attended[t]) : attended[t]);
            const Row x = norm(
                four ? name + "pre_feedforward_layernorm.weight" : after, states[t]);
            const Row fed = feedForward(layer, x, t);
            add(states[t], four ? norm(name + "post_feedforward_layernorm.weight", fed) : fed);
        }
    }
    double sum = 0;
    for (std::size_t t = 0; t < ids.size(); ++t) {
        const Row x = norm("model.norm.weight", states[t]);
        sum -= std::log(softmax(linear("model.embed_tokens.weight", x, t))[labels[t]]);
    }
    return sum;
}

} // namespace bitloupe::test
