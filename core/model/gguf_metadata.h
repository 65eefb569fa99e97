// SPDX-License-Identifier: GPL-3.0-or-later
// The key-values of a GGUF file: what each is and where its bytes lie. Short values are kept; long
// arrays (vocabularies) stay in the file until asked for, and can be copied as they are.
#pragma once

#include "base/result.h"
#include "model/gguf_types.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

/// A stretch of the file.
struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

struct GgufPair {
    std::string key;
    GgufValueType type = GgufValueType::u8;
    GgufValueType elementType = GgufValueType::u8; // of an array; as `type` otherwise
    std::uint64_t count = 1; // elements of an array; 1 otherwise
    ByteRange whole; // from the length of the key to the last byte of the value
    ByteRange value; // all that follows the type: of a text its length too, of an array its header
    ByteRange content; // a number, the bytes of a text, the elements of an array
    std::string held; // the content when it is at most maxHeldBytes; empty otherwise

    static constexpr std::uint64_t maxHeldBytes = 4096;
    bool isArray() const { return type == GgufValueType::array; }
};

/// Reads exactly out.size() bytes from an offset of the file.
using GgufRead = std::function<Result<void>(std::uint64_t offset, std::span<std::byte> out)>;

/// Immutable, thread-safe when `read` is.
class GgufMetadata {
public:
    GgufMetadata() = default;
    GgufMetadata(std::vector<GgufPair> pairs, GgufRead read);

    std::uint32_t version = 3;
    std::uint64_t alignment = ggufDefaultAlignment;

    std::span<const GgufPair> pairs() const { return m_pairs; } // in the order of the file
    const GgufPair* find(std::string_view key) const;

    // Empty when there is no such key or its value is of another kind.
    std::optional<std::int64_t> integer(std::string_view key) const; // any integer that fits
    std::optional<double> number(std::string_view key) const; // any integer or float
    std::optional<bool> flag(std::string_view key) const;
    std::optional<std::string_view> text(std::string_view key) const; // at most maxHeldBytes
    /// Of an array of integers that is not longer than maxHeldBytes.
    std::optional<std::vector<std::int64_t>> integers(std::string_view key) const;
    std::optional<std::vector<bool>> flags(std::string_view key) const;

    /// Bytes of a range as they are in the file. Errors: ioRead, changedOnDisk, outOfMemory.
    Result<std::vector<std::byte>> bytes(ByteRange range) const;

    /// A text of any length; the elements of an array of texts. Errors: as bytes.
    Result<std::string> wholeText(const GgufPair& pair) const;
    Result<std::vector<std::string>> texts(const GgufPair& pair) const;
    /// Elements of an array of i32, f32, ... as they lie. Errors: as bytes; badHeader when the
    /// array is of another type.
    Result<std::vector<std::int32_t>> int32s(const GgufPair& pair) const;
    Result<std::vector<float>> floats(const GgufPair& pair) const;

    /// The first elements as text for people, at most `most`; of a single value that value. Texts
    /// are printable and elided. Errors: as bytes.
    Result<std::vector<std::string>> preview(const GgufPair& pair, std::size_t most) const;

private:
    std::vector<GgufPair> m_pairs;
    std::vector<std::uint32_t> m_byKey; // indices of m_pairs
    GgufRead m_read;
};

} // namespace bitloupe
