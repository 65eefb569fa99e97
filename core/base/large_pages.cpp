// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/large_pages.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace bitloupe {
namespace {

constexpr std::size_t largePage = std::size_t(2) << 20;

// What is worth large pages gets whole ones: half a page's bytes at the most are left over.
bool isLarge(std::size_t bytes) { return bytes >= largePage / 2; }

std::size_t wholePages(std::size_t bytes) { return (bytes + largePage - 1) / largePage * largePage; }

} // namespace

void* allocateLarge(std::size_t bytes)
{
    if (!isLarge(bytes))
        return ::operator new(bytes);
    const std::size_t whole = wholePages(bytes);
    void* memory = ::operator new(whole, std::align_val_t(largePage));
#ifdef MADV_HUGEPAGE
    // A wish: where the kernel does not follow it, the memory is as good, only slower to touch.
    (void)::madvise(memory, whole, MADV_HUGEPAGE);
#endif
    return memory;
}

void freeLarge(void* memory, std::size_t bytes) noexcept
{
    if (!isLarge(bytes))
        ::operator delete(memory);
    else
        ::operator delete(memory, std::align_val_t(largePage));
}

} // namespace bitloupe
