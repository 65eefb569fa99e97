// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/model_card.h"

#include "base/text.h"
#include "export/json_text.h"

#include <map>
#include <vector>

namespace bitloupe {
namespace {

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

bool isOurKey(std::string_view line, bool baseKnown)
{
    return line.starts_with("library_name:")
        || (baseKnown
            && (line.starts_with("base_model:") || line.starts_with("base_model_relation:")));
}

// A list or block that belongs to the key above it.
bool isContinuation(std::string_view line)
{
    return line.starts_with(' ') || line.starts_with('\t') || line.starts_with('-');
}

struct Card {
    std::string frontMatter; // without our keys and fences
    std::string body;
};

Card splitCard(std::string_view text, bool baseKnown)
{
    const auto lines = linesOf(text);
    Card card;
    std::size_t end = 0; // line of the closing fence; 0: no front matter
    const bool opened = !lines.empty() && lines[0] == "---";
    for (std::size_t i = 1; opened && i < lines.size() && end == 0; ++i)
        if (lines[i] == "---")
            end = i;
    bool skipping = false;
    for (std::size_t i = 1; i < end; ++i) {
        skipping = isOurKey(lines[i], baseKnown) || (skipping && isContinuation(lines[i]));
        if (!skipping)
            card.frontMatter += std::string(lines[i]) + "\n";
    }
    for (std::size_t i = end == 0 ? 0 : end + 1; i < lines.size(); ++i)
        card.body += std::string(lines[i]) + "\n";
    return card;
}

// Elements by codec, in codec order.
std::string mixText(const TargetProfile& profile, const Plan& plan)
{
    std::map<CodecId, std::uint64_t> elements;
    for (std::size_t d = 0; d < profile.decisions.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        elements[decision.options[plan.choices[d].option].codec] += decision.elements;
    }
    std::string text;
    for (const auto& [id, count] : elements)
        text += "| " + std::string(codec(id).name) + " | " + groupedText(count) + " |\n";
    return text;
}

std::string ourSection(
    const TargetProfile& profile, const Plan& plan, Encoder encoder, bool dataFree)
{
    return std::string("## Quantization\n\nMade with Bitloupe " BITLOUPE_VERSION)
        + (dataFree ? ", without calibration data: " : ", with an importance matrix: ")
        + fixedText(plan.bitsPerWeight, 2)
        + " bits per weight (scales and unquantized tensors included), " + sizeText(plan.fileBytes)
        + " of weights, strategy `" + std::string(strategyName(plan.options.strategy))
        + "`, encoder `" + std::string(encoderName(encoder))
        + "`. Every decision and its error are in `bitloupe-manifest.json`.\n\n"
          "| stored as | weights |\n|---|---|\n"
        + mixText(profile, plan);
}

} // namespace

std::string modelCard(std::string_view sourceCard, const Model& model,
    const TargetProfile& profile, const Plan& plan, Encoder encoder, bool dataFree)
{
    // Only a hub entry's name means something elsewhere; a folder's name is the person's own.
    const bool baseKnown = model.name.find('/') != std::string::npos && isUtf8(model.name);
    const Card card = splitCard(isUtf8(sourceCard) ? sourceCard : std::string_view(), baseKnown);
    std::string text = "---\n" + card.frontMatter + "library_name: mlx\n";
    if (baseKnown)
        text += "base_model: " + jsonString(model.name) + "\nbase_model_relation: quantized\n";
    text += "---\n";
    if (!card.body.empty())
        text += card.body;
    else if (baseKnown)
        text += "\n# " + printable(model.name) + ", quantized\n";
    return text + "\n" + ourSection(profile, plan, encoder, dataFree);
}

} // namespace bitloupe
