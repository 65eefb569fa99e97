// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/borrowed_types.h"

#include "base/text.h"

#include <map>
#include <string_view>

namespace bitloupe {
namespace {

constexpr std::string_view embeddingName = "token_embd.weight";
constexpr std::string_view headName = "output.weight";

using TypesByName = std::map<std::string_view, DType>;

TypesByName typesOf(const Model& model)
{
    TypesByName types;
    for (const TensorInfo& info : model.tensors)
        types.emplace(info.name, info.dtype);
    return types;
}

// A tied embedding stands for the head, whose type matters more where the file has both.
const DType* typeFor(const TypesByName& types, std::string_view name, bool tied)
{
    const auto find = [&](std::string_view wanted) -> const DType* {
        const auto found = types.find(wanted);
        return found == types.end() ? nullptr : &found->second;
    };
    if (name == embeddingName && tied)
        if (const DType* head = find(headName))
            return head;
    if (const DType* own = find(name))
        return own;
    return name == headName ? find(embeddingName) : nullptr;
}

// Exactly this type, floats for floats, else the smallest option that takes no fewer bytes.
std::size_t optionFor(const Decision& decision, DType type, bool& replaced)
{
    const std::size_t floats = decision.options.size() - 1;
    if (!dtypeInfo(type).isBlock())
        return floats;
    for (std::size_t o = 0; o <= floats; ++o)
        if (codec(decision.options[o].codec).storedType == type)
            return o;
    replaced = true;
    const DTypeInfo& info = dtypeInfo(type);
    const double wanted = static_cast<double>(decision.elements)
        / static_cast<double>(info.blockElements) * static_cast<double>(info.blockBytes);
    for (std::size_t o = 0; o < floats; ++o)
        if (static_cast<double>(decision.options[o].dataBytes) >= wanted)
            return o;
    return floats;
}

std::string replacedNote(const std::map<DType, std::uint64_t>& replaced)
{
    std::string counts;
    for (const auto& [type, count] : replaced)
        counts += (counts.empty() ? "" : ", ") + groupedText(count) + " of "
            + std::string(dtypeInfo(type).name);
    return "Tensors with types that cannot be taken over have the next larger one: " + counts;
}

} // namespace

Result<BorrowedTypes> borrowTypes(const TargetProfile& profile, const Model& mixed)
{
    if (mixed.format != ModelFormat::gguf)
        return Error {Errc::badPlan, mixed.name, "expected a GGUF file"};
    const TypesByName types = typesOf(mixed);
    bool tied = true;
    for (const Decision& decision : profile.decisions)
        tied = tied && decision.tensorName != headName;
    BorrowedTypes borrowed;
    std::map<DType, std::uint64_t> replacedTypes;
    for (std::size_t d = 0; d < profile.decisions.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        if (decision.options.size() < 2)
            continue;
        const DType* type = typeFor(types, decision.tensorName, tied);
        if (type == nullptr)
            return Error {Errc::badPlan, mixed.name,
                "it has no tensor " + printable(decision.tensorName, 100)};
        bool replaced = false;
        const std::size_t option = optionFor(decision, *type, replaced);
        replacedTypes[*type] += replaced ? 1 : 0;
        Rule pin;
        pin.decision = static_cast<std::uint32_t>(d);
        pin.codec = decision.options[option].codec;
        borrowed.pins.push_back(pin);
    }
    std::erase_if(replacedTypes, [](const auto& entry) { return entry.second == 0; });
    if (!replacedTypes.empty())
        borrowed.notes.push_back(replacedNote(replacedTypes));
    return borrowed;
}

} // namespace bitloupe
