// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/gaussian_error.h"

#include <cmath>
#include <cstddef>

namespace bitloupe {
namespace {

struct ErrorRow {
    int bits, groupSize;
    GaussianError error;
};

constexpr ErrorRow errors[] = {
    {2, 128, {.3379, .4260}},
    {2, 64, {.3244, .3953}},
    {2, 32, {.2997, .3626}},
    {3, 128, {.1807, .2084}},
    {3, 64, {.1669, .1909}},
    {3, 32, {.1465, .1715}},
    {4, 128, {.0925, .1005}},
    {4, 64, {.0829, .0912}},
    {4, 32, {.0711, .0812}},
    {5, 128, {.0465, .0490}},
    {5, 64, {.0412, .0444}},
    {5, 32, {.0351, .0394}},
    {6, 128, {.0233, .0245}},
    {6, 64, {.0207, .0222}},
    {6, 32, {.0177, .0197}},
    {8, 128, {.0059, .0078}},
    {8, 64, {.0053, .0073}},
    {8, 32, {.0047, .0064}},
};

struct BlockRow {
    DType type;
    GaussianError error;
};

// Of the blocks of GGUF.
constexpr BlockRow blockErrors[] = {
    {DType::Q2_K, {.2585, .2955}},
    {DType::Q3_K, {.1420, .1503}},
    {DType::IQ4_XS, {.0752, .0767}},
    {DType::Q4_0, {.0808, .0858}},
    {DType::IQ4_NL, {.0745, .0761}},
    {DType::Q4_K, {.0692, .0711}},
    {DType::Q4_1, {.0688, .0780}},
    {DType::Q5_0, {.0400, .0426}},
    {DType::Q5_K, {.0341, .0361}},
    {DType::Q5_1, {.0333, .0378}},
    {DType::Q6_K, {.0173, .0177}},
    {DType::Q8_0, {.0053, .0053}},
};

} // namespace

GaussianError gaussianError(const Codec& codec)
{
    if (codec.family == CodecFamily::stored)
        return {};
    for (const BlockRow& row : blockErrors)
        if (row.type == codec.storedType)
            return row.error;
    for (const ErrorRow& row : errors)
        if (row.bits == codec.bits && row.groupSize == codec.groupSize)
            return row.error;
    // Widths outside the table: each bit halves the error.
    const double error = .0829 * std::exp2(4 - codec.bits);
    return {error, 1.1 * error};
}

} // namespace bitloupe
