// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as an ordered tree whose numbers keep the spelling they had, so that a configuration can
// be extended without touching what is in it.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bitloupe {

/// A value with quotes, escaped; control characters as \u00XX, everything else as it is.
std::string jsonString(std::string_view text);

class JsonText {
public:
    enum class Kind : std::uint8_t { scalar, array, object };
    using Member = std::pair<std::string, JsonText>;

    JsonText() = default; // null
    static JsonText object() { return JsonText(Kind::object); }
    static JsonText array() { return JsonText(Kind::array); }
    /// A scalar in JSON spelling: "null", "true", "64", "\"mlx\"".
    static JsonText raw(std::string spelling);
    static JsonText string(std::string_view text) { return raw(jsonString(text)); }
    static JsonText number(double value); // null when not finite
    static JsonText number(std::uint64_t value) { return raw(std::to_string(value)); }
    static JsonText boolean(bool value) { return raw(value ? "true" : "false"); }

    /// Errors: badJson (malformed, duplicate key, deeper than 64).
    static Result<JsonText> parse(std::string_view text, std::string_view where);

    Kind kind() const { return m_kind; }
    bool isObject() const { return m_kind == Kind::object; }
    bool isNull() const { return m_kind == Kind::scalar && m_spelling == "null"; }
    const std::string& spelling() const { return m_spelling; } // of a scalar
    /// The text of a string scalar; empty for anything else.
    std::string stringValue() const;
    std::vector<Member>& members() { return m_members; } // of an array: keys are empty
    const std::vector<Member>& members() const { return m_members; }

    const JsonText* find(std::string_view key) const;
    JsonText* find(std::string_view key);
    /// Replaces the value of a key in its place, or appends it.
    void set(std::string_view key, JsonText value);
    void setIfAbsent(std::string_view key, JsonText value);
    void remove(std::string_view key);
    void append(JsonText value) { m_members.emplace_back(std::string(), std::move(value)); }

    /// The text, two spaces a level; small flat records on one line.
    std::string text() const;

private:
    explicit JsonText(Kind kind)
        : m_kind(kind)
    {
    }
    friend class JsonTextReader;
    void write(std::string& out, unsigned level) const;
    bool isFlat() const;

    Kind m_kind = Kind::scalar;
    std::string m_spelling = "null";
    std::vector<Member> m_members;
};

} // namespace bitloupe
