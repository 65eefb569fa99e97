// SPDX-License-Identifier: GPL-3.0-or-later
// Which Highway targets the kernels are compiled for; included before any Highway header. Vectors
// whose length is unknown at compile time cannot be split into 16 fixed lanes; such machines run
// the NEON (or plain) version.
#pragma once

#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
