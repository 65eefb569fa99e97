// SPDX-License-Identifier: GPL-3.0-or-later
// Text of others made safe inside HTML, SVG and Markdown. Private to report.
#pragma once

#include <string>
#include <string_view>

namespace bitloupe {

/// For element content and quoted attributes; control characters as printable() shows them.
std::string markupText(std::string_view text);

/// For a cell of a Markdown table: also what Markdown would take for marks.
std::string markdownText(std::string_view text);

} // namespace bitloupe
