// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/mutation.h"

#include "numeric/random.h"

#include <string_view>

namespace bitloupe::test {

std::string mutated(std::string text, std::uint64_t seed)
{
    const auto pick = [&](std::uint64_t draw, std::uint64_t bound) {
        return static_cast<std::size_t>(randomBelow(seed, draw, bound));
    };
    const std::size_t edits = 1 + pick(0, 4);
    for (std::size_t edit = 0; edit < edits && !text.empty(); ++edit) {
        const std::size_t at = pick(10 * edit + 1, text.size());
        constexpr std::string_view tokens = "0129-+.eE{}[]\",:\\unft \xff\xc3\0";
        switch (pick(10 * edit + 2, 4)) {
        case 0:
            text[at] = tokens[pick(10 * edit + 3, tokens.size())];
            break;
        case 1:
            text.erase(at, 1 + pick(10 * edit + 3, 8));
            break;
        case 2:
            text.insert(at, text.substr(pick(10 * edit + 3, text.size()), 1 + pick(10 * edit + 4, 40)));
            break;
        default:
            text[at] = static_cast<char>(pick(10 * edit + 3, 256));
        }
    }
    return text;
}

} // namespace bitloupe::test
