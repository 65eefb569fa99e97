// SPDX-License-Identifier: GPL-3.0-or-later
#include "arch/layer_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <sstream>

namespace bitloupe::arch {
namespace {

constexpr std::size_t longestFile = 400;
constexpr std::string_view licenceLine = "// SPDX-License-Identifier: GPL-3.0-or-later";

bool isCpp(const Source& source) { return source.path.ends_with(".cpp"); }

// "core/model/open.h" lies in room "model"; empty outside core.
std::string roomOf(std::string_view path)
{
    if (!path.starts_with("core/"))
        return {};
    path.remove_prefix(5);
    const auto slash = path.find('/');
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

std::string firstPart(std::string_view path) { return std::string(path.substr(0, path.find('/'))); }

struct LibraryRule {
    std::string_view pattern; // of the included path
    std::string_view allowed; // of the including file's path
    std::string_view name;
};

constexpr auto libraryRules = std::to_array<LibraryRule>({
    {"nlohmann/json_fwd\\.hpp", "core/(model|export|report)/.*", "nlohmann/json_fwd"},
    {"nlohmann/json\\.hpp", "core/(model|export|report)/.*\\.cpp", "nlohmann/json"},
    {"(unsupported/)?Eigen/.*", "core/numeric/.*\\.cpp", "Eigen"},
    {"hwy/.*", "core/(numeric|codec|probe)/.*", "Highway"},
    {"openssl/.*", "core/base/digest\\.cpp", "OpenSSL"},
    {"CLI/.*", "app/.*\\.cpp", "CLI11"},
    {"qcustomplot\\.h", "ui/views/.*\\.cpp", "QCustomPlot"},
    {"Q[A-Z].*|Qt[A-Z].*/.*", "(ui/.*|app/gui\\.cpp)", "Qt"},
});

struct WordRule {
    std::string_view pattern;
    std::string_view sentence;
};

constexpr auto coreWords = std::to_array<WordRule>({
    {"\\bthrow\\b", "core reports errors as values, not by throw"},
    {"\\bstd::(cout|cerr|clog)\\b", "core does not print"},
    {"\\b(v|f|d)?printf\\b|\\bf?puts\\b|\\bputchar\\b", "core does not print"},
    {"\\bv?sn?printf\\b", "numbers become text through base/text.h"},
    {"\\b(strto[df]|ato[ifl]|sto[dfi]|sto(l|ul|ll|ull)|setlocale)\\b",
        "numbers are read through base/text.h, whatever the locale"},
    {"\\b(exit|_Exit|quick_exit)\\s*\\(", "core does not end the program"},
});

// Blanks one literal or comment that starts at `i`; returns the index after it.
std::size_t skipQuoted(std::string& text, std::size_t i)
{
    const char quote = text[i];
    for (++i; i < text.size() && text[i] != quote && text[i] != '\n'; ++i) {
        const bool escape = text[i] == '\\' && i + 1 < text.size();
        text[i] = ' ';
        if (escape && text[i + 1] != '\n')
            text[++i] = ' ';
    }
    return i + 1;
}

std::size_t skipRawString(std::string& text, std::size_t i)
{
    const std::size_t open = text.find('(', i);
    if (open == std::string::npos)
        return text.size();
    const std::string close = ")" + text.substr(i + 2, open - i - 2) + "\"";
    const std::size_t end = std::min(text.find(close, open), text.size());
    for (std::size_t k = open + 1; k < end; ++k)
        if (text[k] != '\n')
            text[k] = ' ';
    return std::min(end + close.size(), text.size());
}

std::size_t skipComment(std::string& text, std::size_t i)
{
    const bool block = text[i + 1] == '*';
    const std::size_t found = text.find(block ? "*/" : "\n", i + (block ? 2 : 0));
    const std::size_t end = found == std::string::npos ? text.size() : found + (block ? 2 : 0);
    for (; i < end; ++i)
        if (text[i] != '\n')
            text[i] = ' ';
    return end;
}

// A quote between hexadecimal digits separates them: 1'000.
bool isDigitSeparator(const std::string& text, std::size_t i)
{
    return i > 0 && i + 1 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i - 1]))
        && std::isxdigit(static_cast<unsigned char>(text[i + 1]));
}

} // namespace

std::vector<std::string> roomOrder(std::string_view readme)
{
    std::istringstream lines {std::string(readme)};
    const std::regex shape("[a-z]+( < [a-z]+)+\\s*");
    for (std::string line; std::getline(lines, line);) {
        if (!std::regex_match(line, shape))
            continue;
        std::vector<std::string> rooms;
        std::istringstream words(line);
        for (std::string word; words >> word;)
            if (word != "<")
                rooms.push_back(word);
        return rooms;
    }
    return {};
}

