// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace bitloupe {
namespace {

using nlohmann::json;

/// from_chars leaves the value alone when it is out of range; the exponent's sign says which end.
double decimal(std::string_view token)
{
    double value = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    if (error == std::errc())
        return value;
    const std::size_t exponent = token.find_first_of("eE");
    const bool tiny = exponent != std::string_view::npos && token[exponent + 1] == '-';
    const double magnitude = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    return token.front() == '-' ? -magnitude : magnitude;
}

json numberValue(std::string_view token)
{
    const char* const end = token.data() + token.size();
    if (isJsonInteger(token)) {
        if (std::uint64_t whole = 0; std::from_chars(token.data(), end, whole).ec == std::errc()
            && token.front() != '-')
            return whole;
        if (std::int64_t whole = 0; std::from_chars(token.data(), end, whole).ec == std::errc())
            return whole;
    }
    return decimal(token);
}

/// Builds the document from events; the scanner guarantees their order.
class Builder : public JsonHandler {
public:
    Result<void> on(JsonEvent event, std::string_view text) override
    {
        switch (event) {
        case JsonEvent::beginObject:
            m_open.push_back(&add(json::object()));
            break;
        case JsonEvent::beginArray:
            m_open.push_back(&add(json::array()));
            break;
        case JsonEvent::endObject:
        case JsonEvent::endArray:
            m_open.pop_back();
            break;
        case JsonEvent::key:
            m_key = text;
            break;
        case JsonEvent::string:
            add(std::string(text));
            break;
        case JsonEvent::number:
            add(numberValue(text));
            break;
        case JsonEvent::trueValue:
        case JsonEvent::falseValue:
            add(event == JsonEvent::trueValue);
            break;
        case JsonEvent::null:
            add(nullptr);
            break;
        }
        return {};
    }

    json root;

private:
    json& add(json value)
    {
        if (m_open.empty())
            return root = std::move(value);
        json& container = *m_open.back();
        if (container.is_object())
            return container[m_key] = std::move(value);
        container.push_back(std::move(value));
        return container.back();
    }

    std::vector<json*> m_open; // stable: a container grows only while it is innermost
    std::string m_key;
};

} // namespace

Result<json> parseStrictJson(std::string_view text, const JsonLimits& limits)
{
    Builder builder;
    if (auto scanned = scanJson(text, limits, builder); !scanned)
        return scanned.error();
    return std::move(builder.root);
}

const json* findJson(const json& object, std::string_view key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::string> jsonString(const json& object, std::string_view key)
{
    const json* const value = findJson(object, key);
    if (!value || !value->is_string())
        return std::nullopt;
    return value->get_ref<const std::string&>();
}

std::optional<bool> jsonBool(const json& object, std::string_view key)
{
    const json* const value = findJson(object, key);
    if (!value || !value->is_boolean())
        return std::nullopt;
    return value->get<bool>();
}

std::optional<double> jsonNumber(const json& object, std::string_view key)
{
    const json* const value = findJson(object, key);
    if (!value || !value->is_number() || !std::isfinite(value->get<double>()))
        return std::nullopt;
    return value->get<double>();
}

std::optional<std::int64_t> integerOf(
    const json& value, std::int64_t least, std::int64_t most)
{
    std::int64_t whole = 0;
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return std::nullopt;
        whole = static_cast<std::int64_t>(number);
    } else if (value.is_number_integer()) {
        whole = value.get<std::int64_t>();
    } else if (value.is_number_float()) {
        constexpr double exact = 9007199254740992.0; // 2^53
        const double number = value.get<double>();
        if (!(std::abs(number) <= exact) || std::trunc(number) != number)
            return std::nullopt;
        whole = static_cast<std::int64_t>(number);
    } else {
        return std::nullopt;
    }
    if (whole < least || whole > most)
        return std::nullopt;
    return whole;
}

std::optional<std::int64_t> jsonInteger(
    const json& object, std::string_view key, std::int64_t least, std::int64_t most)
{
    const json* const value = findJson(object, key);
    if (!value)
        return std::nullopt;
    return integerOf(*value, least, most);
}

std::optional<std::uint64_t> jsonUnsigned(
    const json& object, std::string_view key, std::uint64_t most)
{
    const json* const value = findJson(object, key);
    if (!value || !value->is_number_unsigned() || value->get<std::uint64_t>() > most)
        return std::nullopt;
    return value->get<std::uint64_t>();
}

std::optional<std::vector<std::string>> jsonStrings(const json& object, std::string_view key)
{
    const json* const list = findJson(object, key);
    if (!list || !list->is_array())
        return std::nullopt;
    std::vector<std::string> strings;
    for (const json& item : *list) {
        if (!item.is_string())
            return std::nullopt;
        strings.push_back(item.get_ref<const std::string&>());
    }
    return strings;
}

} // namespace bitloupe
