// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison.h"

#include "report/table_writer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

namespace bitloupe {
namespace {

using TensorsByName = std::map<std::string_view, const TensorInfo*>;
using SourceKey = std::tuple<std::uint32_t, std::uint64_t, std::uint64_t, std::uint64_t>;
using NamesBySource = std::map<SourceKey, std::string_view>;

std::optional<SourceKey> keyOf(const Decision& decision)
{
    if (decision.sources.empty())
        return std::nullopt;
    const SourceCut& cut = decision.cut;
    return SourceKey {
        decision.sources.front().value, cut.rowBegin, cut.rowParts, cut.columnBegin};
}

// Sums of the cells; those without a choice have no damage of their own.
void sumUp(const TargetProfile& profile, ComparedSide& side)
{
    side.dataBytes = side.absent = 0;
    double elements = 0, damage = 0;
    for (std::size_t d = 0; d < side.cells.size(); ++d) {
        const ComparedCell& cell = side.cells[d];
        if (!cell.present()) {
            ++side.absent;
            if (profile.decisions[d].options.size() > 1)
                damage = unknownValue;
            continue;
        }
        side.dataBytes += cell.bytes;
        elements += static_cast<double>(profile.decisions[d].elements);
        if (profile.decisions[d].options.size() > 1)
            damage += cell.damage;
    }
    side.damage = damage;
    if (elements > 0)
        side.bitsPerWeight = 8 * static_cast<double>(side.dataBytes) / elements;
}

const TensorInfo* find(const TensorsByName& tensors, const std::string& name)
{
    const auto found = tensors.find(name);
    return found == tensors.end() ? nullptr : found->second;
}

// Weights packed into whole numbers, with scales beside them: both follow from the shapes.
const Codec* packedCodec(const Decision& decision, const TensorInfo& weight, const TensorInfo* scales)
{
    if (scales == nullptr || weight.shape.empty() || scales->shape.empty()
        || decision.columns == 0 || scales->shape.back() == 0 || scales->dtype == DType::U8)
        return nullptr;
    const std::uint64_t words = weight.shape.back();
    if (words > decision.columns || words * 32 % decision.columns != 0
        || decision.columns % scales->shape.back() != 0)
        return nullptr;
    return findCodec("affine-" + std::to_string(words * 32 / decision.columns) + "-g"
        + std::to_string(decision.columns / scales->shape.back()));
}

// The codec of floats and of weight blocks; other types under their own name.
std::string_view storedName(DType type)
{
    for (const Codec& one : codecs())
        if (one.family != CodecFamily::affine && one.storedType == type)
            return one.name;
    return dtypeInfo(type).name;
}

ComparedCell cellOf(const TensorsByName& tensors, const Decision& decision, const TensorInfo& weight)
{
    ComparedCell cell;
    cell.bytes = weight.byteSize;
    cell.codec = storedName(weight.dtype);
    if (weight.dtype == DType::U32 && weight.name.ends_with(".weight")) {
        const std::string module = weight.name.substr(0, weight.name.size() - 6);
        const TensorInfo* scales = find(tensors, module + "scales");
        const TensorInfo* biases = find(tensors, module + "biases");
        if (const Codec* packed = packedCodec(decision, weight, scales))
            cell.codec = packed->name;
        cell.bytes += (scales ? scales->byteSize : 0) + (biases ? biases->byteSize : 0);
    }
    const Codec* known = findCodec(cell.codec);
    const double perWeight = 8 * static_cast<double>(cell.bytes)
        / std::max(static_cast<double>(decision.elements), 1.0);
    cell.bits = known ? known->bits : static_cast<int>(std::floor(perWeight + 1e-9));
    return cell;
}

std::uint64_t lastLength(const Shape& shape)
{
    const auto last = std::find_if(
        shape.rbegin(), shape.rend(), [](std::uint64_t length) { return length != 1; });
    return last == shape.rend() ? 1 : *last;
}

// Weights that a tensor's numbers stand for; empty where another packing hides that.
std::optional<std::uint64_t> weightsIn(const Decision& decision, const TensorInfo& info)
{
    const DTypeInfo& type = dtypeInfo(info.dtype);
    if (type.analysed || type.isBlock())
        return info.elements();
    const std::uint64_t words = info.shape.empty() ? 0 : info.shape.back();
    if (info.dtype != DType::U32 || words == 0 || decision.columns == 0)
        return std::nullopt;
    return words <= decision.columns && words * 32 % decision.columns == 0
        ? info.elements() / words * decision.columns
        : 0;
}

// The same matrix, or all parts of it, or the fused one that it was cut out of.
bool sameMatrix(const Decision& decision, const std::vector<const TensorInfo*>& parts)
{
    const SourceCut& cut = decision.cut;
    std::uint64_t weights = 0;
    for (const TensorInfo* part : parts) {
        const auto held = weightsIn(decision, *part);
        if (!held)
            return true;
        weights += *held;
        const bool plain = cut.whole() && !cut.transposed && part->dtype != DType::U32;
        if (plain && lastLength(part->shape) != lastLength(decision.shape))
            return false;
    }
    return weights == decision.elements
        || weights == decision.elements * cut.rowParts * cut.columnParts;
}

double damageOf(const Decision& decision, const DecisionEvidence& evidence, const std::string& codecName)
{
    const Codec* known = findCodec(codecName);
    if (known == nullptr)
        return unknownValue;
    if (const std::size_t o = optionIndex(decision, known->id); o < decision.options.size())
        return evidence.options[o].damage;
    // Floats in another float type lose next to nothing, as those of the profile do.
    return known->family == CodecFamily::stored ? evidence.options.back().damage : unknownValue;
}

class Matcher {
public:
    Matcher(const Model& model, std::span<const TargetProfile* const> others)
    {
        for (const TensorInfo& info : model.tensors)
            m_tensors.emplace(info.name, &info);
        for (const TargetProfile* other : others)
            for (const Decision& decision : other->decisions)
                if (const auto key = keyOf(decision))
                    m_others[other].emplace(*key, decision.tensorName);
    }

