// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/bad_tensors.h"

#include "export/encode_weights.h"

namespace bitloupe {

Result<BadTensors> findBadTensors(
    const std::shared_ptr<const Model>& model, const TargetProfile& profile, const Job& job)
{
    // The smallest option of each: what cannot but be stored is not read.
    const std::vector<std::uint16_t> smallest(profile.decisions.size(), 0);
    const auto bad = findBadDecisions(model, profile, smallest, job);
    if (!bad)
        return bad.error();
    BadTensors found;
    for (std::size_t d = 0; d < bad->size(); ++d) {
        if (!(*bad)[d])
            continue;
        const Decision& decision = profile.decisions[d];
        found.pins.push_back({Rule::Kind::pin, {}, static_cast<std::uint32_t>(d),
            decision.options.back().codec});
        found.notes.push_back(badTensorNote(decision));
    }
    return found;
}

std::string badTensorNote(const Decision& decision)
{
    return decision.name + " holds NaN or infinity and is kept unquantized";
}

} // namespace bitloupe
