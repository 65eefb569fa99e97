// SPDX-License-Identifier: GPL-3.0-or-later
// Projects come from other people as well: every name, number and count is checked.
#include "base/text.h"
#include "report/project_file.h"
#include "report/schemas.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace bitloupe {
namespace {
namespace projects {

using Json = nlohmann::json;

constexpr std::size_t longestText = 4096; // bytes of a name, a path, a pattern
constexpr std::size_t mostSettings = 64;
constexpr std::size_t mostRules = 1000; // each is matched with every decision
constexpr std::uint64_t largestFile = std::uint64_t(1) << 60;
constexpr JsonLimits projectLimits {
    .maxBytes = std::size_t(256) << 20, .maxDepth = 8, .maxValues = 10'000'000};

Error odd(std::string where, std::string detail)
{
    return {Errc::badPlan, std::move(where), std::move(detail)};
}

Result<std::string> textIn(const Json& object, std::string_view key, const std::string& where,
    bool needed = true)
{
    const auto text = jsonString(object, key);
    if (!text && (needed || findJson(object, key) != nullptr))
        return odd(where, "expected a text for " + std::string(key));
    if (text && text->size() > longestText)
        return odd(where, std::string(key) + " is too long: found " + std::to_string(text->size())
                + " bytes, expected at most " + std::to_string(longestText));
    return text.value_or(std::string());
}

// Null stands for what is not known.
Result<double> numberIn(const Json& object, std::string_view key, const std::string& where)
{
    if (object.is_object() && object.contains(key) && findJson(object, key) == nullptr)
        return unknownValue;
    const auto number = jsonNumber(object, key);
    if (!number || *number < 0)
        return odd(where, "expected a number from 0 for " + std::string(key));
    return *number;
}

Result<std::uint64_t> bytesIn(const Json& object, std::string_view key, const std::string& where)
{
    const auto bytes = jsonUnsigned(object, key, largestFile);
    if (!bytes)
        return odd(where, "expected a number of bytes for " + std::string(key));
    return *bytes;
}

Result<CodecId> codecNamed(const Json& value, const std::string& where)
{
    const Codec* found = value.is_string() ? findCodec(value.get_ref<const std::string&>()) : nullptr;
    if (found == nullptr)
        return odd(where, "found no known codec");
    return found->id;
}

Result<ProjectWish> readWish(const Json& json, const std::string& where)
{
    ProjectWish wish;
    const auto kind = findNamed<Rule::Kind>(ruleNames, jsonString(json, "kind").value_or(""));
    const auto enabled = jsonBool(json, "enabled");
    if (!kind || !enabled)
        return odd(where, "expected a pin or floor that is enabled or not");
    wish.kind = *kind;
    wish.enabled = *enabled;
    const Json* decisions = findJson(json, "decisions");
    if (decisions == nullptr) {
        auto pattern = textIn(json, "pattern", where);
        if (!pattern)
            return pattern.error();
        const Json* name = findJson(json, "codec");
        const auto id = codecNamed(name != nullptr ? *name : Json(), where);
        if (!id)
            return id.error();
        if (pattern->empty())
            return odd(where, "its pattern is empty");
        wish.pattern = *std::move(pattern);
        wish.codec = *id;
        return wish;
    }
    if (!decisions->is_object() || decisions->empty())
        return odd(where, "expected decisions with a codec each");
    for (const auto& [name, value] : decisions->items()) {
        const auto id = codecNamed(value, where);
        if (!id)
            return id.error();
        wish.byHand.emplace_back(name, *id);
    }
    return wish;
}

Result<ProjectChoice> readChoice(const Json& json, const std::string& where)
{
    ProjectChoice choice;
    auto decision = textIn(json, "decision", where);
    if (!decision)
        return decision.error();
    choice.decision = *std::move(decision);
    const Json* name = findJson(json, "codec");
    const auto id = codecNamed(name != nullptr ? *name : Json(), where);
    const auto bytes = bytesIn(json, "data_bytes", where);
    const auto damage = numberIn(json, "damage", where);
    if (!id || !bytes || !damage)
        return !id ? id.error() : !bytes ? bytes.error() : damage.error();
    choice.codec = *id;
    choice.dataBytes = *bytes;
    choice.damage = *damage;
    return choice;
}

Result<void> readChoices(const Json& json, const std::string& where, ProjectPlan& plan)
{
    const Json* list = findJson(json, "choices");
    if (list == nullptr || !list->is_array())
        return odd(where, "expected a list of choices");
    std::set<std::string> seen;
    for (const Json& one : *list) {
        auto choice = readChoice(one, where + ", choice " + std::to_string(plan.choices.size()));
        if (!choice)
            return choice.error();
        if (!seen.insert(choice->decision).second)
            return odd(where, "a decision stands twice: " + printable(choice->decision, 100));
        plan.choices.push_back(*std::move(choice));
    }
    return {};
}

Result<void> readNumbers(const Json& json, const std::string& where, ProjectPlan& plan)
{
    const Json* budget = findJson(json, "budget");
    const Json none;
    const Json& how = budget != nullptr ? *budget : none;
    const auto kind = findNamed<BudgetKind>(budgetNames, jsonString(how, "kind").value_or(""));
    const auto bytes = bytesIn(how, "bytes", where);
    if (!kind || !bytes)
        return odd(where, "expected a budget of a kind and bytes");
    plan.budget = {*kind, *bytes, {}};
    if (findJson(how, "expert_bytes") != nullptr) {
        const auto experts = bytesIn(how, "expert_bytes", where);
        if (!experts)
            return experts.error();
        if (*kind != BudgetKind::fileBytes)
            return odd(where, "expected a budget of file bytes beside that of the experts");
        plan.budget.expertBytes = *experts;
    }
    if (findJson(json, "held_damage") != nullptr) {
        const auto held = numberIn(json, "held_damage", where);
        if (!held || std::isnan(*held))
            return odd(where, "expected a number from 0 for held_damage");
        plan.heldDamage = *held;
    }
    const auto file = bytesIn(json, "file_bytes", where);
    const auto bpw = numberIn(json, "bits_per_weight", where);
    const auto damage = numberIn(json, "damage", where);
    if (!file || !bpw || !damage)
        return !file ? file.error() : !bpw ? bpw.error() : damage.error();
    plan.fileBytes = *file;
    plan.bitsPerWeight = *bpw;
    plan.damage = *damage;
    return {};
}

Result<ProjectPlan> readPlan(const Json& json, const std::string& where)
{
    ProjectPlan plan;
    auto name = textIn(json, "name", where, false);
    auto target = textIn(json, "target", where);
    if (!name || !target)
        return !name ? name.error() : target.error();
    plan.name = *std::move(name);
    plan.target = *std::move(target);
    if (auto read = readNumbers(json, where, plan); !read)
        return read.error();
    const Json* rules = findJson(json, "rules");
    if (rules == nullptr || !rules->is_array() || rules->size() > mostRules)
        return odd(where, "expected a list of at most " + std::to_string(mostRules) + " rules");
    for (const Json& rule : *rules) {
        auto wish = readWish(rule, where + ", rule " + std::to_string(plan.wishes.size()));
        if (!wish)
            return wish.error();
        plan.wishes.push_back(*std::move(wish));
    }
    if (auto read = readChoices(json, where, plan); !read)
        return read.error();
    return plan;
}

Result<void> readModel(const Json& root, Project& project)
{
    const Json* model = findJson(root, "model");
    if (model == nullptr)
        return odd("model", "expected who it is");
    const std::pair<const char*, std::string*> texts[] = {{"digest", &project.modelDigest},
        {"name", &project.modelName}, {"path", &project.modelPath},
        {"architecture", &project.architecture}};
    for (const auto& [key, place] : texts) {
        auto text = textIn(*model, key, "model");
        if (!text)
            return text.error();
        *place = *std::move(text);
    }
    const auto hexadecimal = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (project.modelDigest.size() != 64
        || !std::all_of(project.modelDigest.begin(), project.modelDigest.end(), hexadecimal))
        return odd("model", "expected a digest of 64 hexadecimal digits");
    const auto parameters = bytesIn(*model, "parameters", "model");
    const auto bytes = bytesIn(*model, "bytes", "model");
    if (!parameters || !bytes)
        return !parameters ? parameters.error() : bytes.error();
    project.parameters = *parameters;
    project.modelBytes = *bytes;
    return {};
}

Result<void> readSaved(const Json& root, Project& project)
{
    const Json* saved = findJson(root, "saved");
    if (saved == nullptr || !saved->is_array() || saved->size() > mostSavedPlans)
        return odd("saved", "expected a list of at most " + std::to_string(mostSavedPlans) + " plans");
    std::set<std::string> names;
    for (const Json& json : *saved) {
        auto plan = readPlan(json, "saved plan " + std::to_string(project.saved.size()));
        if (!plan)
            return plan.error();
        if (plan->name.empty() || !names.insert(plan->name).second)
            return odd("saved", "expected plans with a name of their own each");
        project.saved.push_back(*std::move(plan));
    }
    return {};
}

Result<void> readView(const Json& root, Project& project)
{
    const Json* view = findJson(root, "view");
    if (view == nullptr || !view->is_object() || view->size() > mostSettings)
        return odd("view", "expected at most " + std::to_string(mostSettings) + " settings");
    for (const auto& [setting, value] : view->items()) {
        auto text = textIn(*view, setting, "view");
        if (!text)
            return text.error();
        project.view.emplace(setting, *std::move(text));
    }
    return {};
}

} // namespace projects
} // namespace

Result<Project> projectFromJson(std::string_view text)
{
    const auto document = parseStrictJson(text, projects::projectLimits);
    if (!document)
        return document.error();
    if (const std::string schema = jsonString(*document, "schema").value_or("nothing");
        schema != projectSchema)
        return projects::odd({}, "found schema " + printable(schema, 40) + ", expected " + std::string(projectSchema));
    Project project;
    if (auto read = projects::readModel(*document, project); !read)
        return read.error();
    auto probe = projects::textIn(*document, "probe", "probe");
    if (!probe)
        return probe.error();
    project.probeDepth = *std::move(probe);
    const nlohmann::json* plan = findJson(*document, "plan");
    auto current = projects::readPlan(plan != nullptr ? *plan : nlohmann::json(), "plan");
    if (!current)
        return current.error();
    project.current = *std::move(current);
    if (auto read = projects::readSaved(*document, project); !read)
        return read.error();
    if (auto read = projects::readView(*document, project); !read)
        return read.error();
    return project;
}

} // namespace bitloupe
