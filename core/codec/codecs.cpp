// SPDX-License-Identifier: GPL-3.0-or-later
// TABLE of codecs.
#include "codec/codec.h"

namespace bitloupe {
namespace {

constexpr Codec stored(std::uint16_t id, std::string_view name, int bits, DType type)
{
    return { { id }, name, CodecFamily::stored, bits, 0, type };
}

// `bits` of blocks are those of a code.
constexpr Codec copied(std::uint16_t id, std::string_view name, int bits, DType type)
{
    return stored(id, name, bits, type);
}

constexpr Codec affine(std::uint16_t id, std::string_view name, int bits, int groupSize)
{
    return { { id }, name, CodecFamily::affine, bits, groupSize, DType::U32 };
}

constexpr Codec blockOf(
    std::uint16_t id, std::string_view name, int bits, int size, DType type)
{
    return { { id }, name, CodecFamily::block, bits, size, type };
}

constexpr std::array codecTable {
    stored(0, "bf16", 16, DType::BF16),
    stored(1, "f16", 16, DType::F16),
    stored(2, "f32", 32, DType::F32),
    affine(3, "affine-2-g128", 2, 128),
    affine(4, "affine-2-g64", 2, 64),
    affine(5, "affine-2-g32", 2, 32),
    affine(6, "affine-3-g128", 3, 128),
    affine(7, "affine-3-g64", 3, 64),
    affine(8, "affine-3-g32", 3, 32),
    affine(9, "affine-4-g128", 4, 128),
    affine(10, "affine-4-g64", 4, 64),
    affine(11, "affine-4-g32", 4, 32),
    affine(12, "affine-5-g128", 5, 128),
    affine(13, "affine-5-g64", 5, 64),
    affine(14, "affine-5-g32", 5, 32),
    affine(15, "affine-6-g128", 6, 128),
    affine(16, "affine-6-g64", 6, 64),
    affine(17, "affine-6-g32", 6, 32),
    affine(18, "affine-8-g128", 8, 128),
    affine(19, "affine-8-g64", 8, 64),
    affine(20, "affine-8-g32", 8, 32),
    blockOf(21, "q2_k", 2, 256, DType::Q2_K),
    blockOf(22, "q3_k", 3, 256, DType::Q3_K),
    blockOf(23, "iq4_xs", 4, 256, DType::IQ4_XS),
    blockOf(24, "q4_0", 4, 32, DType::Q4_0),
    blockOf(25, "iq4_nl", 4, 32, DType::IQ4_NL),
    blockOf(26, "q4_k", 4, 256, DType::Q4_K),
    blockOf(27, "q4_1", 4, 32, DType::Q4_1),
    blockOf(28, "q5_0", 5, 32, DType::Q5_0),
    blockOf(29, "q5_k", 5, 256, DType::Q5_K),
    blockOf(30, "q5_1", 5, 32, DType::Q5_1),
    blockOf(31, "q6_k", 6, 256, DType::Q6_K),
    blockOf(32, "q8_0", 8, 32, DType::Q8_0),
    copied(33, "q1_0", 1, DType::Q1_0),
    copied(34, "iq1_s", 1, DType::IQ1_S),
    copied(35, "tq1_0", 1, DType::TQ1_0),
    copied(36, "iq1_m", 1, DType::IQ1_M),
    copied(37, "tq2_0", 2, DType::TQ2_0),
    copied(38, "iq2_xxs", 2, DType::IQ2_XXS),
    copied(39, "q2_0", 2, DType::Q2_0),
    copied(40, "iq2_xs", 2, DType::IQ2_XS),
    copied(41, "iq2_s", 2, DType::IQ2_S),
    copied(42, "iq3_xxs", 3, DType::IQ3_XXS),
    copied(43, "iq3_s", 3, DType::IQ3_S),
    copied(44, "mxfp4", 4, DType::MXFP4),
    copied(45, "nvfp4", 4, DType::NVFP4),
    copied(46, "i8", 8, DType::I8),
    copied(47, "q8_1", 8, DType::Q8_1),
    copied(48, "q8_k", 8, DType::Q8_K),
    copied(49, "i16", 16, DType::I16),
    copied(50, "i32", 32, DType::I32),
    copied(51, "i64", 64, DType::I64),
    copied(52, "f64", 64, DType::F64),
};

constexpr bool idsAreIndices()
{
    for (std::size_t i = 0; i < codecTable.size(); ++i) {
        if (codecTable[i].id.index() != i)
            return false;
    }
    return true;
}
static_assert(idsAreIndices());

} // namespace

std::span<const Codec> codecs() { return codecTable; }

const Codec& codec(CodecId id) { return codecTable[id.index()]; }

const Codec* findCodec(std::string_view name)
{
    for (const Codec& entry : codecTable) {
        if (entry.name == name)
            return &entry;
    }
    return nullptr;
}

bool isCopied(const Codec& codec)
{
    return codec.family == CodecFamily::stored && codec.storedType != DType::BF16
        && codec.storedType != DType::F16 && codec.storedType != DType::F32;
}

std::optional<Encoder> findEncoder(std::string_view name)
{
    for (const Encoder encoder : { Encoder::round, Encoder::search, Encoder::feedback }) {
        if (encoderName(encoder) == name)
            return encoder;
    }
    return std::nullopt;
}

std::string_view encoderName(Encoder encoder)
{
    switch (encoder) {
    case Encoder::round: return "round";
    case Encoder::search: return "search";
    case Encoder::feedback: break;
    }
    return "feedback";
}

} // namespace bitloupe
