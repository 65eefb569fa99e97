// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of architecture that a text search can decide, as functions from one source file to
// the sentences that are wrong with it. Not a C++ parser.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bitloupe::arch {

/// One source file; `path` is relative to the repository, with forward slashes.
struct Source {
    std::string path;
    std::string text;
};

/// Room names in order, from the line "base < numeric < ..." of core/README.md.
std::vector<std::string> roomOrder(std::string_view readme);

/// The text with comments and the contents of string and character literals blanked, line breaks
/// kept.
std::string codeOnly(std::string_view text);

struct Include {
    std::string path;
    bool quoted = false;
};
std::vector<Include> includesOf(std::string_view text);

/// Every rule below on one file; each line is "path: what is wrong".
std::vector<std::string> violations(const Source& source, const std::vector<std::string>& rooms);

std::vector<std::string> directionViolations(
    const Source& source, const std::vector<std::string>& rooms);
std::vector<std::string> libraryViolations(const Source& source);
std::vector<std::string> wordViolations(const Source& source);
std::vector<std::string> shapeViolations(const Source& source);

} // namespace bitloupe::arch
