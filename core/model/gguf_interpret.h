// SPDX-License-Identifier: GPL-3.0-or-later
// From the tensors and key-values of a GGUF model to roles, facts and warnings. Private to
// openModel.
#pragma once

#include "model/model.h"

namespace bitloupe {

/// Sets roles and `config`; adds warnings, one of them about weights that are quantized already.
/// Cost: reads factors of rotary frequencies where there are some, at most a few kilobytes.
void interpretGguf(Model& model);

} // namespace bitloupe
