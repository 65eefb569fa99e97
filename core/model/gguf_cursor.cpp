// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_cursor.h"

#include <algorithm>

namespace bitloupe {

GgufCursor::GgufCursor(GgufRead read, std::uint64_t fileSize)
    : m_read(std::move(read))
    , m_fileSize(fileSize)
{
}

Result<void> GgufCursor::inside(std::uint64_t size) const
{
    if (size > left())
        return Error {Errc::truncated, place(),
            "needs " + std::to_string(size) + " more bytes, but the file has "
                + std::to_string(left())};
    if (size > maxGgufHeader || position() + size > maxGgufHeader)
        return Error {Errc::headerTooLarge, place(),
            "expected at most " + std::to_string(maxGgufHeader) + " bytes before the weights"};
    return {};
}

/// Drops what was taken and reads the next piece behind what was not.
Result<void> GgufCursor::refill()
{
    const auto taken = std::span<const std::byte>(m_buffer).first(m_at);
    m_digest.add(taken);
    m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_at));
    m_begin += m_at;
    m_at = 0;
    const std::uint64_t held = m_buffer.size();
    const std::uint64_t more = std::min(pieceBytes, m_fileSize - m_begin - held);
    m_buffer.resize(held + more);
    return m_read(m_begin + held, std::span(m_buffer).subspan(held));
}

Result<void> GgufCursor::need(std::uint64_t size)
{
    if (auto there = inside(size); !there)
        return there;
    return m_buffer.size() - m_at >= size ? Result<void>() : refill();
}

Result<std::uint64_t> GgufCursor::takeLength()
{
    const std::string where = place();
    const auto length = take<std::uint64_t>();
    if (length && *length > maxGgufLength)
        return Error {Errc::badHeader, where,
            "found a length of " + std::to_string(*length) + ", expected at most "
                + std::to_string(maxGgufLength)};
    return length;
}

Result<std::string> GgufCursor::takeBytes(std::uint64_t size)
{
    if (auto there = inside(size); !there)
        return there.error();
    std::string bytes;
    while (bytes.size() < size) {
        const std::uint64_t piece = std::min(pieceBytes, size - bytes.size());
        if (auto ready = need(piece); !ready)
            return ready.error();
        bytes.append(reinterpret_cast<const char*>(m_buffer.data() + m_at), piece);
        m_at += piece;
    }
    return bytes;
}

Result<void> GgufCursor::skip(std::uint64_t size)
{
    if (auto there = inside(size); !there)
        return there;
    while (size > 0) {
        const std::uint64_t piece = std::min(pieceBytes, size);
        if (auto ready = need(piece); !ready)
            return ready;
        m_at += piece;
        size -= piece;
    }
    return {};
}

std::string GgufCursor::digest()
{
    m_digest.add(std::span<const std::byte>(m_buffer).first(m_at));
    return m_digest.hex();
}

} // namespace bitloupe
