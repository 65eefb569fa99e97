// SPDX-License-Identifier: GPL-3.0-or-later
// Takes a GGUF header apart from its beginning, in pieces: nothing is held that was not read, and
// no length is believed before the file is known to be that long. Private to the GGUF reader.
#pragma once

#include "base/checked.h"
#include "base/digest.h"
#include "model/gguf_metadata.h"

#include <string>
#include <vector>

namespace bitloupe {

inline constexpr std::uint64_t maxGgufHeader = std::uint64_t {1} << 28;
inline constexpr std::uint64_t maxGgufLength = std::uint64_t {1} << 30; // of texts and arrays

/// Errors of all: truncated with the byte, headerTooLarge above maxGgufHeader, those of `read`.
/// Single-thread.
class GgufCursor {
public:
    GgufCursor(GgufRead read, std::uint64_t fileSize);

    std::uint64_t position() const { return m_begin + m_at; }
    std::uint64_t left() const { return m_fileSize - position(); }

    template <typename T> Result<T> take()
    {
        if (auto ready = need(sizeof(T)); !ready)
            return ready.error();
        const T value = loadLittleEndian<T>(m_buffer.data() + m_at);
        m_at += sizeof(T);
        return value;
    }

    /// The length in front of a text. Errors: badHeader above maxGgufLength.
    Result<std::uint64_t> takeLength();
    Result<std::string> takeBytes(std::uint64_t size);
    Result<void> skip(std::uint64_t size);

    /// SHA-256 of all bytes taken. Call it last.
    std::string digest();

    /// "byte 1234", for errors.
    std::string place() const { return "byte " + std::to_string(position()); }

private:
    Result<void> need(std::uint64_t size); // in the buffer; at most pieceBytes
    Result<void> inside(std::uint64_t size) const;
    Result<void> refill();

    static constexpr std::uint64_t pieceBytes = 1u << 16;

    GgufRead m_read;
    std::uint64_t m_fileSize;
    std::uint64_t m_begin = 0; // of the buffer in the file
    std::size_t m_at = 0;
    std::vector<std::byte> m_buffer;
    Sha256 m_digest;
};

} // namespace bitloupe
