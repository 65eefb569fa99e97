#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes mlx_affine.safetensors: affine quantization as the real client does it.

Python 3.11: pip install mlx==0.32.4 mlx-cpu==0.32.4 numpy==2.4.6

  input.<dt>                                [4, 256], dt in f32 f16 bf16
  affine.<dt>.b<bits>.g<group>.weight       U32, packed codes
  affine.<dt>.b<bits>.g<group>.codes        U8, the same codes one a byte
  affine.<dt>.b<bits>.g<group>.scales       in dt; .biases likewise
  affine.<dt>.b<bits>.g<group>.dequant      in dt, what mx.dequantize returns
  edge.<case>.{input,weight,scales,biases,dequant}      f32, 4 bits, group 32
  own.{weight,scales,biases,codes,dequant}  f32, parameters that are not mx.quantize's, 3 bits, group 32
"""
import os

import mlx.core as mx
import numpy as np

rng = np.random.default_rng(20240607)
out = {}


def unpack(packed, bits, count):
    raw = np.array(packed).view(np.uint8).reshape(packed.shape[0], -1)
    stream = np.unpackbits(raw, axis=1, bitorder="little")[:, : count * bits]
    stream = stream.reshape(packed.shape[0], count, bits).astype(np.uint32)
    return (stream << np.arange(bits, dtype=np.uint32)).sum(-1).astype(np.uint8)


rows = rng.standard_normal((4, 256)).astype(np.float32)
rows *= np.exp(0.5 * rng.standard_normal((4, 1))).astype(np.float32)
rows[1, :64] = np.abs(rows[1, :64])  # an all-positive stretch
rows[2, 64:128] = -np.abs(rows[2, 64:128])  # an all-negative stretch
rows[3, 200] = 9.0  # an outlier
rng.standard_normal((2, 256))  # keeps the later draws in place
for name, dtype in {"f32": mx.float32, "f16": mx.float16, "bf16": mx.bfloat16}.items():
    weights = mx.array(rows).astype(dtype)
    out[f"input.{name}"] = weights
    for bits in (2, 3, 4, 5, 6, 8):
        for group in (32, 64, 128):
            key = f"affine.{name}.b{bits}.g{group}"
            packed, scales, biases = mx.quantize(weights, group, bits)
            out[f"{key}.weight"] = packed
            out[f"{key}.codes"] = mx.array(unpack(packed, bits, 256))
            out[f"{key}.scales"] = scales
            out[f"{key}.biases"] = biases
            out[f"{key}.dequant"] = mx.dequantize(packed, scales, biases, group, bits)
edges = {
    "zeros": np.zeros(32),
    "const_pos": np.full(32, 0.5),
    "const_neg": np.full(32, -0.5),
    "all_pos": np.linspace(1, 2, 32),
    "all_neg": np.linspace(-2, -1, 32),
    "tiny": np.linspace(-1e-9, 1e-9, 32),
    "outlier": np.r_[np.zeros(31), 100.0],
    "sym": np.linspace(-1, 1, 32),
}
for name, values in edges.items():
    weights = mx.array(values.astype(np.float32)[None])
    packed, scales, biases = mx.quantize(weights, 32, 4)
    dequant = mx.dequantize(packed, scales, biases, 32, 4)
    for part, array in zip(
        ("input", "weight", "scales", "biases", "dequant"),
        (weights, packed, scales, biases, dequant),
    ):
        out[f"edge.{name}.{part}"] = array
codes = rng.integers(0, 8, (4, 256)).astype(np.uint32)
stream = ((codes[..., None] >> np.arange(3, dtype=np.uint32)) & 1).astype(np.uint8)
packed = mx.array(np.packbits(stream.reshape(4, -1), axis=1, bitorder="little").view("<u4"))
scales = mx.array(rng.uniform(0.01, 0.1, (4, 8)).astype(np.float32))
biases = mx.array(rng.uniform(-0.4, 0.1, (4, 8)).astype(np.float32))
out["own.weight"] = packed
out["own.codes"] = mx.array(codes.astype(np.uint8))
out["own.scales"] = scales
out["own.biases"] = biases
out["own.dequant"] = mx.dequantize(packed, scales, biases, 32, 3)
here = os.path.dirname(os.path.abspath(__file__))
mx.save_safetensors(os.path.join(here, "mlx_affine.safetensors"), out, metadata={"format": "mlx"})
