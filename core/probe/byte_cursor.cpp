// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/byte_cursor.h"

namespace bitloupe {

std::optional<std::string_view> ByteCursor::text(std::uint64_t length)
{
    if (length > left())
        return std::nullopt;
    const std::string_view text(reinterpret_cast<const char*>(m_bytes.data()) + m_at, length);
    m_at += length;
    return text;
}

bool ByteCursor::floats(std::uint64_t count, std::vector<float>& out)
{
    if (count > left() / sizeof(float))
        return false;
    out.resize(count);
    if (count > 0)
        std::memcpy(out.data(), m_bytes.data() + m_at, count * sizeof(float));
    m_at += count * sizeof(float);
    return true;
}

} // namespace bitloupe
