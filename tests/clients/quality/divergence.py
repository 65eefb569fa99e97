# SPDX-License-Identifier: GPL-3.0-or-later
"""KL divergence and perplexity against a reference whose log-probabilities are computed once."""
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

ROWS = 128  # positions at a time: bounds the temporaries


@dataclass
class Distance:
    """KL in nats, mean over every position; perplexity over every token but a window's first."""
    kl: float
    kl_error: float  # standard error of the mean
    perplexity: float
    same_top: float  # part of the positions with the same most likely token


def log_probabilities(model: torch.nn.Module, ids: torch.Tensor) -> torch.Tensor:
    """[positions, vocabulary] of one window."""
    with torch.no_grad():
        logits = model(ids[None], use_cache=False).logits[0].float()
        for begin in range(0, len(logits), ROWS):
            part = logits[begin:begin + ROWS]
            part -= part.logsumexp(-1, keepdim=True)
        return logits


def negative_log_likelihood(logs: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    return -logs[:-1].gather(1, ids[1:, None])[:, 0]


class Reference:
    """What the source model predicts on one text. On disk, since 4,096 tokens of a vocabulary of
    49,152 are 805 MB."""

    def __init__(self, model: torch.nn.Module, windows: torch.Tensor, path: Path):
        self.windows = windows
        shape = (*windows.shape, model.config.vocab_size)
        self._logs = np.memmap(path, np.float32, "w+", shape=shape)
        losses = []
        for slot, ids in zip(self._logs, windows):
            logs = log_probabilities(model, ids)
            losses.append(negative_log_likelihood(logs, ids))
            slot[:] = logs.numpy()
        self.perplexity = math.exp(torch.cat(losses).mean())

    def distance(self, model: torch.nn.Module) -> Distance:
        kls, losses, same = [], [], []
        for slot, ids in zip(self._logs, self.windows):
            logs = log_probabilities(model, ids)
            losses.append(negative_log_likelihood(logs, ids))
            for begin in range(0, len(ids), ROWS):
                p = torch.from_numpy(slot[begin:begin + ROWS])
                q = logs[begin:begin + ROWS]
                kls.append((p.exp() * (p - q)).sum(-1, dtype=torch.float64))
                same.append(p.argmax(-1) == q.argmax(-1))
        kl = torch.cat(kls)
        return Distance(kl.mean().item(), (kl.std() / math.sqrt(len(kl))).item(),
                        math.exp(torch.cat(losses).mean()), torch.cat(same).float().mean().item())
