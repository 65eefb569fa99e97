// SPDX-License-Identifier: GPL-3.0-or-later
// A codec turns a row of floats into bytes and back. Descriptors are data; the functions below
// dispatch on them. Plain float storage is a codec too, so that "keep at 16 bits" is a choice
// like any other.
#pragma once

#include "base/strong_index.h"
#include "codec/dtype.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace bitloupe {

using CodecId = StrongIndex<struct CodecTag, std::uint16_t>;

enum class CodecFamily : std::uint8_t {
    stored, // plain floats: bf16, f16, f32; and bytes taken over as they are (isCopied)
    affine, // MLX affine: scale * code + bias per group
    block, // weight blocks of GGUF: whole numbers of bytes that hold codes and scales
};

struct Codec {
    CodecId id;
    std::string_view name; // "bf16", "affine-4-g64", "q4_k"
    CodecFamily family;
    int bits; // of a code; of the float for stored
    int groupSize; // columns come in multiples of it; 0 for stored, the whole block for block
    DType storedType; // dtype of the weight bytes: U32 for affine, else the float or block
};

/// All codecs, in an order fixed for ever within one version: floats first, then affine by bits,
/// then by group size falling, then blocks by size (so by size within each family), then what can
/// only be copied.
std::span<const Codec> codecs();
const Codec& codec(CodecId id);
const Codec* findCodec(std::string_view name);

/// True for a codec that takes over the bytes of a source of its own type, and encodes nothing:
/// integers, F64, and blocks that are read at most.
bool isCopied(const Codec& codec);

/// Which encoder makes the bytes; same format and size, falling error.
enum class Encoder : std::uint8_t {
    round, // the client's own choice of scale and bias, but codes nearest to the rounded numbers;
           // where the client itself searches, a quick search that no weights steer
    search, // clipped ranges and weighted least squares, never worse than round on any group
    feedback, // search, and each column makes good what those before it lost (codec/feedback.h)
};
std::optional<Encoder> findEncoder(std::string_view name);
std::string_view encoderName(Encoder encoder);

/// Bytes of one encoded row, by part. Stored codecs and blocks use `codes` alone.
struct RowLayout {
    std::uint64_t codes = 0;
    std::uint64_t scales = 0;
    std::uint64_t biases = 0;
    std::uint64_t total() const { return codes + scales + biases; }
};

/// Layout of a row of `columns`; empty when the codec cannot hold it (columns % group != 0) or
/// the size overflows. `scaleType` is BF16, F16 or F32; blocks, which have scales of their own,
/// ignore it here and below.
std::optional<RowLayout> rowLayout(const Codec& codec, std::uint64_t columns, DType scaleType);

struct EncodedRow {
    std::span<std::byte> codes, scales, biases;
};
struct ConstEncodedRow {
    std::span<const std::byte> codes, scales, biases;
};

/// Squared errors of a row in double, summed in 16 fixed lanes: of value - (scale * code + bias),
/// each operation rounded to float, as the clients' kernels on a GPU decode.
struct RowError {
    double squared = 0; // sum (w - q)^2
    double weighted = 0; // sum weight_j (w_j - q_j)^2; equals squared without weights
};

/// Encodes a row into `out` (exact sizes of rowLayout; written in full) and returns its error.
/// `weights` is empty or one non-negative number per column; it steers `search` alone. Groups know
/// nothing of rows, so several whole rows may be passed as one: the same bytes, one after another.
/// Not for codecs that only copy. The row must be finite; what is written then decodes to finite
/// numbers. No vector width, and nothing outside a group or block, changes its bytes. `feedback`
/// needs what a row does not know, and is search here. Where the scale's dtype cannot hold the
/// range, the nearest scale and bias that it can hold are used.
/// Cost: round 3 passes over the row, search about 20; blocks with searched scales 30 and 120.
RowError encodeRow(const Codec& codec, DType scaleType, Encoder encoder,
    std::span<const float> row, std::span<const float> weights, EncodedRow out);

/// The error that encodeRow would return, bit for bit, without writing.
RowError encodeError(const Codec& codec, DType scaleType, Encoder encoder,
    std::span<const float> row, std::span<const float> weights);

enum class Decode : std::uint8_t {
    exact, // scale * code + bias in float: what matrix kernels use
    stored, // product and sum each rounded to the scale's dtype: the client's dequantize
};

void decodeRow(const Codec& codec, DType scaleType, ConstEncodedRow in, Decode mode,
    std::span<float> out);

} // namespace bitloupe
