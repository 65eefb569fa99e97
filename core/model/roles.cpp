// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/roles.h"

#include "base/text.h"
#include "model/role_words.h"
#include "model/stored_order.h"

#include <algorithm>
#include <vector>

namespace bitloupe {
namespace {

using Parts = std::vector<std::string_view>;

Parts partsOf(std::string_view name)
{
    Parts parts;
    std::size_t begin = 0;
    while (begin <= name.size()) {
        const std::size_t end = std::min(name.find('.', begin), name.size());
        parts.push_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

int numberOf(std::string_view part)
{
    if (part.empty() || part.size() > 6)
        return -1;
    const auto number = parseUnsigned(part);
    return number ? static_cast<int>(*number) : -1;
}

bool isExperts(std::string_view part)
{
    return part == "experts" || part == "switch_mlp" || part == "local_experts";
}

constexpr int maxLayer = 10'000; // tables grow with the layer number, so a name may not choose any

struct Position {
    int layer = -1;
    int expert = -1;
};

/// The first number is the layer, unless it counts experts or a side branch.
Position positionOf(const Parts& parts)
{
    Position position;
    const bool sideBranch = std::find(parts.begin(), parts.end(), "mtp") != parts.end();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const int number = numberOf(parts[i]);
        if (number < 0)
            continue;
        if (isExperts(parts[i - 1]))
            position.expert = number;
        else if (position.layer < 0 && !sideBranch && number < maxLayer)
            position.layer = number;
    }
    return position;
}

bool anyPart(const Parts& parts, bool (*test)(std::string_view))
{
    return std::any_of(parts.begin(), parts.end(), test);
}

/// The module's own name: without the parameter's ("weight") and without numbers after it.
std::string_view leafOf(Parts& parts)
{
    if (parts.size() > 1 && isParameterWord(parts.back()))
        parts.pop_back();
    if (parts.size() > 1 && numberOf(parts.back()) >= 0)
        parts.pop_back();
    return parts.back();
}

TensorRole mlpVariant(TensorRole role, bool expert, bool shared)
{
    switch (role) {
    case TensorRole::mlpGate:
        return expert ? TensorRole::expertGate : shared ? TensorRole::sharedGate : role;
    case TensorRole::mlpUp:
        return expert ? TensorRole::expertUp : shared ? TensorRole::sharedUp : role;
    case TensorRole::mlpGateUp:
        return expert ? TensorRole::expertGateUp : role;
    case TensorRole::mlpDown:
        return expert ? TensorRole::expertDown : shared ? TensorRole::sharedDown : role;
    default:
        return role;
    }
}

TensorRole roleOf(Parts parts, std::size_t rank)
{
    const std::string_view parameter = parts.back();
    if (isAuxiliaryParameter(parameter, rank))
        return TensorRole::auxiliary;
    if (anyPart(parts, isProjectorWord))
        return TensorRole::projector;
    if (anyPart(parts, isVisionWord))
        return TensorRole::vision;
    if (isBiasParameter(parameter))
        return TensorRole::bias;
    const bool expert = anyPart(parts, isExperts);
    const bool shared = anyPart(parts, isSharedWord);
    const bool attention = anyPart(parts, isAttentionWord);
    const std::string_view leaf = leafOf(parts);
    if (isNormWord(leaf))
        return TensorRole::norm;
    if (rank < 2)
        return TensorRole::other;
    const std::string_view parent = parts.size() > 1 ? parts[parts.size() - 2] : "";
    const auto role = moduleRole(leaf, parent, attention);
    // A stack of matrices in an MLP is one for each expert, whatever it is called.
    return role ? mlpVariant(*role, (expert || rank == 3) && !shared, shared) : TensorRole::other;
}

} // namespace

NameFacts nameFacts(std::string_view name, std::size_t rank)
{
    const Parts parts = partsOf(name);
    const Position position = positionOf(parts);
    return {roleOf(parts, rank), position.layer, position.expert};
}

void assignRoles(
    std::span<TensorInfo> tensors, std::string_view modelType, std::uint64_t hiddenSize)
{
    for (TensorInfo& tensor : tensors) {
        const NameFacts facts = nameFacts(tensor.name, tensor.shape.size());
        tensor.role = facts.role;
        tensor.layer = facts.layer;
        tensor.expert = facts.expert;
    }
    markTransposed(tensors, modelType, hiddenSize);
}

} // namespace bitloupe
