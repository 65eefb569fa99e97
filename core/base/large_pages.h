// SPDX-License-Identifier: GPL-3.0-or-later
// An allocator for arrays of many megabytes that are written once from end to end: it asks the
// kernel for large pages, of which the first touch costs far less than that of many small ones,
// and leaves that touch to whoever writes: resize() does not fill plain numbers with zeros.
#pragma once

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

namespace bitloupe {

/// Memory for `bytes` bytes, aligned for any type; large pages where `bytes` is worth one.
/// Errors: std::bad_alloc, as operator new. Give it back with freeLarge and the same size.
void* allocateLarge(std::size_t bytes);
void freeLarge(void* memory, std::size_t bytes) noexcept;

template <class T>
struct LargePages {
    using value_type = T;

    LargePages() = default;
    template <class U>
    LargePages(const LargePages<U>&)
    {
    }

    // A vector never asks for more than its max_size(), so the product does not overflow.
    T* allocate(std::size_t count) { return static_cast<T*>(allocateLarge(count * sizeof(T))); }
    template <class U>
    void construct(U* place)
    {
        ::new (static_cast<void*>(place)) U;
    }
    template <class U, class... Arguments>
    void construct(U* place, Arguments&&... arguments)
    {
        ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
    }

    void deallocate(T* memory, std::size_t count) noexcept { freeLarge(memory, count * sizeof(T)); }

    friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

} // namespace bitloupe
