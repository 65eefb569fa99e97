# SPDX-License-Identifier: GPL-3.0-or-later
"""MLX's affine format as torch tensors: w = scale * code + bias, scale and bias in bfloat16."""
from typing import NamedTuple

import torch

SHRINKS = [1 - step / 20 for step in range(12)]  # of the range, in a search
POWER = 2.4  # of the error that a search minimises, as GPTQ's own search does


class Grid(NamedTuple):
    scale: torch.Tensor
    bias: torch.Tensor
    top: int  # the largest code

    def nearest(self, weights: torch.Tensor) -> torch.Tensor:
        """The values that `weights` have after encoding and decoding."""
        codes = ((weights - self.bias) / self.scale).round_().clamp_(0, self.top)
        return codes.mul_(self.scale).add_(self.bias)


def stored(values: torch.Tensor) -> torch.Tensor:
    return values.bfloat16().float()


def between(low: torch.Tensor, high: torch.Tensor, bits: int) -> Grid:
    top = 2**bits - 1
    scale = stored(((high - low) / top).clamp_min(1e-7))
    return Grid(scale, stored(low), top)


def whole_range(weights: torch.Tensor, bits: int, dim: int = -1) -> Grid:
    """Of groups along `dim`: from the least to the greatest weight."""
    return between(weights.amin(dim, keepdim=True), weights.amax(dim, keepdim=True), bits)


def searched(weights: torch.Tensor, bits: int, dim: int = -1) -> Grid:
    """The range shrunk around zero to where the error is least, group by group."""
    low, high = weights.amin(dim, keepdim=True), weights.amax(dim, keepdim=True)
    best = between(low, high, bits)
    least = torch.full_like(low, torch.inf)
    for shrink in SHRINKS:
        grid = between(low * shrink, high * shrink, bits)
        error = (grid.nearest(weights) - weights).abs_().pow_(POWER).sum(dim, keepdim=True)
        better = error < least
        least = torch.where(better, error, least)
        best = Grid(torch.where(better, grid.scale, best.scale),
                    torch.where(better, grid.bias, best.bias), grid.top)
    return best


def bytes_of(weight: torch.Tensor, bits: int, group: int) -> int:
    """Bytes that codes, scales and biases of a matrix take."""
    return weight.numel() * bits // 8 + weight.numel() // group * 4
