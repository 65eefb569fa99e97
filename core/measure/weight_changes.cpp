// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/weight_changes.h"

#include "job/parallel.h"
#include "measure/analysis.h"
#include "model/float_reader.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

constexpr std::uint64_t tileFloats = std::uint64_t(1) << 18;

class Comparer {
public:
    Comparer(std::shared_ptr<const Model> a, std::shared_ptr<const Model> b, const Job& job)
        : m_a(std::move(a))
        , m_b(std::move(b))
        , m_job(job)
        , m_meter(job, "comparing", m_a->totalBytes())
    {
    }

    Result<WeightChange> tensor(std::size_t index)
    {
        const TensorId id {static_cast<std::uint32_t>(index)};
        const TensorInfo& info = m_a->tensor(id);
        const auto other = m_b->find(info.name);
        if (!other || m_b->tensor(*other).shape != info.shape)
            return skipped(info);
        const auto left = FloatReader::open(m_a, id);
        const auto right = FloatReader::open(m_b, *other);
        if (!left || !right)
            return skipped(info);
        return compared(*left, *right, info);
    }

private:
    WeightChange skipped(const TensorInfo& info)
    {
        m_meter.add(info.byteSize);
        return {unknownValue, unknownValue};
    }

    // Rows that are longer than a tile are read in parts.
    Result<WeightChange> compared(
        const FloatReader& left, const FloatReader& right, const TensorInfo& info)
    {
        const std::uint64_t width = std::min(std::max<std::uint64_t>(left.columns(), 1), tileFloats);
        const std::uint64_t height = std::max<std::uint64_t>(tileFloats / width, 1);
        std::vector<float> a, b;
        WeightChange sum;
        std::uint64_t told = 0;
        for (std::uint64_t row = 0; row < left.rows(); row += height) {
            const std::uint64_t rows = std::min(height, left.rows() - row);
            for (std::uint64_t column = 0; column < left.columns(); column += width) {
                if (m_job.stopRequested())
                    return Job::cancelled();
                const std::uint64_t columns = std::min(width, left.columns() - column);
                a.resize(rows * columns);
                b.resize(rows * columns);
                if (auto read = left.read(row, rows, column, columns, a); !read)
                    return read.error();
                if (auto read = right.read(row, rows, column, columns, b); !read)
                    return read.error();
                add(a, b, sum);
            }
            const std::uint64_t now = info.byteSize / left.rows() * (row + rows);
            m_meter.add(now - told);
            told = now;
        }
        return std::isfinite(sum.squared) && std::isfinite(sum.squaredDifference)
            ? sum
            : WeightChange {unknownValue, unknownValue};
    }

    static void add(const std::vector<float>& a, const std::vector<float>& b, WeightChange& sum)
    {
        for (std::size_t i = 0; i < a.size(); ++i) {
            const double value = a[i];
            const double difference = value - double(b[i]);
            sum.squared += value * value;
            sum.squaredDifference += difference * difference;
        }
    }

    std::shared_ptr<const Model> m_a, m_b;
    const Job& m_job;
    ProgressMeter m_meter;
};

} // namespace

WeightChange& WeightChange::operator+=(const WeightChange& other)
{
    squaredDifference += other.squaredDifference;
    squared += other.squared;
    return *this;
}

double WeightChange::relative() const
{
    if (squaredDifference == 0 && squared == 0)
        return 0;
    return squared > 0 ? std::sqrt(squaredDifference / squared) : unknownValue;
}

Result<std::vector<WeightChange>> weightChanges(const std::shared_ptr<const Model>& a,
    const std::shared_ptr<const Model>& b, const Job& job)
{
    std::vector<WeightChange> changes(a->tensors.size());
    Comparer comparer(a, b, job);
    const auto done = parallelFor(job, changes.size(), [&](std::size_t index) -> Result<void> {
        const auto change = comparer.tensor(index);
        if (!change)
            return change.error();
        changes[index] = *change;
        return {};
    });
    if (!done)
        return done.error();
    return changes;
}

} // namespace bitloupe
