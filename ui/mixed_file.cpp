// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mixed_file.h"

#include "export/borrowed_types.h"
#include "model/open.h"
#include "plan/file_layout.h"

namespace bitloupe::ui {

Result<MixedFile> readMixedFile(
    const std::filesystem::path& file, const TargetProfile& profile, const Job& job)
{
    const auto model = openModel(file, job);
    if (!model)
        return model.error();
    auto borrowed = borrowTypes(profile, **model);
    if (!borrowed)
        return borrowed.error();
    MixedFile mixed;
    mixed.name = (*model)->name;
    mixed.notes = std::move(borrowed->notes);
    mixed.choice.resize(profile.decisions.size());
    for (const Rule& pin : borrowed->pins) {
        const Decision& decision = profile.decisions[*pin.decision];
        mixed.pins.insert(static_cast<int>(*pin.decision), pin.codec);
        if (const std::size_t o = optionIndex(decision, pin.codec); o < decision.options.size())
            mixed.choice[*pin.decision] = static_cast<std::uint16_t>(o);
    }
    mixed.fileBytes = layoutFiles(profile, mixed.choice).fileBytes;
    return mixed;
}

} // namespace bitloupe::ui
