// SPDX-License-Identifier: GPL-3.0-or-later
// Speed and error of each codec and encoder on Gaussian weights, one thread: bench_codec [MiB].
#include "codec/codec.h"
#include "numeric/float_types.h"
#include "numeric/random.h"
#include "numeric/simd_targets.h"

#include <hwy/targets.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace bitloupe;

namespace {

template <typename Work>
double bestSeconds(const Work& work)
{
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
        const std::clock_t begin = std::clock(); // time on the processor: others may run as well
        work();
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return best;
}

struct Rows {
    std::vector<float> values;
    std::size_t columns = 4096;
    std::size_t count() const { return values.size() / columns; }
    std::span<const float> row(std::size_t index) const
    {
        return std::span(values).subspan(index * columns, columns);
    }
};

Rows gaussianRows(std::size_t elements)
{
    Rows rows;
    rows.values.resize(elements / rows.columns * rows.columns);
    for (std::size_t i = 0; i < rows.values.size(); ++i)
        rows.values[i] = roundToBf16(static_cast<float>(0.02 * randomNormal(1, i)));
    return rows;
}

// Relative squared error of the encoder, and how many seconds a pass over all rows takes.
void benchEncoder(const Rows& rows, const Codec& codec, Encoder encoder, double energy)
{
    const RowLayout layout = rowLayout(codec, rows.columns, DType::BF16).value();
    std::vector<std::byte> bytes(layout.total());
    const EncodedRow out { std::span(bytes).first(layout.codes),
        std::span(bytes).subspan(layout.codes, layout.scales),
        std::span(bytes).last(layout.biases) };
    double squared = 0;
    const double seconds = bestSeconds([&] {
        squared = 0;
        for (std::size_t i = 0; i < rows.count(); ++i)
            squared += encodeRow(codec, DType::BF16, encoder, rows.row(i), {}, out).squared;
    });
    std::vector<float> decoded(rows.columns);
    const ConstEncodedRow in { out.codes, out.scales, out.biases };
    const double decodeSeconds = bestSeconds([&] {
        for (std::size_t i = 0; i < rows.count(); ++i)
            decodeRow(codec, DType::BF16, in, Decode::exact, decoded);
    });
    const auto elements = static_cast<double>(rows.values.size());
    std::printf("%-14s %-6s %8.1f M/s  decode %8.1f M/s  relative squared error %.6f\n",
        codec.name.data(), encoderName(encoder).data(), elements / seconds * 1e-6,
        elements / decodeSeconds * 1e-6, squared / energy);
}

void benchFloats(const Rows& rows)
{
    const auto elements = static_cast<double>(rows.values.size());
    std::vector<std::byte> bytes(2 * rows.columns);
    std::vector<float> back(rows.columns);
    const auto report = [&](const char* name, double seconds) {
        std::printf("%-14s %8.1f M/s\n", name, elements / seconds * 1e-6);
    };
    const auto each = [&](const auto& work) {
        return bestSeconds([&] {
            for (std::size_t i = 0; i < rows.count(); ++i)
                work(i);
        });
    };
    report("narrow bf16", each([&](std::size_t i) { narrowToBf16(rows.row(i), bytes.data()); }));
    report("widen bf16", each([&](std::size_t) { widenBf16(bytes.data(), back); }));
    report("narrow f16", each([&](std::size_t i) { narrowToF16(rows.row(i), bytes.data()); }));
    report("widen f16", each([&](std::size_t) { widenF16(bytes.data(), back); }));
    report("widen e4m3", each([&](std::size_t) { widenF8E4m3(bytes.data(), back); }));
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t mebibytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 16;
    const Rows rows = gaussianRows(mebibytes * (std::size_t { 1 } << 18));
    double energy = 0;
    for (const float value : rows.values)
        energy += static_cast<double>(value) * static_cast<double>(value);
    // For a narrower target: BENCH_TARGETS as a mask of Highway's targets.
    if (const char* mask = std::getenv("BENCH_TARGETS"))
        hwy::SetSupportedTargetsForTest(std::strtoll(mask, nullptr, 0));
    std::printf("target %s\n", hwy::TargetName(hwy::SupportedAndGeneratedTargets().front()));
    benchFloats(rows);
    for (const Encoder encoder : { Encoder::round, Encoder::search }) {
        for (const Codec& codec : codecs())
            if (!isCopied(codec))
                benchEncoder(rows, codec, encoder, energy);
    }
}
