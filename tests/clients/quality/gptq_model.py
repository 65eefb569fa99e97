# SPDX-License-Identifier: GPL-3.0-or-later
"""GPTQ of a whole model of the Llama family: matrices in the order of evaluation, the inputs of
each measured again with everything before it quantized.

The embedding, which is also the head, is a matrix like the others here: it goes first, so that all
that follows can make up for its errors, with the inputs it has as the head of the float model."""
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch

from . import affine_grid
from .gptq import Settings, quantize

Inputs = list[torch.Tensor]  # [positions, columns] of each window


def second_moment(inputs: Iterable[torch.Tensor]) -> torch.Tensor:
    total, count = 0, 0
    for x in inputs:
        total = total + (x.T @ x).double()
        count += len(x)
    return total / count


@contextmanager
def one_thread() -> Iterator[None]:
    """For many small steps, which threads only slow down."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


class Quantizer:
    """Replaces weights in place and counts their bytes."""

    def __init__(self, model: torch.nn.Module, how: Settings):
        self._model, self._how = model, how
        self.bytes = 2 * sum(p.numel() for p in model.parameters() if p.ndim == 1)

    def replace(self, modules: list[torch.nn.Module], inputs: Inputs) -> None:
        """Modules that read the same inputs, as one matrix."""
        rows = torch.cat([module.weight for module in modules])
        moment = second_moment(inputs)
        with one_thread():
            values = quantize(rows, moment, self._how)
        self.bytes += affine_grid.bytes_of(rows, self._how.bits, self._how.group)
        for module, part in zip(modules, values.split([len(m.weight) for m in modules])):
            module.weight.copy_(part)

    def attention(self, layer: torch.nn.Module, states: Inputs, rotary: tuple) -> None:
        """Adds the layer's attention, quantized, to `states`."""
        attention = layer.self_attn
        normed = [layer.input_layernorm(x) for x in states]
        self.replace([attention.q_proj, attention.k_proj, attention.v_proj], normed)
        output, attention.o_proj = attention.o_proj, torch.nn.Identity()
        mixed = [attention(x[None], position_embeddings=rotary, attention_mask=None)[0][0]
                 for x in normed]
        attention.o_proj = output
        self.replace([output], mixed)
        for x, m in zip(states, mixed):
            x += output(m)

    def mlp(self, layer: torch.nn.Module, states: Inputs) -> None:
        """Adds the layer's gated MLP, quantized, to `states`."""
        mlp = layer.mlp
        normed = [layer.post_attention_layernorm(x) for x in states]
        self.replace([mlp.gate_proj, mlp.up_proj], normed)
        hidden = [mlp.act_fn(mlp.gate_proj(x)) * mlp.up_proj(x) for x in normed]
        self.replace([mlp.down_proj], hidden)
        for x, h in zip(states, hidden):
            x += mlp.down_proj(h)


@torch.no_grad()
def quantize_model(model: torch.nn.Module, windows: torch.Tensor, how: Settings) -> int:
    """Replaces every matrix of `model` by its decoded values; the bytes of all its tensors."""
    if not model.config.tie_word_embeddings:
        raise NotImplementedError("a head of its own")
    work, body = Quantizer(model, how), model.model
    work.replace([body.embed_tokens],
                 [body(ids[None], use_cache=False).last_hidden_state[0] for ids in windows])
    states = [body.embed_tokens(ids) for ids in windows]
    rotary = body.rotary_emb(states[0][None], torch.arange(windows.shape[1])[None])
    for layer in body.layers:
        work.attention(layer, states, rotary)
        work.mlp(layer, states)
    return work.bytes
