// SPDX-License-Identifier: GPL-3.0-or-later
// Fixed English words of the core in the language of the window. Names, numbers and details stay.
#pragma once

#include <QString>

#include <string_view>

namespace bitloupe::ui {

/// The translation of an error's sentence, a metric's title, a target's clients, the phase of a job,
/// a warning about a model or a note about a plan, whatever names and numbers the last two have; the
/// words themselves where there is none.
QString translated(std::string_view words);

} // namespace bitloupe::ui
