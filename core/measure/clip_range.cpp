// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/clip_range.h"

#include "model/float_reader.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bitloupe {
namespace {

constexpr std::uint64_t mostRows = 64;
constexpr std::uint64_t mostColumns = 4096; // a multiple of every group size

double median(std::vector<float>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// Room for one encoded row, and the ends of the ranges of its groups.
class GroupEnds {
public:
    GroupEnds(const Codec& codec, DType scaleType, const RowLayout& layout)
        : m_codec(codec)
        , m_scaleType(scaleType)
        , m_codes(layout.codes)
        , m_scales(layout.scales)
        , m_biases(layout.biases)
    {
    }

    void add(std::span<const float> row, std::span<const float> weights)
    {
        encodeRow(m_codec, m_scaleType, Encoder::search, row, weights,
            {m_codes, m_scales, m_biases});
        const std::size_t groups = row.size() / static_cast<std::size_t>(m_codec.groupSize);
        std::vector<float> scales(groups), biases(groups);
        widen(m_scaleType, m_scales.data(), scales);
        widen(m_scaleType, m_biases.data(), biases);
        const auto steps = static_cast<float>((1 << m_codec.bits) - 1);
        for (std::size_t g = 0; g < groups; ++g) {
            const float other = biases[g] + steps * scales[g];
            lower.push_back(std::min(biases[g], other));
            upper.push_back(std::max(biases[g], other));
        }
    }

    std::vector<float> lower, upper;

private:
    const Codec& m_codec;
    DType m_scaleType;
    std::vector<std::byte> m_codes, m_scales, m_biases;
};

} // namespace

Result<ClipRange> clipRange(const std::shared_ptr<const Model>& model, TensorId tensor,
    const Codec& codec, DType scaleType, std::span<const float> weights, const Job& job)
{
    if (codec.family != CodecFamily::affine)
        return ClipRange {};
    const auto reader = FloatReader::open(model, tensor);
    if (!reader)
        return reader.error();
    const std::uint64_t columns = std::min(reader->columns(), mostColumns);
    const auto layout = rowLayout(codec, columns, scaleType);
    if (!layout || columns == 0 || reader->rows() == 0)
        return Error {Errc::badArgument, model->tensor(tensor).name,
            "its rows do not fit " + std::string(codec.name)};
    GroupEnds ends(codec, scaleType, *layout);
    std::vector<float> row(columns);
    const std::uint64_t rows = std::min(reader->rows(), mostRows);
    for (std::uint64_t i = 0; i < rows; ++i) {
        if (job.stopRequested())
            return Job::cancelled();
        if (auto read = reader->read(i * reader->rows() / rows, 1, 0, columns, row); !read)
            return read.error();
        for (float& value : row)
            value = std::isfinite(value) ? value : 0;
        ends.add(row, weights.size() >= columns ? weights.first(columns) : std::span<const float>());
    }
    return ClipRange {median(ends.lower), median(ends.upper), ends.lower.size()};
}

} // namespace bitloupe
