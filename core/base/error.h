// SPDX-License-Identifier: GPL-3.0-or-later
// The closed list of what can go wrong with an input or the environment, and the value that
// carries one such failure. Bugs are asserts, not Errors.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bitloupe {

enum class Errc {
    ioRead,             // the system refused to open or read
    ioWrite,            // the system refused to create or write
    notAModel,          // the path holds nothing we can open (says what it is instead)
    truncated,          // the file ends before its header says
    headerTooLarge,     // header length over the format's limit or over the file
    badHeader,          // header is not what the format allows
    badJson,            // a JSON text is malformed, too deep or has duplicate keys
    badOffset,          // tensor offsets negative, out of range, with holes or trailing bytes
    overlappingTensors, // two tensors claim the same bytes
    duplicateName,      // one tensor name twice, in a file or across shards
    badShape,           // shape not a list of non-negative integers, or disagreeing with bytes
    unknownDtype,       // dtype string the format does not define
    numberOverflow,     // a size computed from the file does not fit 64 bits
    badIndex,           // shard index names absent files, phantom tensors or unsafe paths
    badConfig,          // config.json contradicts itself where it must not be ignored
    badPlan,            // a plan or analysis file does not fit the model
    badArgument,        // an option's value makes no sense (regular expression, codec name)
    unsupported,        // valid, but not something we do
    alreadyQuantized,   // the model is quantized already; view only
    changedOnDisk,      // the source changed while we read it
    badWeights,         // NaN or infinity where a codec must encode
    infeasibleBudget,   // no plan fits the budget
    targetExists,       // the export target exists, or overlaps the source
    noSpace,            // not enough room on the target file system
    verifyMismatch,     // what was read back is not what was written
    cancelled,          // the user stopped it
    outOfMemory,        // an allocation failed
};

/// All codes in order; drives the tests and the translations.
std::span<const Errc> allErrcs();

/// Short stable name of a code, for example "badOffset".
std::string_view errcName(Errc code);

/// One plain English sentence for a code, without a full stop.
std::string_view errcSentence(Errc code);

/// One failure. `where` is a file, tensor name or byte offset; `detail` says "found X, expected Y".
/// Both may hold text from a hostile file: message() escapes control characters.
struct Error {
    Errc code;
    std::string where;
    std::string detail;

    /// One line: "where: sentence: detail", control characters escaped, at most 1,000 bytes.
    std::string message() const;
};

} // namespace bitloupe
