// SPDX-License-Identifier: GPL-3.0-or-later
// Light and dark colours that do not depend on the desktop, for pictures.
#pragma once

#include <QPalette>

namespace bitloupe::ui {

QPalette plainPalette(bool dark);

} // namespace bitloupe::ui
