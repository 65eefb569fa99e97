// SPDX-License-Identifier: GPL-3.0-or-later
// JSON text written in order, straight into one string. Private to report.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

/// How a container's items are set: each on its own line, or all on one.
enum class JsonLayout : std::uint8_t { lines, line };

/// Calls must nest properly; a member's name comes before its value. Numbers that are not finite
/// become null. Single-thread.
class JsonWriter {
public:
    JsonWriter& object(JsonLayout layout = JsonLayout::lines) { return open('{', layout); }
    JsonWriter& array(JsonLayout layout = JsonLayout::lines) { return open('[', layout); }
    JsonWriter& end();

    JsonWriter& name(std::string_view key);
    JsonWriter& text(std::string_view value);
    JsonWriter& boolean(bool value) { return item(value ? "true" : "false"); }
    JsonWriter& null() { return item("null"); }
    JsonWriter& number(double value);
    template <std::integral Int> JsonWriter& number(Int value)
    {
        return item(std::to_string(value));
    }

    JsonWriter& member(std::string_view key, std::string_view value);
    JsonWriter& member(std::string_view key, const char* value);
    JsonWriter& member(std::string_view key, bool value);
    JsonWriter& member(std::string_view key, double value);
    template <std::integral Int> JsonWriter& member(std::string_view key, Int value)
    {
        return name(key).number(value);
    }
    JsonWriter& texts(std::string_view key, std::span<const std::string> values);

    /// Everything written, with a final newline.
    std::string take() &&;

private:
    struct Level {
        JsonLayout layout;
        char close;
        bool empty = true;
    };
    JsonWriter& open(char bracket, JsonLayout layout);
    JsonWriter& item(std::string_view spelling);
    void separate();
    std::string m_text;
    std::vector<Level> m_levels;
    bool m_named = false;
};

} // namespace bitloupe
