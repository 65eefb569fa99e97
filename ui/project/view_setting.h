// SPDX-License-Identifier: GPL-3.0-or-later
// What a project says about the view, by name.
#pragma once

#include <map>
#include <string>

namespace bitloupe::ui {

/// Empty where the project does not say.
inline std::string viewSetting(const std::map<std::string, std::string>& view, const char* name)
{
    const auto found = view.find(name);
    return found == view.end() ? std::string() : found->second;
}

} // namespace bitloupe::ui
