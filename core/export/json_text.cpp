// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/json_text.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace bitloupe {
namespace {

constexpr std::size_t maxDepth = 64;

} // namespace

// Builds the tree from events: numbers beyond 64 bits arrive with their spelling.
class JsonTextReader {
public:
    using Json = nlohmann::json;

    bool null() { return put(JsonText::raw("null")); }
    bool boolean(bool value) { return put(JsonText::boolean(value)); }
    bool number_integer(Json::number_integer_t value)
    {
        return put(JsonText::raw(std::to_string(value)));
    }
    bool number_unsigned(Json::number_unsigned_t value)
    {
        return put(JsonText::raw(std::to_string(value)));
    }
    bool number_float(Json::number_float_t, const std::string& spelling)
    {
        return put(JsonText::raw(spelling));
    }
    bool string(std::string& value) { return put(JsonText::string(value)); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(JsonText::object()); }
    bool start_array(std::size_t) { return open(JsonText::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        if (!m_open.back().keys.insert(name).second) {
            problem = "duplicate key " + printable(name, 80);
            return false;
        }
        m_open.back().key = name;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception& failure)
    {
        constexpr int numberOutOfRange = 406; // nlohmann's
        problem = (failure.id == numberOutOfRange ? "a number that no double holds at byte "
                                                  : "malformed at byte ")
            + std::to_string(position);
        return false;
    }

    JsonText root;
    std::string problem;

private:
    struct Level {
        JsonText value;
        std::string key; // of the member to come
        std::set<std::string, std::less<>> keys;
    };

    bool put(JsonText value)
    {
        if (m_open.empty())
            root = std::move(value);
        else
            m_open.back().value.members().emplace_back(
                std::exchange(m_open.back().key, {}), std::move(value));
        return true;
    }
    bool open(JsonText value)
    {
        if (m_open.size() >= maxDepth) {
            problem = "deeper than " + std::to_string(maxDepth) + " levels";
            return false;
        }
        m_open.push_back({std::move(value), {}, {}});
        return true;
    }
    bool close()
    {
        JsonText done = std::move(m_open.back().value);
        m_open.pop_back();
        return put(std::move(done));
    }

    std::vector<Level> m_open;
};

std::string jsonString(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += '\\';
        if (byte >= 0x20) {
            out += c;
            continue;
        }
        constexpr std::string_view hex = "0123456789abcdef";
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out + "\"";
}

JsonText JsonText::raw(std::string spelling)
{
    JsonText value;
    value.m_spelling = std::move(spelling);
    return value;
}

JsonText JsonText::number(double value)
{
    return raw(std::isfinite(value) ? numberText(value) : "null");
}

Result<JsonText> JsonText::parse(std::string_view text, std::string_view where)
{
    JsonTextReader reader;
    if (nlohmann::json::sax_parse(text, &reader))
        return std::move(reader.root);
    return Error {Errc::badJson, std::string(where), reader.problem};
}

std::string JsonText::stringValue() const
{
    if (m_kind != Kind::scalar || !m_spelling.starts_with('"'))
        return {};
    const auto parsed = nlohmann::json::parse(m_spelling, nullptr, false);
    return parsed.is_string() ? parsed.get<std::string>() : std::string();
}

const JsonText* JsonText::find(std::string_view key) const
{
    if (m_kind != Kind::object)
        return nullptr;
    for (const Member& member : m_members)
        if (member.first == key)
            return &member.second;
    return nullptr;
}

JsonText* JsonText::find(std::string_view key)
{
    return const_cast<JsonText*>(std::as_const(*this).find(key));
}

void JsonText::set(std::string_view key, JsonText value)
{
    if (JsonText* present = find(key))
        *present = std::move(value);
    else
        m_members.emplace_back(std::string(key), std::move(value));
}

void JsonText::setIfAbsent(std::string_view key, JsonText value)
{
    if (find(key) == nullptr)
        m_members.emplace_back(std::string(key), std::move(value));
}

void JsonText::remove(std::string_view key)
{
    std::erase_if(m_members, [&](const Member& member) { return member.first == key; });
}

bool JsonText::isFlat() const
{
    return std::all_of(m_members.begin(), m_members.end(),
        [](const Member& member) { return member.second.m_kind == Kind::scalar; });
}

void JsonText::write(std::string& out, unsigned level) const
{
    if (m_kind == Kind::scalar) {
        out += m_spelling;
        return;
    }
    const bool isObject = m_kind == Kind::object;
    // Small records, such as one module's bits, stay on one line.
    const bool oneLine = m_members.empty() || (level > 0 && isFlat() && m_members.size() <= 8);
    const std::string inner = oneLine ? "" : "\n" + std::string(2 * (level + 1), ' ');
    out += isObject ? '{' : '[';
    for (std::size_t i = 0; i < m_members.size(); ++i) {
        if (i > 0)
            out += oneLine ? ", " : ",";
        out += inner;
        if (isObject)
            out += jsonString(m_members[i].first) + ": ";
        m_members[i].second.write(out, level + 1);
    }
    if (!oneLine)
        out += "\n" + std::string(2 * std::size_t {level}, ' ');
    out += isObject ? '}' : ']';
}

std::string JsonText::text() const
{
    std::string out;
    write(out, 0);
    return out + "\n";
}

} // namespace bitloupe
