// SPDX-License-Identifier: GPL-3.0-or-later
// What an export target allows for one model, as plain data that the target fills in: so that
// planning never needs to know a target. A decision is what gets one codec: a tensor, a stack of
// experts, a tied pair.
#pragma once

#include "codec/codec.h"
#include "model/tensor.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bitloupe {

/// One codec that a decision may take, with what it costs in the output.
/// Small, for a plan of 10^5 decisions is made at the speed of memory and reads all of them.
struct CodecOption {
    CodecId codec;
    std::uint32_t headerBytes = 0; // of the output tensors' header entries, offsets at full width,
                                   // and of the padding behind their data
    std::uint64_t dataBytes = 0; // of all output tensors of the decision
};

/// Which part of each source's matrices a decision stores. Fused gate and up projections become
/// two decisions; some experts are stored [in, out].
struct SourceCut {
    bool transposed = false; // the last two axes change places before anything else
    std::uint64_t rowBegin = 0, rowStep = 1, rowParts = 1; // rows: source rows / parts
    std::uint64_t columnBegin = 0, columnStep = 1, columnParts = 1;
    // Rows of a head whose halves are interleaved: rows 2j and 2j + 1 are its rows j and
    // j + headRows / 2. 0: rows keep their places. A tensor of one dimension has elements for rows.
    std::uint64_t headRows = 0;
    /// The row of the source's matrix that becomes row `row` of the output's.
    std::uint64_t sourceRow(std::uint64_t row) const { return rowBegin + placeOf(row) * rowStep; }
    std::uint64_t placeOf(std::uint64_t row) const
    {
        if (headRows == 0)
            return row;
        const std::uint64_t inHead = row % headRows;
        return row - inHead + inHead % 2 * (headRows / 2) + inHead / 2;
    }
    bool whole() const { return rowParts == 1 && columnParts == 1; }
    friend bool operator==(const SourceCut&, const SourceCut&) = default;
};

struct Decision {
    std::string name; // in the output: module path, "model.layers.0.self_attn.q_proj"
    std::string tensorName; // of the one output tensor when the floats are kept
    Shape shape; // of that tensor; quantized parts have the same rank
    TensorRole role = TensorRole::other;
    int layer = -1;
    std::vector<TensorId> sources; // the tensors it stores, in slab order
    std::vector<TensorId> derivedFrom; // tied: further tensors that it also serves
    std::vector<std::string> sourceNames; // of both lists, in their order: what rules match
    SourceCut cut; // the same for every source
    std::uint64_t slabs = 1, rows = 0, columns = 0; // of the output; rank 0 and 1 are one row
    std::uint64_t elements = 0;
    std::vector<CodecOption> options; // 1 to 64, rising bytes, the last keeps the floats; 1: fixed
    std::string fixedReason; // why there is only one option: "1-D tensor", "router"; else empty
    bool sizeProtected = false; // strategies of the papers protect it (embedding, head, ...)
};

/// How decisions become files: everything the exact size needs.
struct SizeModel {
    std::uint64_t shardLimitBytes = 0; // of a file's data; 0: none; a larger decision is alone
    std::uint64_t shardHeaderBytes = 0; // fixed part of each file's header, length field included
    std::uint64_t firstShardBytes = 0; // further header bytes of the first file alone
    std::uint64_t headerAlignment = 1; // header with length field is padded to this; 2^k
    std::uint64_t dataAlignment = 1; // each decision's data is; 2^k
    /// Zero bytes behind a decision's data.
    std::uint64_t paddingOf(std::uint64_t dataBytes) const
    {
        return (dataAlignment - dataBytes % dataAlignment) % dataAlignment;
    }
};

/// A tensor of numbers that no weights are behind, such as a table of rotary frequencies.
struct ComputedTensor {
    std::string name;
    std::vector<float> values; // one dimension, F32
};

struct TargetProfile {
    std::string targetId; // "mlx"
    std::vector<Decision> decisions; // in output file order
    std::vector<ComputedTensor> computed; // before them in the first file; in no sum of data bytes
    SizeModel size;
    DType floatType = DType::BF16; // of kept floats and of scales
    bool forced = false; // what the target could not settle was left out
    std::uint64_t parameters = 0; // elements of all decisions
    std::vector<std::string> notes; // fallbacks and losses, one sentence each, shown before writing
};

/// Index of the option with this codec; options.size() when there is none.
std::size_t optionIndex(const Decision& decision, CodecId codec);

/// True when some decision may take weight blocks: planning wants their curves then.
bool offersBlocks(const TargetProfile& profile);

} // namespace bitloupe
