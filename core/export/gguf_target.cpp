// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_target.h"

#include "base/text.h"
#include "export/gguf_copy.h"
#include "export/gguf_decisions.h"
#include "export/gguf_layout.h"
#include "export/gguf_recipes.h"
#include "export/output_tensors.h"

#include <algorithm>
#include <set>

namespace bitloupe {
namespace {

const Codec& floatCodec(DType dtype)
{
    for (const Codec& entry : codecs())
        if (entry.family == CodecFamily::stored && entry.storedType == dtype)
            return entry;
    return codecs().front();
}

// What most of the weights are stored as, or what was asked for.
DType floatTypeFor(const Model& model, const ProfileOptions& options)
{
    if (options.floatType)
        return *options.floatType;
    std::uint64_t halves = 0, singles = 0, others = 0;
    for (const TensorInfo& info : model.tensors) {
        if (!dtypeInfo(info.dtype).analysed)
            continue;
        const bool single = info.dtype == DType::F32 || info.dtype == DType::F64;
        (info.dtype == DType::F16 ? halves : single ? singles : others) += info.elements();
    }
    if (singles > halves && singles > others)
        return DType::F32;
    return halves > others ? DType::F16 : DType::BF16;
}

// Tensors that the client reads as F32 alone, whatever the source has.
bool needsSingle(const Decision& decision)
{
    return decision.shape.size() < 2 || decision.fixedReason == "router"
        || decision.fixedReason == "norm";
}

Result<void> addOption(Decision& decision, const Codec& codec, const TargetProfile& profile)
{
    const auto tensors = outputTensors(decision, codec, profile.floatType);
    if (tensors.empty() && codec.family != CodecFamily::stored)
        return {}; // its blocks do not fit these rows
    if (tensors.empty())
        return Error {Errc::numberOverflow, decision.tensorName, "size beyond 64 bits"};
    const std::uint64_t bytes = tensors.front().bytes;
    // A name's length, which a few bytes are added to, is checked long before it nears 32 bits.
    const std::uint64_t infoBytes = ggufInfoBytes(decision.tensorName, decision.shape.size());
    decision.options.push_back({codec.id,
        static_cast<std::uint32_t>(infoBytes + profile.size.paddingOf(bytes)), bytes});
    return {};
}

// Of a GGUF source, what is not decoded stays as it is, and matrices keep the float type they have.
DType keptType(const Decision& decision, const Model& model, const TargetProfile& profile)
{
    const DType source = model.tensor(decision.sources.front()).dtype;
    if (!dtypeInfo(source).analysed)
        return source;
    if (needsSingle(decision))
        return DType::F32;
    const bool isFloat = source == DType::F32 || source == DType::F16 || source == DType::BF16
        || source == DType::F64;
    const bool free = decision.fixedReason.empty();
    return model.format == ModelFormat::gguf && isFloat && !free ? source : profile.floatType;
}

// The codec of the blocks that the source has; null when it has plain numbers.
const Codec* blocksOf(const Decision& decision, const Model& model)
{
    const DType source = model.tensor(decision.sources.front()).dtype;
    for (const Codec& entry : codecs())
        if (dtypeInfo(source).isBlock() && entry.storedType == source)
            return &entry;
    return nullptr;
}

Result<void> fillGgufOptions(Decision& decision, const Model& model, const TargetProfile& profile)
{
    decision.options.clear();
    const Codec* blocks = blocksOf(decision, model);
    if (decision.fixedReason.empty())
        for (const Codec& entry : codecs())
            if (entry.family != CodecFamily::stored && ggufTypeOf(entry) && &entry != blocks)
                if (auto done = addOption(decision, entry, profile); !done)
                    return done;
    std::stable_sort(decision.options.begin(), decision.options.end(),
        [](const CodecOption& a, const CodecOption& b) { return a.dataBytes < b.dataBytes; });
    if (blocks != nullptr && !needsSingle(decision)) {
        // They are copied; what is as large brings nothing.
        if (auto done = addOption(decision, *blocks, profile); !done)
            return done;
        const CodecOption kept = decision.options.back();
        std::erase_if(decision.options,
            [&](const CodecOption& option) { return option.dataBytes >= kept.dataBytes; });
        decision.options.push_back(kept);
        return {};
    }
    if (decision.fixedReason.empty() && decision.options.empty())
        decision.fixedReason
            = std::to_string(decision.columns) + " columns, not a multiple of 32";
    return addOption(decision, floatCodec(keptType(decision, model, profile)), profile);
}

// Rows that superblocks do not fit get the types of 32: said, since it costs bits.
void noteShortRows(TargetProfile& profile)
{
    constexpr std::size_t mostNamed = 4;
    std::uint64_t tensors = 0;
    std::set<std::uint64_t> lengths;
    for (const Decision& decision : profile.decisions)
        if (decision.fixedReason.empty() && decision.columns % 256 != 0) {
            ++tensors;
            lengths.insert(decision.columns);
        }
    if (tensors == 0)
        return;
    std::string named;
    std::size_t count = 0;
    for (const std::uint64_t length : lengths)
        if (count++ < mostNamed)
            named += (named.empty() ? "" : ", ") + std::to_string(length);
    profile.notes.push_back(std::to_string(tensors) + " tensors have rows that are no multiple "
        "of 256 (" + named + (count > mostNamed ? " and others" : "") + "): planned with the "
        "types of blocks of 32, there are no K types for them");
}

void noteRounding(const Model& model, TargetProfile& profile)
{
    if (profile.floatType == DType::F32)
        return;
    std::uint64_t tensors = 0;
    for (const Decision& decision : profile.decisions) {
        const DType kept = codec(decision.options.back().codec).storedType;
        for (const TensorId source : decision.sources) {
            const DType from = model.tensor(source).dtype;
            const bool exact = kept == DType::F32 || kept == from || from == DType::F8_E4M3
                || from == DType::F8_E5M2;
            tensors += exact ? 0 : 1;
        }
    }
    if (tensors > 0)
        profile.notes.push_back("What stays unquantized of " + std::to_string(tensors)
            + " tensors is rounded to " + std::string(dtypeInfo(profile.floatType).name));
}

TargetProfile emptyProfile(const Model& model, const ProfileOptions& options)
{
    TargetProfile profile;
    profile.targetId = "gguf";
    profile.forced = options.force;
    profile.floatType = floatTypeFor(model, options);
    profile.size.shardLimitBytes = options.splitBytes;
    profile.size.shardHeaderBytes
        = ggufFixedBytes + (options.splitBytes != 0 ? ggufSplitBytes() : 0);
    profile.size.headerAlignment = ggufAlignment;
    profile.size.dataAlignment = ggufAlignment;
    return profile;
}

Result<TargetProfile> completeProfile(const Model& model, const ProfileOptions& options,
    std::vector<Decision> decisions, GgufContents contents)
{
    TargetProfile profile = emptyProfile(model, options);
    profile.notes = std::move(contents.notes);
    profile.size.firstShardBytes = ggufContentBytes(contents);
    profile.computed = std::move(contents.computed);
    for (Decision& decision : decisions) {
        if (auto done = fillGgufOptions(decision, model, profile); !done)
            return done.error();
        profile.parameters += decision.elements;
    }
    profile.decisions = std::move(decisions);
    noteShortRows(profile);
    noteRounding(model, profile);
    return profile;
}

struct Checkpoint {
    const GgufArchitecture& architecture;
    GgufSizes sizes;
};

Result<Checkpoint> checkpointOf(const Model& model)
{
    const auto architecture = ggufArchitectureOf(model);
    if (!architecture)
        return architecture.error();
    auto sizes = ggufSizes(**architecture, model);
    if (!sizes)
        return sizes.error();
    return Checkpoint {**architecture, std::move(*sizes)};
}

Result<TargetProfile> profileFromCheckpoint(const Model& model, const ProfileOptions& options)
{
    const auto source = checkpointOf(model);
    if (!source)
        return source.error();
    auto made = ggufDecisions(source->architecture, source->sizes, model);
    if (!made)
        return made.error();
    auto contents = ggufContents(
        source->architecture, source->sizes, model, made->vocabulary, 0, options.force);
    if (!contents)
        return contents.error();
    contents->notes.insert(contents->notes.begin(), made->notes.begin(), made->notes.end());
    return completeProfile(model, options, std::move(made->decisions), std::move(*contents));
}

Result<TargetProfile> profileFromGguf(const Model& model, const ProfileOptions& options)
{
    auto decisions = decisionsOfGguf(model, options.requantize);
    if (!decisions)
        return decisions.error();
    auto contents = contentsOfGguf(model, 0);
    if (!contents)
        return contents.error();
    noteCopied(model, *decisions, contents->notes);
    std::uint64_t lossy = 0;
    for (const TensorInfo& info : model.tensors)
        lossy += wouldLose(info.dtype) ? 1 : 0;
    if (lossy > 0)
        contents->notes.push_back(std::to_string(lossy)
            + " tensors are quantized already; encoding them again adds error to what they lost");
    return completeProfile(model, options, std::move(*decisions), std::move(*contents));
}

// Contents again, now with the file type that a choice of options has.
Result<GgufContents> contentsFor(
    const Model& model, const TargetProfile& profile, std::uint32_t fileType)
{
    if (model.format == ModelFormat::gguf)
        return contentsOfGguf(model, fileType);
    const auto source = checkpointOf(model);
    if (!source)
        return source.error();
    std::uint64_t vocabulary = 0;
    for (const Decision& decision : profile.decisions)
        if (decision.tensorName == "token_embd.weight")
            vocabulary = decision.rows;
    return ggufContents(
        source->architecture, source->sizes, model, vocabulary, fileType, profile.forced);
}

} // namespace

Result<TargetProfile> ggufProfile(const Model& model, const ProfileOptions& options)
{
    if (model.quantized)
        return Error {Errc::alreadyQuantized, model.name, model.quantized->text()};
    return model.format == ModelFormat::gguf ? profileFromGguf(model, options)
                                             : profileFromCheckpoint(model, options);
}

Result<WeightFiles> ggufWeightFiles(const Model& model, const TargetProfile& profile,
    std::span<const std::uint16_t> choice, const std::string& fileName)
{
    if (!fileName.ends_with(ggufSuffix) || fileName.size() == ggufSuffix.size())
        return Error {Errc::badArgument, fileName, "expected a name ending in .gguf"};
    const GgufRecipe& recipe = nearestRecipe(profile, choice);
    const auto contents = contentsFor(model, profile, recipe.fileType);
    if (!contents)
        return contents.error();
    const std::uint64_t bytes = ggufContentBytes(*contents);
    if (bytes != profile.size.firstShardBytes)
        return Error {Errc::changedOnDisk, model.name,
            "the files beside the weights are not those that were planned with: found "
                + groupedText(bytes) + " bytes of header, expected "
                + groupedText(profile.size.firstShardBytes)};
    return layoutGgufFiles(profile, choice, *contents, fileName);
}

std::vector<NamedMix> ggufMixes(const TargetProfile& profile)
{
    std::vector<NamedMix> mixes;
    for (const GgufRecipe& recipe : ggufRecipes())
        if (dtypeInfo(recipe.base).isBlock())
            mixes.push_back({recipe.name, recipeChoice(profile, recipe)});
    return mixes;
}

std::string ggufFileName(
    const Model& model, const TargetProfile& profile, std::span<const std::uint16_t> choice)
{
    const std::size_t slash = model.name.find_last_of('/');
    std::string base = slash == std::string::npos ? model.name : model.name.substr(slash + 1);
    for (const std::string_view suffix : {".gguf", ".safetensors"})
        if (base.ends_with(suffix))
            base.resize(base.size() - suffix.size());
    return base + "-BL-" + std::string(nearestRecipe(profile, choice).name)
        + std::string(ggufSuffix);
}

} // namespace bitloupe
