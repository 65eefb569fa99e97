// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include "base/text.h"

#include <array>

namespace bitloupe {
namespace {

struct Row {
    Errc code;
    std::string_view name;
    std::string_view sentence;
};

constexpr auto rows = std::to_array<Row>({
    {Errc::ioRead, "ioRead", "cannot read"},
    {Errc::ioWrite, "ioWrite", "cannot write"},
    {Errc::notAModel, "notAModel", "not a model that can be opened"},
    {Errc::truncated, "truncated", "the file is incomplete"},
    {Errc::headerTooLarge, "headerTooLarge", "the header is too large"},
    {Errc::badHeader, "badHeader", "the header is damaged"},
    {Errc::badJson, "badJson", "the JSON text is damaged"},
    {Errc::badOffset, "badOffset", "the tensor offsets are wrong"},
    {Errc::overlappingTensors, "overlappingTensors", "two tensors overlap"},
    {Errc::duplicateName, "duplicateName", "a tensor name occurs twice"},
    {Errc::badShape, "badShape", "the tensor shape is wrong"},
    {Errc::unknownDtype, "unknownDtype", "unknown dtype"},
    {Errc::numberOverflow, "numberOverflow", "a size is too large"},
    {Errc::badIndex, "badIndex", "the shard index is wrong"},
    {Errc::badConfig, "badConfig", "the configuration is wrong"},
    {Errc::badPlan, "badPlan", "the file does not fit this model"},
    {Errc::badArgument, "badArgument", "a value makes no sense"},
    {Errc::unsupported, "unsupported", "not supported"},
    {Errc::alreadyQuantized, "alreadyQuantized", "the model is already quantized"},
    {Errc::changedOnDisk, "changedOnDisk", "the source changed on disk"},
    {Errc::badWeights, "badWeights", "the weights hold NaN or infinity"},
    {Errc::infeasibleBudget, "infeasibleBudget", "no plan fits the budget"},
    {Errc::targetExists, "targetExists", "the target cannot be used"},
    {Errc::noSpace, "noSpace", "not enough free space"},
    {Errc::verifyMismatch, "verifyMismatch", "verification failed"},
    {Errc::cancelled, "cancelled", "cancelled"},
    {Errc::outOfMemory, "outOfMemory", "out of memory"},
});

constexpr auto codes = [] {
    std::array<Errc, rows.size()> all {};
    for (std::size_t i = 0; i < rows.size(); ++i)
        all[i] = rows[i].code;
    return all;
}();

const Row& row(Errc code) { return rows[static_cast<std::size_t>(code)]; }

} // namespace

std::span<const Errc> allErrcs() { return codes; }

std::string_view errcName(Errc code) { return row(code).name; }

std::string_view errcSentence(Errc code) { return row(code).sentence; }

std::string Error::message() const
{
    std::string line;
    if (!where.empty())
        line += printable(where, 400) + ": ";
    line += errcSentence(code);
    if (!detail.empty())
        line += ": " + printable(detail, 500);
    return line;
}

} // namespace bitloupe
