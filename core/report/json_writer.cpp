// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json_writer.h"

#include "base/text.h"
#include "export/json_text.h"

#include <cmath>

namespace bitloupe {

void JsonWriter::separate()
{
    if (m_named || m_levels.empty()) {
        m_named = false;
        return;
    }
    Level& level = m_levels.back();
    if (!level.empty)
        m_text += level.layout == JsonLayout::line ? ", " : ",";
    if (level.layout == JsonLayout::lines) {
        m_text += '\n';
        m_text.append(2 * m_levels.size(), ' ');
    }
    level.empty = false;
}

JsonWriter& JsonWriter::item(std::string_view spelling)
{
    separate();
    m_text += spelling;
    return *this;
}

JsonWriter& JsonWriter::open(char bracket, JsonLayout layout)
{
    item(std::string_view(&bracket, 1));
    m_levels.push_back({layout, bracket == '{' ? '}' : ']'});
    return *this;
}

JsonWriter& JsonWriter::end()
{
    const Level level = m_levels.back();
    m_levels.pop_back();
    if (level.layout == JsonLayout::lines && !level.empty) {
        m_text += '\n';
        m_text.append(2 * m_levels.size(), ' ');
    }
    m_text += level.close;
    return *this;
}

JsonWriter& JsonWriter::name(std::string_view key)
{
    separate();
    m_text += jsonString(key);
    m_text += ": ";
    m_named = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) { return item(jsonString(value)); }

JsonWriter& JsonWriter::number(double value)
{
    return std::isfinite(value) ? item(numberText(value)) : null();
}

JsonWriter& JsonWriter::member(std::string_view key, std::string_view value)
{
    return name(key).text(value);
}
JsonWriter& JsonWriter::member(std::string_view key, const char* value)
{
    return name(key).text(value);
}
JsonWriter& JsonWriter::member(std::string_view key, bool value)
{
    return name(key).boolean(value);
}
JsonWriter& JsonWriter::member(std::string_view key, double value)
{
    return name(key).number(value);
}

JsonWriter& JsonWriter::texts(std::string_view key, std::span<const std::string> values)
{
    name(key).array(values.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const std::string& value : values)
        text(value);
    return end();
}

std::string JsonWriter::take() &&
{
    m_text += '\n';
    return std::move(m_text);
}

} // namespace bitloupe
