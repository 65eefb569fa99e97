// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/project_file.h"

#include "report/json_writer.h"
#include "report/schemas.h"

namespace bitloupe {
namespace {

void writeWishes(JsonWriter& json, const std::vector<ProjectWish>& wishes)
{
    json.name("rules").array(wishes.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const ProjectWish& wish : wishes) {
        json.object(wish.byHand.empty() ? JsonLayout::line : JsonLayout::lines);
        json.member("kind", ruleNames[static_cast<std::size_t>(wish.kind)]);
        json.member("enabled", wish.enabled);
        if (wish.byHand.empty()) {
            json.member("pattern", wish.pattern).member("codec", codec(wish.codec).name);
        } else {
            json.name("decisions").object();
            for (const auto& [decision, codecId] : wish.byHand)
                json.member(decision, codec(codecId).name);
            json.end();
        }
        json.end();
    }
    json.end();
}

void writePlan(JsonWriter& json, const ProjectPlan& plan)
{
    json.object();
    if (!plan.name.empty())
        json.member("name", plan.name);
    json.member("target", plan.target);
    json.name("budget").object(JsonLayout::line);
    json.member("kind", budgetNames[static_cast<std::size_t>(plan.budget.kind)]);
    json.member("bytes", plan.budget.bytes);
    if (plan.budget.expertBytes)
        json.member("expert_bytes", *plan.budget.expertBytes);
    json.end();
    if (plan.heldDamage)
        json.member("held_damage", *plan.heldDamage);
    writeWishes(json, plan.wishes);
    json.member("file_bytes", plan.fileBytes).member("bits_per_weight", plan.bitsPerWeight);
    json.member("damage", plan.damage);
    json.name("choices").array(plan.choices.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const ProjectChoice& choice : plan.choices) {
        json.object(JsonLayout::line).member("decision", choice.decision);
        json.member("codec", codec(choice.codec).name).member("data_bytes", choice.dataBytes);
        json.member("damage", choice.damage).end();
    }
    json.end().end();
}

} // namespace

std::string projectToJson(const Project& project)
{
    JsonWriter json;
    json.object();
    json.member("schema", projectSchema).member("version", BITLOUPE_VERSION);
    json.name("model").object();
    json.member("digest", project.modelDigest).member("name", project.modelName);
    json.member("path", project.modelPath).member("architecture", project.architecture);
    json.member("parameters", project.parameters).member("bytes", project.modelBytes).end();
    json.member("probe", project.probeDepth);
    json.name("plan");
    writePlan(json, project.current);
    json.name("saved").array(project.saved.empty() ? JsonLayout::line : JsonLayout::lines);
    for (const ProjectPlan& plan : project.saved)
        writePlan(json, plan);
    json.end();
    json.name("view").object();
    for (const auto& [setting, value] : project.view)
        json.member(setting, value);
    json.end().end();
    return std::move(json).take();
}

} // namespace bitloupe
