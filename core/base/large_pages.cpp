// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/large_pages.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace bitloupe {
namespace {

constexpr std::size_t largePage = std::size_t(2) << 20;

} // namespace

void* allocateLarge(std::size_t bytes)
{
    if (bytes < largePage)
        return ::operator new(bytes);
    void* memory = ::operator new(bytes, std::align_val_t(largePage));
#ifdef MADV_HUGEPAGE
    // A wish: where the kernel does not follow it, the memory is as good, only slower to touch.
    (void)::madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return memory;
}

void freeLarge(void* memory, std::size_t bytes) noexcept
{
    if (bytes < largePage)
        ::operator delete(memory);
    else
        ::operator delete(memory, std::align_val_t(largePage));
}

} // namespace bitloupe
