# SPDX-License-Identifier: GPL-3.0-or-later
"""What each matrix alone costs at 3 bits, and how well the program's prediction ranks that."""
import torch

from . import affine_grid
from .bench import Bench
from .divergence import ROWS
from .program import Program
from .store import digest_of

BITS, GROUP = 3, 64
TOKENS = 1024


class Tail:
    """The model from a layer on, on states that the float model brings there."""

    def __init__(self, model: torch.nn.Module, windows: torch.Tensor):
        self._body, self._head = model.model, model.lm_head
        states = self._body.embed_tokens(windows)
        self._rotary = self._body.rotary_emb(states, torch.arange(windows.shape[1])[None])
        self._states = []
        for layer in self._body.layers:
            self._states.append(states)
            states = self._step(layer, states)
        self._float = self._logits(states)

    def _step(self, layer: torch.nn.Module, states: torch.Tensor) -> torch.Tensor:
        return layer(states, position_embeddings=self._rotary, attention_mask=None)

    def _logits(self, states: torch.Tensor) -> torch.Tensor:
        return self._head(self._body.norm(states)).flatten(0, 1)

    def kl(self, first: int) -> float:
        """To the float model, with what the layers from `first` on are now."""
        states = self._states[first]
        for layer in self._body.layers[first:]:
            states = self._step(layer, states)
        total = torch.zeros((), dtype=torch.float64)
        for p, q in zip(self._float.split(ROWS), self._logits(states).split(ROWS)):
            p, q = p.log_softmax(-1), q.log_softmax(-1)
            total += (p.exp() * (p - q)).sum(dtype=torch.float64)
        return total.item() / len(self._float)


def with_one_rounded(bench: Bench, tail: Tail, name: str) -> float:
    weight = bench.model.get_parameter(name)
    groups = bench.source[name].reshape(len(weight), -1, GROUP)
    weight.copy_(affine_grid.whole_range(groups, BITS).nearest(groups).reshape(weight.shape))
    kl = tail.kl(int(name.split(".")[2]))
    weight.copy_(bench.source[name])
    return kl


@torch.no_grad()
def measured(bench: Bench) -> dict[str, float]:
    """KL on the home text by matrix, under the program's names."""
    windows = bench.subject.texts[bench.subject.home]
    windows = windows[:TOKENS // windows.shape[1]]
    bench.put(bench.source)
    tail: list[Tail] = []  # made for the first one that was not measured before

    def measure(name: str) -> float:
        tail[:] = tail or [Tail(bench.model, windows)]
        return with_one_rounded(bench, tail[0], name)

    names = [name for name, value in bench.source.items() if ".layers." in name and value.ndim == 2]
    return {name.removesuffix(".weight"): bench.store.get(
        digest_of("one matrix", bench.subject.digest, windows, name, BITS, GROUP),
        lambda name=name: measure(name)) for name in names}


def ranks(values: list[float]) -> torch.Tensor:
    """Equal values (unheard of here) in the order they come."""
    return torch.tensor(values, dtype=torch.float64).argsort().argsort().double()


def rank_correlation(bench: Bench, program: Program) -> float:
    """Spearman's, of predicted with measured damage. Raises Unavailable."""
    predicted = program.damages(f"{BITS}-g{GROUP}", "full", bench.scratch)
    found = measured(bench)
    pairs = torch.stack([ranks([predicted[name] for name in found]), ranks(list(found.values()))])
    return torch.corrcoef(pairs)[0, 1].item()
