#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes ggml_blocks.safetensors: weight blocks written and read by ggml itself.

Python 3.11: pip install llama-cpp-python==0.3.36 numpy==2.4.6 safetensors==0.8.0

  input                       F32 [4, 512]   outliers, a heavy tail, a shift, uneven groups
  edge                        F32 [10, 256]  zeros, constants, a spike, tiny, huge, ramps
  <type>.packed               U8  [4, row bytes], ggml's own blocks of input, no importance
  <type>.dequant              F32 [4, 512], what ggml reads from them
  <type>.edge_packed, .edge_dequant          the same of edge
"""
import ctypes
import os

import llama_cpp
import numpy as np
from safetensors.numpy import save_file

TYPES = "f16 bf16 q8_0 q4_0 q4_1 q5_0 q5_1 q2_K q3_K q4_K q5_K q6_K iq4_nl iq4_xs mxfp4".split()
PLAIN = {"f16": "ggml_fp16_to_fp32_row", "bf16": "ggml_bf16_to_fp32_row"}

ggml = ctypes.CDLL(os.path.join(os.path.dirname(llama_cpp.__file__), "lib", "libggml-base.so"))
ggml.ggml_type_name.restype = ctypes.c_char_p
ggml.ggml_blck_size.restype = ctypes.c_int64
ggml.ggml_type_size.restype = ctypes.c_size_t
ggml.ggml_quantize_chunk.restype = ctypes.c_size_t
ggml.ggml_quantize_chunk.argtypes = [
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64,
    ctypes.c_void_p]
ids = {ggml.ggml_type_name(i).decode(): i for i in range(43) if ggml.ggml_blck_size(i)}


def pack(name, values):
    rows, columns = values.shape
    size = ggml.ggml_type_size(ids[name]) * columns // ggml.ggml_blck_size(ids[name])
    packed = np.zeros((rows, size), np.uint8)
    written = ggml.ggml_quantize_chunk(
        ids[name], values.ctypes.data, packed.ctypes.data, 0, rows, columns, None)
    assert written == packed.size
    return packed


def unpack(name, packed, columns):
    read = getattr(ggml, PLAIN.get(name, "dequantize_row_" + name))
    read.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    values = np.zeros((len(packed), columns), np.float32)
    for row, to in zip(packed, values):
        read(row.ctypes.data, to.ctypes.data, columns)
    return values


def inputs():
    rng = np.random.Generator(np.random.PCG64(20261121))
    plain = (rng.standard_normal((4, 512)) * 0.02).astype(np.float32)
    plain[0, rng.choice(512, 6, replace=False)] *= 8
    plain[1] = (rng.standard_t(3, 512) * 0.015).astype(np.float32)
    plain[2] += 0.01
    plain[3, 256:] *= np.repeat(np.exp2(rng.uniform(-4, 2, 16)), 16).astype(np.float32)
    edge = np.zeros((10, 256), np.float32)
    edge[1], edge[2] = 0.5, -0.5
    edge[3] = np.where(np.arange(256) % 2, 0.25, -0.25)
    edge[4, 100] = 7.0
    edge[5] = rng.standard_normal(256) * 1e-7
    edge[6] = rng.standard_normal(256) * 1000
    edge[7] = np.arange(1, 257) / 256
    edge[8] = -edge[7]
    edge[9, :32] = rng.standard_normal(32)
    return plain, edge


plain, edge = inputs()
out = {"input": plain, "edge": edge}
for name in TYPES:
    for prefix, values in (("", plain), ("edge_", edge)):
        packed = pack(name, values)
        out[f"{name.lower()}.{prefix}packed"] = packed
        out[f"{name.lower()}.{prefix}dequant"] = unpack(name, packed, values.shape[1])
save_file(out, os.path.join(os.path.dirname(os.path.abspath(__file__)), "ggml_blocks.safetensors"))
