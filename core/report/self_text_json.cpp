// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/strict_json.h"
#include "report/documents.h"
#include "report/moments_json.h"
#include "report/schemas.h"

#include <nlohmann/json.hpp>

namespace bitloupe {

std::string selfTextToJson(const Model& model, const SelfText& text)
{
    JsonWriter json;
    json.object();
    json.member("schema", selfTextSchema).member("version", BITLOUPE_VERSION);
    json.member("model_digest", model.digest());
    writeSelfTextMembers(json, text);
    json.end();
    return std::move(json).take();
}

Result<SelfText> selfTextFromJson(const Model& model, std::string_view text)
{
    const auto document = parseStrictJson(text, documentLimits);
    if (!document)
        return document.error();
    if (jsonString(*document, "schema") != selfTextSchema)
        return Error {Errc::badPlan, {}, "expected schema " + std::string(selfTextSchema)};
    if (jsonString(*document, "model_digest") != model.digest())
        return Error {Errc::badPlan, {}, "the self-text is another model's"};
    return readSelfTextMembers(*document, model);
}

} // namespace bitloupe
