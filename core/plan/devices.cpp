// SPDX-License-Identifier: GPL-3.0-or-later
// TABLE of devices by the size on the box. A GPU may use two thirds of a small Mac's memory and
// about three quarters of a large one's (measured by many users); cards keep 1 GiB for the system.
#include "plan/memory.h"

namespace bitloupe {
namespace {

constexpr std::uint64_t GiB = std::uint64_t(1) << 30;

constexpr Device card(std::string_view id, std::string_view title, std::uint64_t gib)
{
    return {id, title, gib * GiB, 1, GiB};
}
constexpr Device mac(std::string_view id, std::string_view title, std::uint64_t gib)
{
    return {id, title, gib * GiB, gib <= 36 ? .67 : .75, 0};
}
constexpr Device board(std::string_view id, std::string_view title, std::uint64_t gib)
{
    return {id, title, gib * GiB, 1, GiB / 2};
}
constexpr Device unified(
    std::string_view id, std::string_view title, std::uint64_t gib, double fraction)
{
    return {id, title, gib * GiB, fraction, GiB};
}

constexpr Device table[] = {
    mac("m1-8gb", "Mac M1, 8 GB", 8),
    mac("m1-16gb", "Mac M1, 16 GB", 16),
    mac("m2-8gb", "Mac M2, 8 GB", 8),
    mac("m2-16gb", "Mac M2, 16 GB", 16),
    mac("m2-24gb", "Mac M2, 24 GB", 24),
    mac("m3-8gb", "Mac M3, 8 GB", 8),
    mac("m3-16gb", "Mac M3, 16 GB", 16),
    mac("m3-24gb", "Mac M3, 24 GB", 24),
    mac("m3-pro-18gb", "Mac M3 Pro, 18 GB", 18),
    mac("m3-pro-36gb", "Mac M3 Pro, 36 GB", 36),
    mac("m4-16gb", "Mac M4, 16 GB", 16),
    mac("m4-24gb", "Mac M4, 24 GB", 24),
    mac("m4-32gb", "Mac M4, 32 GB", 32),
    mac("m4-pro-24gb", "Mac M4 Pro, 24 GB", 24),
    mac("m4-pro-48gb", "Mac M4 Pro, 48 GB", 48),
    mac("m4-pro-64gb", "Mac M4 Pro, 64 GB", 64),
    mac("m1-max-32gb", "Mac M1 Max, 32 GB", 32),
    mac("m1-max-64gb", "Mac M1 Max, 64 GB", 64),
    mac("m2-max-96gb", "Mac M2 Max, 96 GB", 96),
    mac("m4-max-36gb", "Mac M4 Max, 36 GB", 36),
    mac("m4-max-48gb", "Mac M4 Max, 48 GB", 48),
    mac("m4-max-64gb", "Mac M4 Max, 64 GB", 64),
    mac("m4-max-128gb", "Mac M4 Max, 128 GB", 128),
    mac("m1-ultra-128gb", "Mac M1 Ultra, 128 GB", 128),
    mac("m2-ultra-192gb", "Mac M2 Ultra, 192 GB", 192),
    mac("m3-ultra-96gb", "Mac M3 Ultra, 96 GB", 96),
    mac("m3-ultra-256gb", "Mac M3 Ultra, 256 GB", 256),
    mac("m3-ultra-512gb", "Mac M3 Ultra, 512 GB", 512),
    card("rtx2060", "GeForce RTX 2060, 6 GB", 6),
    card("rtx4060", "GeForce RTX 4060, 8 GB", 8),
    card("rtx3080", "GeForce RTX 3080, 10 GB", 10),
    card("rtx2080ti", "GeForce RTX 2080 Ti, 11 GB", 11),
    card("rtx3060", "GeForce RTX 3060, 12 GB", 12),
    card("rtx4070", "GeForce RTX 4070, 12 GB", 12),
    card("rtx5070", "GeForce RTX 5070, 12 GB", 12),
    card("rtx4060ti-16gb", "GeForce RTX 4060 Ti, 16 GB", 16),
    card("rtx4080", "GeForce RTX 4080, 16 GB", 16),
    card("rtx5080", "GeForce RTX 5080, 16 GB", 16),
    card("rtx4000ada", "RTX 4000 Ada, 20 GB", 20),
    card("rtx3090", "GeForce RTX 3090, 24 GB", 24),
    card("rtx4090", "GeForce RTX 4090, 24 GB", 24),
    card("l4", "NVIDIA L4, 24 GB", 24),
    card("rtx5090", "GeForce RTX 5090, 32 GB", 32),
    card("a6000", "RTX A6000, 48 GB", 48),
    card("l40s", "NVIDIA L40S, 48 GB", 48),
    card("a100-40gb", "NVIDIA A100, 40 GB", 40),
    card("a100-80gb", "NVIDIA A100, 80 GB", 80),
    card("h100", "NVIDIA H100, 80 GB", 80),
    card("rtxpro6000", "RTX PRO 6000, 96 GB", 96),
    card("h200", "NVIDIA H200, 141 GB", 141),
    card("b200", "NVIDIA B200, 180 GB", 180),
    card("rx7800xt", "Radeon RX 7800 XT, 16 GB", 16),
    card("rx9070xt", "Radeon RX 9070 XT, 16 GB", 16),
    card("rx7900xt", "Radeon RX 7900 XT, 20 GB", 20),
    card("rx7900xtx", "Radeon RX 7900 XTX, 24 GB", 24),
    card("r9700", "Radeon AI PRO R9700, 32 GB", 32),
    card("w7900", "Radeon PRO W7900, 48 GB", 48),
    card("mi300x", "Instinct MI300X, 192 GB", 192),
    unified("strix-halo-128gb", "Ryzen AI Max+ 395, 128 GB (96 for the GPU)", 128, .75),
    unified("dgx-spark", "DGX Spark, 128 GB", 128, 1),
    board("rpi4-2gb", "Raspberry Pi 4, 2 GB", 2),
    board("rpi5-8gb", "Raspberry Pi 5, 8 GB", 8),
    board("rpi5-16gb", "Raspberry Pi 5, 16 GB", 16),
};

} // namespace

std::span<const Device> devices() { return table; }

const Device* findDevice(std::string_view id)
{
    for (const Device& device : table)
        if (device.id == id)
            return &device;
    return nullptr;
}

} // namespace bitloupe
