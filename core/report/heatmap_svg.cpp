// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/markup.h"
#include "report/plan_report.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

namespace bitloupe {
namespace {

constexpr int cellWidth = 56, cellHeight = 18, titleWidth = 64, titleHeight = 24;

struct BitsInk {
    int bits;
    const char* fill;
    const char* ink;
};
// The window's light palette.
constexpr std::array<BitsInk, 7> inks {{{2, "#9c4a00", "#ffffff"}, {3, "#eda24a", "#000000"},
    {4, "#e9eaec", "#000000"}, {5, "#bcd6ea", "#000000"}, {6, "#79add6", "#000000"},
    {8, "#2b72ad", "#ffffff"}, {16, "#123e69", "#ffffff"}}};

const BitsInk& inkOf(int bits)
{
    return *std::min_element(inks.begin(), inks.end(), [bits](const BitsInk& a, const BitsInk& b) {
        return std::abs(a.bits - bits) < std::abs(b.bits - bits);
    });
}

using Place = std::pair<int, TensorRole>; // layer and role
using Grid = std::map<Place, std::vector<std::size_t>>; // decisions that have a choice

Grid gridOf(const TargetProfile& profile)
{
    Grid grid;
    for (std::size_t d = 0; d < profile.decisions.size(); ++d)
        if (profile.decisions[d].options.size() > 1)
            grid[{profile.decisions[d].layer, profile.decisions[d].role}].push_back(d);
    return grid;
}

std::string svgText(int x, int y, std::string_view anchor, std::string_view fill,
    const std::string& text)
{
    return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" text-anchor=\""
        + std::string(anchor) + "\" fill=\"" + std::string(fill) + "\">" + markupText(text)
        + "</text>\n";
}

std::string svgCell(const TargetProfile& profile, const Plan& plan,
    const std::vector<std::size_t>& decisions, int x, int y)
{
    std::vector<int> bits;
    for (const std::size_t d : decisions)
        bits.push_back(codec(profile.decisions[d].options[plan.choices[d].option].codec).bits);
    std::sort(bits.begin(), bits.end());
    const BitsInk& ink = inkOf(bits[bits.size() / 2]);
    const std::string label = bits.front() == bits.back()
        ? std::to_string(bits.front())
        : std::to_string(bits.front()) + "\u2013" + std::to_string(bits.back());
    return "<g><title>" + markupText(profile.decisions[decisions.front()].name)
        + "</title><rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\""
        + std::to_string(cellWidth - 1) + "\" height=\"" + std::to_string(cellHeight - 1)
        + "\" fill=\"" + ink.fill + "\"/>"
        + svgText(x + cellWidth / 2, y + 13, "middle", ink.ink, label) + "</g>\n";
}

} // namespace

std::string planHeatmapSvg(const TargetProfile& profile, const Plan& plan)
{
    const Grid grid = gridOf(profile);
    std::set<int> layers;
    std::set<TensorRole> roles;
    for (const auto& [place, decisions] : grid) {
        layers.insert(place.first);
        roles.insert(place.second);
    }
    const int width = titleWidth + static_cast<int>(roles.size()) * cellWidth;
    const int height = titleHeight + static_cast<int>(layers.size()) * cellHeight + 4;
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width)
        + "\" height=\"" + std::to_string(height) + "\" viewBox=\"0 0 " + std::to_string(width)
        + " " + std::to_string(height)
        + "\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\">\n"
          "<title>Bits by layer and role</title>\n";
    int x = titleWidth;
    for (const TensorRole role : roles) {
        svg += svgText(x + cellWidth / 2, titleHeight - 8, "middle", "#565c64",
            std::string(roleInfo(role).title));
        x += cellWidth;
    }
    int y = titleHeight;
    for (const int layer : layers) {
        svg += svgText(titleWidth - 8, y + 13, "end", "#565c64",
            layer < 0 ? std::string("model") : std::to_string(layer));
        x = titleWidth;
        for (const TensorRole role : roles) {
            if (const auto cell = grid.find({layer, role}); cell != grid.end())
                svg += svgCell(profile, plan, cell->second, x, y);
            x += cellWidth;
        }
        y += cellHeight;
    }
    return svg + "</svg>\n";
}

} // namespace bitloupe
