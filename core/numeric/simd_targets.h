// SPDX-License-Identifier: GPL-3.0-or-later
// Which Highway targets the kernels are compiled for; included before any Highway header. Vectors
// whose length is unknown at compile time cannot be split into 16 fixed lanes; such machines run
// the NEON (or plain) version. SSSE3 and AVX3_DL bring these kernels nothing over their neighbours.
#pragma once

#define BITLOUPE_UNUSED_TARGETS \
    (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV | HWY_SSSE3 | HWY_AVX3_DL)

#ifdef BITLOUPE_FEW_TARGETS // sanitizers need one narrow and one wide set
#define HWY_DISABLED_TARGETS (BITLOUPE_UNUSED_TARGETS | HWY_SSE4 | HWY_AVX3)
#else
#define HWY_DISABLED_TARGETS BITLOUPE_UNUSED_TARGETS
#endif
