// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mlx_target.h"

#include "base/text.h"
#include "export/json_text.h"
#include "export/mlx_decisions.h"
#include "export/output_tensors.h"
#include "measure/measure.h"

#include <algorithm>
#include <set>

namespace bitloupe {
namespace {

constexpr std::uint64_t shardLimitBytes = 5'000'000'000;
constexpr std::uint64_t lengthFieldBytes = 8;

std::string_view topModelType(const ConfigFacts& config)
{
    return config.outerModelType.empty() ? config.modelType : config.outerModelType;
}

Decision* findTensor(std::vector<Decision>& decisions, std::string_view suffix)
{
    for (Decision& decision : decisions)
        if (decision.tensorName == suffix
            || decision.tensorName == "language_model." + std::string(suffix))
            return &decision;
    return nullptr;
}

Error noHead(const MlxArchitecture& architecture, std::string_view found)
{
    return {Errc::unsupported, std::string(architecture.modelType),
        "found " + std::string(found) + ", which mlx-lm cannot load for this model type"};
}

void tieHead(MlxDecisions& made, Decision* embedding, std::string_view headName)
{
    auto& decisions = made.decisions;
    const auto head = std::find_if(decisions.begin(), decisions.end(),
        [&](const Decision& decision) { return decision.tensorName == headName; });
    if (head == decisions.end())
        return;
    embedding->derivedFrom = head->sources;
    embedding->sourceNames.insert(
        embedding->sourceNames.end(), head->sourceNames.begin(), head->sourceNames.end());
    made.notes.push_back(
        std::string(headName) + " not written: the embedding is the output head as well");
    decisions.erase(head);
}

// The output head as the client will look for it.
Result<void> settleHead(
    const MlxArchitecture& architecture, const Model& model, MlxDecisions& made)
{
    Decision* embedding = findTensor(made.decisions, "model.embed_tokens.weight");
    if (embedding == nullptr)
        return Error {Errc::unsupported, model.name,
            "no tensor " + std::string(mlxEmbeddingName(architecture))
                + ", which mlx-lm expects for " + std::string(architecture.modelType)};
    const Decision* head = findTensor(made.decisions, "lm_head.weight");
    const bool tied = head == nullptr || model.config.tiedEmbeddings.value_or(false);
    if (architecture.head == HeadRule::required)
        return head != nullptr ? Result<void>() : noHead(architecture, "no lm_head.weight");
    if (architecture.head == HeadRule::tied && !tied)
        return noHead(architecture, "an lm_head.weight of its own");
    if (head == nullptr && model.config.tiedEmbeddings == false)
        made.notes.emplace_back("The configuration promises an output head that the files do not "
                                "have; written as tied to the embedding");
    if (tied && head != nullptr)
        tieHead(made, embedding, std::string(head->tensorName));
    return {};
}

// Values that steer routing or recurrence keep their precision, as in the client's converter.
DType storedTypeOf(const Decision& decision, const Model& model, DType floatType)
{
    const bool precise = decision.tensorName.ends_with("e_score_correction_bias")
        || decision.tensorName.ends_with("A_log");
    const bool wide = model.tensor(decision.sources.front()).dtype == DType::F32;
    return precise && wide ? DType::F32 : floatType;
}

const Codec* storedCodec(DType dtype)
{
    for (const Codec& entry : codecs())
        if (entry.family == CodecFamily::stored && entry.storedType == dtype)
            return &entry;
    return nullptr;
}

std::vector<const Codec*> codecsFor(const Decision& decision, DType stored)
{
    std::vector<const Codec*> list;
    for (const Codec& entry : codecs())
        if (decision.fixedReason.empty() && entry.family == CodecFamily::affine)
            list.push_back(&entry);
    list.push_back(storedCodec(stored));
    return list;
}

std::uint64_t dataBytesOf(const std::vector<OutputTensor>& tensors)
{
    std::uint64_t sum = 0;
    for (const OutputTensor& tensor : tensors)
        sum += tensor.bytes;
    return sum;
}

unsigned offsetDigits(const std::vector<Decision>& decisions)
{
    std::uint64_t largest = shardLimitBytes;
    for (const Decision& decision : decisions)
        for (const CodecOption& option : decision.options)
            largest = std::max(largest, option.dataBytes);
    return static_cast<unsigned>(std::to_string(largest).size());
}

// The codecs a decision may take with their data bytes; header bytes need the widest offset first.
Result<void> fillOptions(Decision& decision, const Model& model, DType floatType)
{
    for (const Codec* entry : codecsFor(decision, storedTypeOf(decision, model, floatType))) {
        const auto tensors = outputTensors(decision, *entry, floatType);
        if (!tensors.empty())
            decision.options.push_back({entry->id, 0, dataBytesOf(tensors)});
        else if (entry->family == CodecFamily::stored)
            return Error {Errc::numberOverflow, decision.tensorName, "size beyond 64 bits"};
    }
    std::stable_sort(decision.options.begin(), decision.options.end(),
        [](const CodecOption& a, const CodecOption& b) { return a.dataBytes < b.dataBytes; });
    return {};
}

// Three entries for a name at the most, which comes from a header of 100 MB at the most.
void fillHeaderBytes(Decision& decision, DType floatType, unsigned digits)
{
    for (CodecOption& option : decision.options)
        for (const auto& tensor : outputTensors(decision, codec(option.codec), floatType))
            option.headerBytes += static_cast<std::uint32_t>(headerEntryBytes(tensor, digits));
}

bool losesPrecision(DType from, DType to)
{
    if (from == to || from == DType::F8_E4M3 || from == DType::F8_E5M2)
        return false; // every FP8 value fits; its product with the scale is rounded like any other
    return to != DType::F32 || from == DType::F64;
}

void noteNarrowing(const Model& model, TargetProfile& profile)
{
    std::set<std::string> types;
    std::uint64_t tensors = 0;
    for (const Decision& decision : profile.decisions)
        for (const TensorId source : decision.sources) {
            const DType from = model.tensor(source).dtype;
            const DType to = codec(decision.options.back().codec).storedType;
            if (!losesPrecision(from, to))
                continue;
            ++tensors;
            types.insert(std::string(dtypeInfo(from).name));
        }
    if (tensors == 0)
        return;
    std::string names;
    for (const std::string& type : types)
        names += (names.empty() ? "" : ", ") + type;
    profile.notes.push_back(std::to_string(tensors) + " tensors are stored as " + names
        + "; what stays unquantized of them is rounded to "
        + std::string(dtypeInfo(profile.floatType).name));
}

// The client makes its arrays from the configuration and takes no tensor of another shape.
Result<void> checkConfig(const Model& model, bool force)
{
    if (const std::string_view text = model.configText; !text.empty())
        if (const auto parsed = JsonText::parse(text, "config.json"); !parsed)
            return parsed.error();
    if (force || model.config.contradiction.empty())
        return {};
    return Error {Errc::unsupported, "config.json",
        model.config.contradiction
            + ", so mlx-lm could not load the result; forcing writes it all the same"};
}

Result<TargetProfile> profileOf(const Model& model, MlxDecisions made)
{
    TargetProfile profile;
    profile.targetId = "mlx";
    profile.floatType = scaleTypeFor(model);
    profile.notes = std::move(made.notes);
    profile.size.shardLimitBytes = shardLimitBytes;
    profile.size.shardHeaderBytes
        = lengthFieldBytes + headerOpening.size() + headerClosing.size();
    profile.size.headerAlignment = 8;
    for (Decision& decision : made.decisions) {
        if (auto done = fillOptions(decision, model, profile.floatType); !done)
            return done.error();
        profile.parameters += decision.elements;
    }
    const unsigned digits = offsetDigits(made.decisions);
    for (Decision& decision : made.decisions)
        fillHeaderBytes(decision, profile.floatType, digits);
    profile.decisions = std::move(made.decisions);
    noteNarrowing(model, profile);
    return profile;
}

} // namespace

Result<TargetProfile> mlxProfile(const Model& model, const ProfileOptions& options)
{
    if (model.quantized)
        return Error {Errc::alreadyQuantized, model.name, model.quantized->text()};
    if (model.format != ModelFormat::safetensors)
        return Error {Errc::unsupported, model.name,
            "a GGUF file does not become an MLX model, which needs the names, config.json and "
            "tokenizer of the Hugging Face folder it was made from: open that folder"};
    const std::string_view type = topModelType(model.config);
    const MlxArchitecture* architecture = findMlxArchitecture(type);
    if (architecture != nullptr && !architecture->refusal.empty())
        return Error {Errc::unsupported, std::string(type), std::string(architecture->refusal)};
    if (architecture == nullptr && !options.force)
        return Error {Errc::unsupported, model.name,
            type.empty() ? "no model_type in config.json, so the names MLX expects are unknown"
                         : "model_type " + printable(type, 80)
                    + " is not one whose MLX names are known; forcing keeps all names"};
    if (auto fits = checkConfig(model, options.force); !fits)
        return fits.error();
    auto made = mlxDecisions(
        architecture, model, options.force ? Strictness::forced : Strictness::strict);
    if (!made)
        return made.error();
    if (!model.config.contradiction.empty())
        made->notes.push_back(
            "config.json: " + model.config.contradiction + ", so the result may not load");
    if (architecture == nullptr)
        made->notes.push_back("Names are kept as they are: model_type "
            + (type.empty() ? std::string("(none)") : printable(type, 80))
            + " is unknown here, so the result may not load");
    else if (auto done = settleHead(*architecture, model, *made); !done)
        return done.error();
    return profileOf(model, std::move(*made));
}

TargetProfile mlxViewingProfile(const Model& model)
{
    auto made = mlxDecisions(nullptr, model, Strictness::viewing);
    if (!made)
        return {};
    auto profile = profileOf(model, std::move(*made));
    return profile ? std::move(*profile) : TargetProfile {};
}

} // namespace bitloupe
