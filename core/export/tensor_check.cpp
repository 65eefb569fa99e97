// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/tensor_check.h"

#include "base/digest.h"

#include <algorithm>

namespace bitloupe {
namespace {

// Curves from a sample promise a standard error below 1 %; their own estimate of it is rough.
constexpr double sampledError = 0.02;

} // namespace

TensorCheck checkAgainstPlan(const Decision& decision, const DecisionEvidence* evidence,
    std::uint16_t choice, const DecisionSums& encoded, bool steered)
{
    TensorCheck check;
    check.name = decision.name;
    check.codec = decision.options[choice].codec;
    check.nrmseEncoded = encoded.nrmse();
    check.encoder = encoded.encoder;
    check.fallback = encoded.fallback;
    const bool oneEncoder = encoded.fallback.empty() || decision.slabs == 1;
    const bool comparable = decision.cut.whole() && !decision.cut.transposed && oneEncoder
        && evidence != nullptr && evidence->known && choice < evidence->options.size();
    // What loses nothing, as blocks that are taken over do, keeps every promise.
    if (!comparable || check.encoder == Encoder::feedback || check.nrmseEncoded == 0)
        return check;
    const OptionDetail& detail = evidence->details[choice];
    double standardError = detail.relativeStandardError;
    if (check.encoder == Encoder::round) {
        check.nrmsePlanned = detail.nrmseRound;
    } else if (steered && evidence->tier > 1) {
        check.nrmsePlanned = detail.probed.nrmse;
        standardError = detail.probed.nrmseStandardError;
    } else {
        check.nrmsePlanned = evidence->options[choice].nrmse;
    }
    if (standardError > 0)
        check.plannedBound = std::max(8 * standardError, sampledError);
    return check;
}

std::string selfTextDigest(const SelfText& text)
{
    std::string bytes;
    for (const std::uint32_t id : text.ids)
        for (int shift = 0; shift < 32; shift += 8)
            bytes += static_cast<char>((id >> shift) & 0xff);
    return sha256Hex(bytes);
}

} // namespace bitloupe
