// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of tokens to and from the experts they are routed to.
#pragma once

#include "probe/routing.h"

namespace bitloupe {

using Uses = std::vector<Routing::Use>;

/// The rows of the tokens in use.
Floats gather(std::span<const float> rows, std::size_t width, const Uses& uses);

/// rows[use] += (weighted ? weight : 1) * values[i].
void scatterAdd(
    Floats& rows, std::size_t width, const Uses& uses, const Floats& values, bool weighted);

/// Every token once, with these weights; empty: ones.
Uses allTokens(std::size_t tokens, const Floats& weights);

} // namespace bitloupe
