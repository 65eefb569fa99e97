// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ggml/block_format.h"

namespace bitloupe {
namespace {

using enum BlockOffset;

constexpr std::array blockFormats {
    BlockFormat { DType::Q8_0, 32, 32, 8, 128, nullptr, 1, 1, none, 0 },
    BlockFormat { DType::Q4_0, 32, 32, 4, 8, nullptr, 1, 1, none, 0 },
    BlockFormat { DType::Q4_1, 32, 32, 4, 0, nullptr, 1, 1, added, 1 },
    BlockFormat { DType::Q5_0, 32, 32, 5, 16, nullptr, 1, 1, none, 0 },
    BlockFormat { DType::Q5_1, 32, 32, 5, 0, nullptr, 1, 1, added, 1 },
    BlockFormat { DType::IQ4_NL, 32, 32, 4, 0, &iq4Levels, 1, 1, none, 0 },
    BlockFormat { DType::MXFP4, 32, 32, 4, 0, &e2m1Levels, 1, 1, none, 0 },
    BlockFormat { DType::Q2_K, 256, 16, 2, 0, nullptr, 0, 15, subtracted, 15 },
    BlockFormat { DType::Q3_K, 256, 16, 3, 4, nullptr, -32, 31, none, 0 },
    BlockFormat { DType::Q4_K, 256, 32, 4, 0, nullptr, 0, 63, subtracted, 63 },
    BlockFormat { DType::Q5_K, 256, 32, 5, 0, nullptr, 0, 63, subtracted, 63 },
    BlockFormat { DType::Q6_K, 256, 16, 6, 32, nullptr, -128, 127, none, 0 },
    BlockFormat { DType::IQ4_XS, 256, 32, 4, 0, &iq4Levels, -32, 31, none, 0 },
};

} // namespace

const BlockFormat* findBlockFormat(DType dtype)
{
    for (const BlockFormat& format : blockFormats) {
        if (format.dtype == dtype)
            return &format;
    }
    return nullptr;
}

} // namespace bitloupe
