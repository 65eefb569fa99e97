# SPDX-License-Identifier: GPL-3.0-or-later
"""The weights that a GGUF file of the Llama family stands for, decoded by the gguf package: what
llama.cpp computes with, without the rounding of activations that its kernels add."""
from pathlib import Path

import numpy as np
import torch

from gguf_files import LAYER, OUTER


def source_name(name: str) -> str:
    """The checkpoint's name of a tensor."""
    if name in OUTER:
        return OUTER[name]
    _, layer, part, kind = name.split(".")
    return f"model.layers.{layer}.{LAYER[part]}.{kind}"


def in_halves(values: np.ndarray, heads: int) -> np.ndarray:
    """Rows of each head from pairs, as the file has them, to halves, as the checkpoint has them."""
    return values.reshape(heads, -1, 2, values.shape[-1]).swapaxes(1, 2).reshape(values.shape)


def decoded(path: Path) -> dict[str, torch.Tensor]:
    """Float tensors under the checkpoint's names."""
    import gguf

    reader = gguf.GGUFReader(path)
    heads = {part: int(reader.fields[f"llama.attention.{key}"].contents())
             for part, key in (("attn_q", "head_count"), ("attn_k", "head_count_kv"))}
    weights = {}
    for tensor in reader.tensors:
        values = gguf.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        part = tensor.name.split(".")[-2]
        if part in heads:
            values = in_halves(values, heads[part])
        weights[source_name(tensor.name)] = torch.from_numpy(np.ascontiguousarray(values))
    return weights
