// SPDX-License-Identifier: GPL-3.0-or-later
// Does a plan fit a device? Weights, KV cache, compute buffer and reserve, each on its own line;
// unknown is said, never guessed.
#pragma once

#include "model/config_facts.h"
#include "plan/plan.h"

#include <optional>
#include <span>
#include <string_view>

namespace bitloupe {

struct Device {
    std::string_view id; // "rtx4090"
    std::string_view title; // "GeForce RTX 4090, 24 GB"
    std::uint64_t totalBytes;
    double usableFraction; // unified memory: what the GPU may wire; 1 for a card of its own
    std::uint64_t reserveBytes; // left for the system and other programs
};
std::span<const Device> devices();
const Device* findDevice(std::string_view id);

enum class KvType : std::uint8_t { f16, fp8, q8_0, q4_0 };
std::optional<KvType> findKvType(std::string_view name);
std::string_view kvTypeName(KvType type);

/// Facts as the clients of a target take them; they must live as long.
struct ClientConfig {
    ClientConfig(const ConfigFacts& said, bool everyToken = false)
        : facts(said)
        , wholeCache(everyToken)
    {
    }
    const ConfigFacts& facts;
    bool wholeCache; // for every token, whatever window the facts name
};
ClientConfig configOfClient(const ConfigFacts& config, std::string_view targetId);

/// Bytes of the KV cache for `sequences` of `context` tokens; empty when the model type is none we
/// know or a needed fact is missing or senseless. Sliding layers keep their window, low-rank
/// attention one vector a token, linear layers a constant state that is not counted here.
std::optional<std::uint64_t> kvCacheBytes(
    const ClientConfig& client, std::uint64_t context, std::uint64_t sequences, KvType type);

/// `compute` is an estimate, to be labelled so: 0.5 GiB, or 5 % of the weights when that is more.
struct MemoryUse {
    std::uint64_t usable = 0, weights = 0, compute = 0, reserve = 0;
    std::optional<std::uint64_t> kvCache; // empty: unknown
    std::uint64_t needed() const { return weights + compute + reserve + kvCache.value_or(0); }
    /// What nobody needs; 0 when it does not fit, or the cache is unknown.
    std::uint64_t free() const { return fits() ? usable - needed() : 0; }
    bool fits() const { return kvCache.has_value() && needed() <= usable; }
};
MemoryUse memoryUse(const Device& device, const ClientConfig& config, std::uint64_t weightBytes,
    std::uint64_t context, std::uint64_t sequences, KvType type);

/// Largest weight files that fit. Errors: unsupported when the KV cache is unknown,
/// infeasibleBudget when nothing is left.
Result<Budget> budgetForDevice(const Device& device, const ClientConfig& config,
    std::uint64_t context, std::uint64_t sequences, KvType type);

} // namespace bitloupe
