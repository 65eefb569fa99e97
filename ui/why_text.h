// SPDX-License-Identifier: GPL-3.0-or-later
// "Why these bits" in the language of the window, from the facts that the core gives.
#pragma once

#include "plan/explanation.h"

#include <QString>

namespace bitloupe::ui {

/// One to three sentences; in English they are those of explanationText(), but for the numbers,
/// which follow the locale.
QString whyText(const Explanation& explanation);

} // namespace bitloupe::ui
