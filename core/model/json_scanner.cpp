// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/json_scanner.h"

#include "base/text.h"
#include "model/json_strings.h"

#include <algorithm>
#include <deque>
#include <vector>

namespace bitloupe {
namespace {

struct Key {
    std::string_view text;
    std::size_t position;
};

/// A container that has begun and not ended.
struct Open {
    bool object;
    std::size_t firstKey; // in Scanner::m_keys
    std::size_t firstDecoded; // in Scanner::m_decoded
};

class Scanner {
public:
    Scanner(std::string_view text, const JsonLimits& limits, JsonHandler& handler)
        : m_text(text)
        , m_limits(limits)
        , m_handler(handler)
    {
    }

    Result<void> run();

private:
    enum class Expect { value, firstOrEnd, commaOrEnd };

    Result<void> value();
    Result<void> begin(bool object);
    Result<void> end();
    Result<void> member(bool first);
    Result<void> key();
    Result<void> text(JsonEvent event);
    Result<void> scalar(std::string_view word, JsonEvent event);
    Result<void> checkKeys(const Open& object) const;
    Result<std::string_view> stringContent(bool keep);
    Result<void> emit(JsonEvent event, std::string_view content);
    Error malformed(std::string_view what) const { return malformed(what, m_at); }
    Error malformed(std::string_view what, std::size_t at) const
    {
        return {m_limits.malformed, {}, std::string(what) + " at byte " + std::to_string(at)};
    }
    void skipSpace()
    {
        while (m_at < m_text.size() && std::string_view(" \t\r\n").find(m_text[m_at]) != npos)
            ++m_at;
    }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    static constexpr auto npos = std::string_view::npos;
    std::string_view m_text;
    const JsonLimits& m_limits;
    JsonHandler& m_handler;
    std::size_t m_at = 0;
    std::size_t m_values = 0;
    Expect m_expect = Expect::value;
    std::vector<Open> m_open;
    std::vector<Key> m_keys;
    std::deque<std::string> m_decoded; // keys that had escapes; m_keys points into it
    std::string m_scratch;
};

Result<void> Scanner::run()
{
    if (m_text.size() > m_limits.maxBytes)
        return Error {Errc::headerTooLarge, {},
            "found " + std::to_string(m_text.size()) + " bytes of JSON, expected at most "
                + std::to_string(m_limits.maxBytes)};
    if (!isUtf8(m_text))
        return Error {m_limits.malformed, {}, "not valid UTF-8"};
    do {
        skipSpace();
        auto step = m_open.empty() || m_expect == Expect::value ? value()
            : m_expect == Expect::firstOrEnd                    ? member(true)
                                                                : member(false);
        if (!step)
            return step;
    } while (!m_open.empty());
    skipSpace();
    if (m_at != m_text.size())
        return malformed("text after the end of the document");
    return {};
}

Result<void> Scanner::emit(JsonEvent event, std::string_view content)
{
    if (++m_values > m_limits.maxValues)
        return malformed("more than " + std::to_string(m_limits.maxValues) + " values");
    return m_handler.on(event, content);
}

/// One step inside a container: its end, or up to where the next value begins.
Result<void> Scanner::member(bool first)
{
    const bool object = m_open.back().object;
    if (peek() == (object ? '}' : ']'))
        return end();
    if (!first) {
        if (peek() != ',')
            return malformed(object ? "expected ',' or '}'" : "expected ',' or ']'");
        ++m_at;
        skipSpace();
    }
    m_expect = Expect::value;
    return object ? key() : Result<void>();
}

Result<void> Scanner::key()
{
    const std::size_t position = m_at;
    if (peek() != '"')
        return malformed("expected a key");
    const auto content = stringContent(true);
    if (!content)
        return content.error();
    m_keys.push_back({*content, position});
    skipSpace();
    if (peek() != ':')
        return malformed("expected ':'");
    ++m_at;
    return emit(JsonEvent::key, *content);
}

Result<void> Scanner::value()
{
    switch (peek()) {
    case '{':
        return begin(true);
    case '[':
        return begin(false);
    case '"':
        return text(JsonEvent::string);
    case 't':
        return scalar("true", JsonEvent::trueValue);
    case 'f':
        return scalar("false", JsonEvent::falseValue);
    case 'n':
        return scalar("null", JsonEvent::null);
    default:
        break;
    }
    const std::size_t length = jsonNumberLength(m_text.substr(m_at));
    if (length == 0)
        return malformed(m_at == m_text.size() ? "the text ends too early" : "expected a value");
    const std::string_view token = m_text.substr(m_at, length);
    m_at += length;
    m_expect = Expect::commaOrEnd;
    return emit(JsonEvent::number, token);
}

Result<void> Scanner::scalar(std::string_view word, JsonEvent event)
{
    if (m_text.substr(m_at, word.size()) != word)
        return malformed("expected a value");
    m_at += word.size();
    m_expect = Expect::commaOrEnd;
    return emit(event, {});
}

Result<void> Scanner::text(JsonEvent event)
{
    const auto content = stringContent(false);
    if (!content)
        return content.error();
    m_expect = Expect::commaOrEnd;
    return emit(event, *content);
}

/// Content of the string at m_at; `keep` makes it live as long as its object.
Result<std::string_view> Scanner::stringContent(bool keep)
{
    const std::size_t begin = m_at + 1;
    const auto length = jsonStringEnd(m_text.substr(begin));
    if (!length)
        return malformed("a string without an end, or with a control character in it");
    const std::string_view raw = m_text.substr(begin, *length);
    m_at = begin + *length + 1;
    if (raw.find('\\') == npos)
        return raw;
    std::string& decoded = keep ? m_decoded.emplace_back() : m_scratch;
    decoded.clear();
    if (!decodeJsonString(raw, decoded))
        return malformed("an escape that JSON does not have in the string", begin - 1);
    return std::string_view(decoded);
}

Result<void> Scanner::begin(bool object)
{
    if (m_open.size() == m_limits.maxDepth)
        return malformed("nested deeper than " + std::to_string(m_limits.maxDepth));
    m_open.push_back({object, m_keys.size(), m_decoded.size()});
    ++m_at;
    m_expect = Expect::firstOrEnd;
    return emit(object ? JsonEvent::beginObject : JsonEvent::beginArray, {});
}

Result<void> Scanner::end()
{
    const Open closing = m_open.back();
    if (auto unique = checkKeys(closing); !unique)
        return unique;
    m_keys.resize(closing.firstKey, Key {});
    m_decoded.resize(closing.firstDecoded);
    m_open.pop_back();
    ++m_at;
    m_expect = Expect::commaOrEnd;
    return m_handler.on(closing.object ? JsonEvent::endObject : JsonEvent::endArray, {});
}

/// Sorting instead of hashing: no choice of keys makes it slow.
Result<void> Scanner::checkKeys(const Open& object) const
{
    const auto count = m_keys.size() - object.firstKey;
    if (count < 2)
        return {};
    std::vector<Key> sorted(m_keys.begin() + static_cast<std::ptrdiff_t>(object.firstKey),
        m_keys.end());
    std::sort(sorted.begin(), sorted.end(), [](const Key& a, const Key& b) {
        const int order = a.text.compare(b.text);
        return order != 0 ? order < 0 : a.position < b.position;
    });
    const auto twice = std::adjacent_find(
        sorted.begin(), sorted.end(), [](const Key& a, const Key& b) { return a.text == b.text; });
    if (twice == sorted.end())
        return {};
    return Error {m_open.size() == 1 ? m_limits.duplicateRootKey : m_limits.malformed, {},
        "the key \"" + printable(twice->text) + "\" occurs at byte "
            + std::to_string(twice->position) + " and again at byte "
            + std::to_string((twice + 1)->position)};
}

} // namespace

Result<void> scanJson(std::string_view text, const JsonLimits& limits, JsonHandler& handler)
{
    return Scanner(text, limits, handler).run();
}

bool isJsonInteger(std::string_view numberToken)
{
    return numberToken.find_first_of(".eE") == std::string_view::npos;
}

} // namespace bitloupe
