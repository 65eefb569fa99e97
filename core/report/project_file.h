// SPDX-License-Identifier: GPL-3.0-or-later
// A project: what a person did with a model, without the model. Plans by the names of decisions and
// codecs, so that it reads without the weights.
#pragma once

#include "base/result.h"
#include "model/model.h"
#include "plan/plan.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bitloupe {

/// A line of the list of rules: a pattern with one codec, or decisions with a codec each.
struct ProjectWish {
    Rule::Kind kind = Rule::Kind::pin;
    bool enabled = true;
    std::string pattern; // used when byHand is empty
    CodecId codec {};
    std::vector<std::pair<std::string, CodecId>> byHand;
};

struct ProjectChoice {
    std::string decision;
    CodecId codec {};
    std::uint64_t dataBytes = 0;
    double damage = unknownValue;
};

struct ProjectPlan {
    std::string name; // of a saved plan; empty for the one in work
    std::string target;
    Budget budget;
    std::optional<double> heldDamage; // the budget follows this
    std::vector<ProjectWish> wishes;
    std::vector<ProjectChoice> choices; // in file order of the target
    std::uint64_t fileBytes = 0;
    double bitsPerWeight = unknownValue;
    double damage = unknownValue;
};

struct Project {
    std::string modelDigest;
    std::string modelName;
    std::string modelPath; // where it was; relative to the project's folder when it lies below it
    std::string architecture;
    std::uint64_t parameters = 0, modelBytes = 0;
    std::string probeDepth; // "automatic", ...
    ProjectPlan current;
    std::vector<ProjectPlan> saved;
    std::map<std::string, std::string> view; // what the window showed, by setting
};

inline constexpr std::size_t mostSavedPlans = 200;

/// Schema "bitloupe-project/1".
std::string projectToJson(const Project& project);
/// Errors: badJson; badPlan when something in it makes no sense, named.
Result<Project> projectFromJson(std::string_view text);

} // namespace bitloupe
