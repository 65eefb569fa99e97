# SPDX-License-Identifier: GPL-3.0-or-later
"""The weights that an MLX directory stands for, decoded by MLX itself in float32."""
import json
import struct
from pathlib import Path

import numpy as np
import torch


def tensor_bytes(folder: Path) -> int:
    """Bytes of all tensor data, without the files' headers."""
    total = 0
    for path in folder.glob("model*.safetensors"):
        with open(path, "rb") as file:
            (header,) = struct.unpack("<Q", file.read(8))
        total += path.stat().st_size - 8 - header
    return total


def decoded(folder: Path) -> dict[str, torch.Tensor]:
    """Float tensors under MLX's names, which are the source's for the models measured here."""
    import mlx.core as mx

    settings = json.loads((folder / "config.json").read_text())["quantization"]
    raw = {}
    for path in sorted(folder.glob("model*.safetensors")):
        raw |= mx.load(str(path))
    weights = {}
    for name, value in raw.items():
        module, kind = name.rsplit(".", 1)
        if kind in ("scales", "biases"):
            continue
        if f"{module}.scales" in raw:
            own = settings.get(module)
            setting = own if isinstance(own, dict) else settings
            value = mx.dequantize(value, raw[f"{module}.scales"].astype(mx.float32),
                                  raw[f"{module}.biases"].astype(mx.float32),
                                  group_size=setting["group_size"], bits=setting["bits"])
        weights[name] = torch.from_numpy(np.array(value.astype(mx.float32)))
    return weights


def convert(source: Path, folder: Path, bits: int, group: int) -> None:
    """mlx_lm's own conversion: every matrix and the embedding, round to nearest."""
    import contextlib
    import io

    from mlx_lm import convert as mlx_convert

    with contextlib.redirect_stdout(io.StringIO()):
        mlx_convert(str(source), mlx_path=str(folder), quantize=True, q_bits=bits,
                    q_group_size=group)
