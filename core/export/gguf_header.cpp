// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_header.h"

#include "base/checked.h"
#include "export/gguf_tokenizer.h"

namespace bitloupe {
namespace {

// The last part of "org/name", or the folder's name.
std::string shortName(const Model& model)
{
    const std::size_t slash = model.name.find_last_of('/');
    return slash == std::string::npos ? model.name : model.name.substr(slash + 1);
}

} // namespace

Result<GgufContents> ggufContents(const GgufArchitecture& architecture, const GgufSizes& sizes,
    const Model& model, std::uint64_t vocabulary, std::uint32_t fileType, bool forced)
{
    GgufContents contents;
    GgufKeyValues& keys = contents.keyValues;
    keys.addString("general.architecture", architecture.name);
    keys.addString("general.type", "model");
    keys.addString("general.name", shortName(model));
    keys.addUnsigned32("general.file_type", fileType);
    keys.addUnsigned32("general.quantization_version", ggufQuantizationVersion);
    if (auto done = addArchitecture(architecture, model, sizes, vocabulary, keys); !done)
        return done.error();
    contents.notes = architectureNotes(architecture, model);
    auto tokenizer = readGgufTokenizer(model, vocabulary);
    if (tokenizer) {
        addTokenizer(*tokenizer, keys);
        contents.notes.insert(
            contents.notes.end(), tokenizer->notes.begin(), tokenizer->notes.end());
    } else if (forced) {
        keys.addString("tokenizer.ggml.model", "none");
        contents.notes.push_back("Written without a tokenizer: " + tokenizer.error().message());
    } else {
        return Error {tokenizer.error().code, tokenizer.error().where,
            tokenizer.error().detail + "; forcing writes the model without a tokenizer"};
    }
    addProvenance(model, keys);
    auto divisors = ropeDivisors(model, sizes);
    if (!divisors)
        return divisors.error();
    if (!divisors->empty())
        contents.computed.push_back({"rope_freqs.weight", std::move(*divisors)});
    return contents;
}

void addProvenance(const Model& model, GgufKeyValues& keyValues)
{
    keyValues.addString("bitloupe.version", BITLOUPE_VERSION);
    keyValues.addString("bitloupe.source.digest", model.digest());
}

std::uint64_t ggufInfoBytes(std::string_view name, std::size_t rank)
{
    return 8 + name.size() + 4 + 8 * rank + 4 + 8;
}

std::uint64_t ggufContentBytes(const GgufContents& contents)
{
    std::uint64_t bytes = contents.keyValues.bytes().size();
    for (const ComputedTensor& tensor : contents.computed)
        bytes += ggufInfoBytes(tensor.name, 1)
            + roundUp(tensor.values.size() * sizeof(float), ggufAlignment);
    return bytes;
}

void addSplitKeys(
    GgufKeyValues& keyValues, std::uint16_t index, std::uint16_t count, std::int32_t tensors)
{
    keyValues.addUnsigned16("split.no", index);
    keyValues.addUnsigned16("split.count", count);
    keyValues.addInteger32("split.tensors.count", tensors);
}

std::uint64_t ggufSplitBytes()
{
    GgufKeyValues keys;
    addSplitKeys(keys, 0, 0, 0);
    return keys.bytes().size();
}

} // namespace bitloupe
