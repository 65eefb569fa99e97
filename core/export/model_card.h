// SPDX-License-Identifier: GPL-3.0-or-later
// README.md of an export: the source's model card with the relation to its base said in the front
// matter, or a small one of our own.
#pragma once

#include "model/model.h"
#include "plan/plan.h"

#include <string>
#include <string_view>

namespace bitloupe {

/// The text. `sourceCard` is the source's README.md, empty when it has none; the base is named only
/// when the model came from a hub cache, where its name is known.
std::string modelCard(std::string_view sourceCard, const Model& model,
    const TargetProfile& profile, const Plan& plan, Encoder encoder,
    bool dataFree = true);

} // namespace bitloupe
