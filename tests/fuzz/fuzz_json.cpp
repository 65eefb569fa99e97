// SPDX-License-Identifier: GPL-3.0-or-later
// Input: the text of a side file, read as configuration and as shard index. What our scanner
// accepts, nlohmann's parser must accept with the same meaning; the reverse need not hold.
#include "model/config_reader.h"
#include "model/shard_index.h"
#include "model/strict_json.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace bitloupe;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// The other parser knows no number beyond the range of double.
bool hasInfinity(const nlohmann::json& value)
{
    if (value.is_structured())
        return std::any_of(value.begin(), value.end(), hasInfinity);
    return value.is_number_float() && std::isinf(value.get<double>());
}

void compareParsers(std::string_view text)
{
    const auto ours = parseStrictJson(text);
    if (!ours) {
        require(ours.error().message().size() <= 1000);
        return;
    }
    if (hasInfinity(*ours))
        return;
    const auto theirs = nlohmann::json::parse(text, nullptr, false);
    require(!theirs.is_discarded());
    require(*ours == theirs);
}

std::vector<TensorInfo> someTensors()
{
    TensorInfo embedding;
    embedding.role = TensorRole::embedding;
    embedding.shape = {256, 128};
    TensorInfo expert;
    expert.role = TensorRole::expertDown;
    expert.shape = {8, 128, 64};
    expert.layer = 3;
    return {embedding, expert};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    compareParsers(text);
    if (const auto index = parseShardIndex(text)) {
        for (const std::string& file : index->files)
            require(isPlainRelativeName(file));
        for (const auto& [tensor, file] : index->tensors)
            require(file < index->files.size());
    }
    if (auto config = readConfig(text)) {
        const auto tensors = someTensors();
        (void)reconcileConfig(config->facts, tensors, true);
        const auto layers = static_cast<std::size_t>(config->facts.layers.value_or(0));
        require(config->facts.layerKinds.empty() || config->facts.layerKinds.size() == layers);
    }
    return 0;
}
