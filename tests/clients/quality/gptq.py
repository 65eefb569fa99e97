# SPDX-License-Identifier: GPL-3.0-or-later
"""GPTQ (Frantar et al., arXiv:2210.17323) of one matrix, in MLX's affine format.

The grid of a group is fixed when its first column is reached, from the weights as they are then;
columns keep their order, since MLX's groups are consecutive columns."""
from typing import NamedTuple

import torch

from . import affine_grid

FLOOR = 0.001  # of the mean importance, for channels hardly used


class Settings(NamedTuple):
    bits: int
    group: int
    damping: float  # part of the mean of H's diagonal
    search: bool  # a group's grid, weighted by H's diagonal; else from least to greatest weight


def inverse_factor(second_moment: torch.Tensor, damping: float) -> torch.Tensor:
    """Upper Cholesky factor of the damped inverse."""
    matrix = second_moment.clone()
    diagonal = matrix.diagonal()
    diagonal[diagonal == 0] = 1
    diagonal += damping * diagonal.mean()
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(matrix))
    return torch.linalg.cholesky(inverse, upper=True).float()


def quantize(weight: torch.Tensor, second_moment: torch.Tensor, how: Settings) -> torch.Tensor:
    """Decoded values of [out, in], for inputs with this mean of x x^T (double, [in, in])."""
    work = weight.T.float().contiguous()  # a column of the matrix is a row here
    work[second_moment.diagonal() == 0] = 0  # never multiplied by anything
    factor = inverse_factor(second_moment, how.damping)
    diagonal = second_moment.diagonal().float()[:, None]
    importance = diagonal + FLOOR * diagonal.mean()
    errors = torch.empty(how.group, work.shape[1])
    for begin in range(0, len(work), how.group):
        end = begin + how.group
        block, rows = work[begin:end], factor[begin:end]
        grid = (affine_grid.searched(block, importance[begin:end], how.bits, dim=0) if how.search
                else affine_grid.whole_range(block, how.bits, dim=0))
        for column in range(how.group):
            value = block[column:column + 1]
            decoded = grid.nearest(value)
            torch.div(value - decoded, rows[column, begin + column], out=errors[column:column + 1])
            value.copy_(decoded)
            block[column + 1:].addr_(rows[column, begin + column + 1:end], errors[column], alpha=-1)
        work[end:].addmm_(rows[:, end:].T, errors, alpha=-1)
    return work.T.contiguous()