std::string codeOnly(std::string_view source)
{
    std::string text(source);
    for (std::size_t i = 0; i < text.size();) {
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (text[i] == '/' && (next == '/' || next == '*'))
            i = skipComment(text, i);
        else if (text[i] == 'R' && next == '"')
            i = skipRawString(text, i);
        else if (text[i] == '"' || (text[i] == '\'' && !isDigitSeparator(text, i)))
            i = skipQuoted(text, i);
        else
            ++i;
    }
    return text;
}

std::vector<Include> includesOf(std::string_view text)
{
    static const std::regex shape("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"].*");
    std::vector<Include> includes;
    std::istringstream lines {std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        std::smatch match;
        if (std::regex_match(line, match, shape))
            includes.push_back({match[2], match[1] == "\""});
    }
    return includes;
}

std::vector<std::string> directionViolations(
    const Source& source, const std::vector<std::string>& rooms)
{
    std::vector<std::string> found;
    const auto place = [&](const std::string& room) {
        return std::find(rooms.begin(), rooms.end(), room) - rooms.begin();
    };
    const auto unknown = static_cast<std::ptrdiff_t>(rooms.size());
    const std::string own = roomOf(source.path);
    const bool core = source.path.starts_with("core/");
    if (core && place(own) == unknown)
        found.push_back(source.path + ": its room is not in core/README.md");
    for (const Include& include : includesOf(source.text)) {
        const std::string room = firstPart(include.path);
        if (include.path.find("../") != std::string::npos)
            found.push_back(source.path + ": include with ../: " + include.path);
        else if (core && include.quoted && place(room) == unknown)
            found.push_back(source.path + ": include not written from core/: " + include.path);
        else if (core && include.quoted && place(room) > place(own))
            found.push_back(source.path + ": include of a room to the right: " + include.path);
        else if (source.path.starts_with("ui/") && room == "app")
            found.push_back(source.path + ": ui includes app: " + include.path);
        else if (source.path.starts_with("app/") && room == "ui" && source.path != "app/gui.cpp")
            found.push_back(source.path + ": only gui.cpp may include ui: " + include.path);
        else if (source.path.starts_with("app/") && include.quoted && room != "app" && room != "ui"
            && place(room) == unknown)
            found.push_back(
                source.path + ": include not written from app/, ui/ or core/: " + include.path);
    }
    return found;
}

std::vector<std::string> libraryViolations(const Source& source)
{
    std::vector<std::string> found;
    for (const Include& include : includesOf(source.text)) {
        for (const LibraryRule& rule : libraryRules) {
            const std::regex library {std::string(rule.pattern)};
            const std::regex allowed {std::string(rule.allowed)};
            if (std::regex_match(include.path, library) && !std::regex_match(source.path, allowed))
                found.push_back(source.path + ": " + std::string(rule.name) + " is not used here");
        }
    }
    return found;
}

std::vector<std::string> wordViolations(const Source& source)
{
    std::vector<std::string> found;
    if (!source.path.starts_with("core/"))
        return found;
    const std::string code = codeOnly(source.text);
    for (const WordRule& rule : coreWords) {
        std::smatch match;
        if (std::regex_search(code, match, std::regex {std::string(rule.pattern)}))
            found.push_back(source.path + ": " + match.str() + ": " + std::string(rule.sentence));
    }
    return found;
}

std::vector<std::string> shapeViolations(const Source& source)
{
    std::vector<std::string> found;
    const auto lines = std::count(source.text.begin(), source.text.end(), '\n');
    if (static_cast<std::size_t>(lines) > longestFile)
        found.push_back(source.path + ": " + std::to_string(lines) + " lines");
    if (!source.text.starts_with(licenceLine))
        found.push_back(source.path + ": the first line is not the licence line");
    // Kernels are included once for each instruction set.
    const bool once = !isCpp(source) && !source.path.ends_with("_inl.h");
    if (once && source.text.find("#pragma once") == std::string::npos)
        found.push_back(source.path + ": header without #pragma once");
    return found;
}

std::vector<std::string> violations(const Source& source, const std::vector<std::string>& rooms)
{
    std::vector<std::string> all = directionViolations(source, rooms);
    for (auto&& some : {libraryViolations(source), wordViolations(source), shapeViolations(source)})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace bitloupe::arch