    const TensorsByName& tensors() const { return m_tensors; }

    /// The tensors of another model that hold a decision: one, or all of a stack. Empty: none.
    std::vector<const TensorInfo*> tensorsOf(const Decision& decision) const
    {
        for (const std::string& name : {decision.tensorName, decision.name, decision.name + ".weight"})
            if (const TensorInfo* one = find(m_tensors, name))
                return {one};
        if (const auto key = keyOf(decision))
            for (const auto& [profile, names] : m_others)
                if (const auto name = names.find(*key); name != names.end())
                    if (const auto one = m_tensors.find(name->second); one != m_tensors.end())
                        return {one->second};
        std::vector<const TensorInfo*> all;
        for (std::size_t s = 0; s < decision.sources.size(); ++s)
            if (const TensorInfo* one = find(m_tensors, decision.sourceNames[s]))
                all.push_back(one);
        return all.size() == decision.sources.size() ? all : std::vector<const TensorInfo*>();
    }

private:
    TensorsByName m_tensors;
    std::map<const TargetProfile*, NamesBySource> m_others;
};

// A part of a fused matrix has its share of the bytes.
ComparedCell joinedCell(
    const Matcher& matcher, const Decision& decision, const std::vector<const TensorInfo*>& parts)
{
    ComparedCell joined;
    std::uint64_t elements = 0;
    for (const TensorInfo* part : parts) {
        const ComparedCell cell = cellOf(matcher.tensors(), decision, *part);
        elements += part->elements();
        joined.bytes += cell.bytes;
        joined.codec = joined.codec.empty() || joined.codec == cell.codec ? cell.codec : "mixed";
        joined.bits = std::max(joined.bits, cell.bits);
    }
    const std::uint64_t cuts = decision.cut.rowParts * decision.cut.columnParts;
    if (cuts > 1 && elements == decision.elements * cuts)
        joined.bytes /= cuts;
    return joined;
}

void writeSide(TableWriter& table, const ComparedCell& cell)
{
    table.text(cell.otherShape ? "other shape" : cell.codec);
    if (!cell.present()) {
        for (int i = 0; i < 3; ++i)
            table.skip();
        return;
    }
    table.count(cell.bits);
    table.count(cell.bytes);
    table.number(cell.damage);
}

} // namespace

ComparedSide planSide(const TargetProfile& profile, const Evidence& evidence,
    std::span<const std::uint16_t> choice)
{
    ComparedSide side;
    side.cells.resize(profile.decisions.size());
    for (std::size_t d = 0; d < side.cells.size(); ++d) {
        const CodecOption& option = profile.decisions[d].options[choice[d]];
        ComparedCell& cell = side.cells[d];
        cell.codec = codec(option.codec).name;
        cell.bits = codec(option.codec).bits;
        cell.bytes = option.dataBytes;
        if (profile.decisions[d].options.size() > 1)
            cell.damage = evidence.decisions[d].options[choice[d]].damage;
    }
    sumUp(profile, side);
    return side;
}

Result<ComparedSide> modelSide(const TargetProfile& profile, const Evidence* evidence,
    const Model& model, std::span<const TargetProfile* const> others)
{
    const Matcher matcher(model, others);
    ComparedSide side;
    side.cells.resize(profile.decisions.size());
    std::size_t wanted = 0, found = 0, differing = 0;
    const ComparedCell* embedding = nullptr;
    for (std::size_t d = 0; d < side.cells.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        const bool free = decision.options.size() > 1;
        wanted += free ? 1 : 0;
        if (const auto parts = matcher.tensorsOf(decision); !parts.empty()) {
            if (!sameMatrix(decision, parts)) {
                side.cells[d].otherShape = true;
                differing += free ? 1 : 0;
                continue;
            }
            side.cells[d] = joinedCell(matcher, decision, parts);
            found += free ? 1 : 0;
            if (decision.role == TensorRole::embedding)
                embedding = &side.cells[d];
        }
    }
    if (found == 0)
        return Error {Errc::badPlan, model.name,
            "found no tensor of the " + std::to_string(wanted) + " that the plan is about"
                + (differing > 0 ? ", but " + std::to_string(differing) + " of another shape" : "")};
    for (std::size_t d = 0; d < side.cells.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        ComparedCell& cell = side.cells[d];
        if (!cell.present() && !cell.otherShape && decision.role == TensorRole::lmHead && embedding != nullptr)
            cell = *embedding;
    }
    if (evidence != nullptr)
        predictSide(profile, *evidence, side);
    else
        sumUp(profile, side);
    return side;
}

void predictSide(const TargetProfile& profile, const Evidence& evidence, ComparedSide& side)
{
    for (std::size_t d = 0; d < side.cells.size(); ++d) {
        const Decision& decision = profile.decisions[d];
        ComparedCell& cell = side.cells[d];
        if (cell.present() && decision.options.size() > 1)
            cell.damage = damageOf(decision, evidence.decisions[d], cell.codec);
    }
    sumUp(profile, side);
}

std::optional<int> bitsDifference(const ComparedCell& a, const ComparedCell& b)
{
    return a.present() && b.present() ? std::optional(a.bits - b.bits) : std::nullopt;
}

std::string comparisonTable(const TargetProfile& profile, const ComparedSide& a,
    const ComparedSide& b, std::span<const double> changes,
    std::span<const std::uint32_t> decisions, TableFormat format)
{
    TableWriter table(format);
    for (const char* title : {"tensor", "role", "layer", "elements", "a_codec", "a_bits", "a_bytes",
             "a_predicted_damage", "b_codec", "b_bits", "b_bytes", "b_predicted_damage",
             "bits_difference", "bytes_difference", "predicted_damage_difference",
             "weights_relative_difference"})
        table.text(title);
    table.endLine();
    for (const std::uint32_t d : decisions) {
        const Decision& decision = profile.decisions[d];
        const ComparedCell &left = a.cells[d], &right = b.cells[d];
        table.text(decision.name);
        table.text(roleInfo(decision.role).id);
        if (decision.layer >= 0)
            table.count(decision.layer);
        else
            table.skip();
        table.count(decision.elements);
        writeSide(table, left);
        writeSide(table, right);
        if (const auto bits = bitsDifference(left, right)) {
            table.count(*bits);
            table.number(static_cast<double>(left.bytes) - static_cast<double>(right.bytes));
            table.number(left.damage - right.damage);
        } else {
            for (int i = 0; i < 3; ++i)
                table.skip();
        }
        table.number(d < changes.size() ? changes[d] : unknownValue);
        table.endLine();
    }
    return std::move(table).take();
}

} // namespace bitloupe
