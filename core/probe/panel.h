// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens that the probe feeds: drawn from the vocabulary, the same for the same vocabulary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bitloupe {

/// Sequences one after another.
struct Panel {
    std::size_t length = 0; // tokens of a sequence
    std::vector<std::uint32_t> ids;
    std::size_t tokens() const { return ids.size(); }
};

/// Shares of positions that ids below `vocabulary` have: proportional to 1 / (50 + id), since
/// vocabularies are roughly ordered by frequency. Source: method, section 2.1.
std::vector<double> idShares(std::size_t vocabulary);

/// Ids drawn with these shares. `vocabulary` is above zero.
Panel drawPanel(
    std::size_t vocabulary, std::size_t sequences = 16, std::size_t length = 32);

/// Stream of the labels that tier 3 draws from the model's own distribution, counted by position.
std::uint64_t labelKey();

} // namespace bitloupe
