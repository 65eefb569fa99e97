# SPDX-License-Identifier: GPL-3.0-or-later
"""MLX's affine format as torch tensors: w = scale * code + bias, scale and bias in bfloat16."""
from typing import NamedTuple

import torch

SHRINKS = [1 - step / 16 for step in range(8)]  # of the range, in a search
FITS = 2  # after each


class Grid(NamedTuple):
    scale: torch.Tensor
    bias: torch.Tensor
    top: int  # the largest code

    def codes(self, weights: torch.Tensor) -> torch.Tensor:
        return ((weights - self.bias) / self.scale).round_().clamp_(0, self.top)

    def nearest(self, weights: torch.Tensor) -> torch.Tensor:
        """The values that `weights` have after encoding and decoding."""
        return self.codes(weights).mul_(self.scale).add_(self.bias)


def stored(values: torch.Tensor) -> torch.Tensor:
    return values.bfloat16().float()


def between(low: torch.Tensor, high: torch.Tensor, bits: int) -> Grid:
    top = 2**bits - 1
    scale = stored(((high - low) / top).clamp_min(1e-7))
    return Grid(scale, stored(low), top)


def whole_range(weights: torch.Tensor, bits: int, dim: int = -1) -> Grid:
    """Of groups along `dim`: from the least to the greatest weight."""
    return between(weights.amin(dim, keepdim=True), weights.amax(dim, keepdim=True), bits)


def fitted(weights: torch.Tensor, importance: torch.Tensor, grid: Grid, dim: int) -> Grid:
    """Scale and bias by weighted least squares, for the codes that `grid` gives."""
    codes = grid.codes(weights)

    def mean(values: torch.Tensor) -> torch.Tensor:
        return (values * importance).sum(dim, keepdim=True) / importance.sum(dim, keepdim=True)

    middle, centre = mean(weights), mean(codes)
    spread = mean((codes - centre).square())
    slope = mean((codes - centre) * (weights - middle)) / spread.clamp_min(1e-12)
    scale = torch.where((spread > 1e-12) & (slope > 0), stored(slope), grid.scale)
    return Grid(scale, stored(middle - scale * centre), grid.top)


def searched(weights: torch.Tensor, importance: torch.Tensor, bits: int, dim: int = -1) -> Grid:
    """The grid of least weighted squared error found, group by group: the range shrunk around
    zero by several factors, and each fitted again. `importance` broadcasts to `weights`."""
    low, high = weights.amin(dim, keepdim=True), weights.amax(dim, keepdim=True)
    best = between(low, high, bits)
    least = torch.full_like(low, torch.inf)
    for shrink in SHRINKS:
        grid = between(low * shrink, high * shrink, bits)
        for _ in range(1 + FITS):
            error = (grid.nearest(weights) - weights).square_().mul_(importance)
            error = error.sum(dim, keepdim=True)
            better = error < least
            least = torch.where(better, error, least)
            best = Grid(torch.where(better, grid.scale, best.scale),
                        torch.where(better, grid.bias, best.bias), grid.top)
            grid = fitted(weights, importance, grid, dim)
    return best


def bytes_of(weight: torch.Tensor, bits: int, group: int) -> int:
    """Bytes that codes, scales and biases of a matrix take."""
    return weight.numel() * bits // 8 + weight.numel() // group * 4
