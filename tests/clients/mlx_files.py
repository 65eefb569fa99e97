# SPDX-License-Identifier: GPL-3.0-or-later
"""An exported MLX directory decoded with numpy alone, and the float model it stands for."""
import glob
import json
import os
import shutil
import struct

import numpy as np
from safetensors.numpy import save_file

DTYPES = {"U32": "<u4", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


def read_file(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
        if entry["dtype"] == "BF16":
            values = (values.astype(np.uint32) << 16).view(np.float32)
        yield name, values if entry["dtype"] == "U32" else values.astype(np.float32)


def read_folder(folder):
    tensors = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.safetensors"))):
        tensors.update(read_file(path))
    return tensors


def unpack(words, bits):
    """Codes of rows stored as little-endian bit streams."""
    stream = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")
    groups = stream.reshape(*stream.shape[:-1], -1, bits).astype(np.uint32)
    return (groups << np.arange(bits, dtype=np.uint32)).sum(-1, dtype=np.uint32)


def decode(tensors, path, setting):
    codes = unpack(tensors[path + ".weight"], setting["bits"])
    size = setting["group_size"]
    grouped = codes.reshape(*codes.shape[:-1], -1, size).astype(np.float32)
    scales = tensors[path + ".scales"][..., None]
    biases = tensors[path + ".biases"][..., None]
    return (grouped * scales + biases).reshape(codes.shape)


def join_parts(model_type, source, parts):
    """A fused tensor of the source from the gate and up parts of the export, in that order."""
    gate, up = parts
    if source.endswith("_bias"):
        return np.stack([gate, up], -1).reshape(*gate.shape[:-1], -1)
    if model_type == "gpt_oss":  # rows alternate
        return np.stack([gate, up], 2).reshape(gate.shape[0], -1, gate.shape[-1])
    return np.concatenate([gate, up], 1)


def stored_transposed(model_type, source):
    """Experts kept as [in, out] in the source."""
    return model_type in ("gpt_oss", "llama4") and source.endswith(("_up_proj", ".down_proj"))


def source_tensors(folder):
    """The export's values under the names of its source."""
    tensors = read_folder(folder)
    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    with open(os.path.join(folder, "bitloupe-manifest.json")) as file:
        decisions = json.load(file)["decisions"]
    parts = {}
    for decision in sorted(decisions, key=lambda entry: entry["name"]):  # gate before up
        path = decision["name"]
        setting = config["quantization"].get(path)
        if isinstance(setting, dict):
            values = decode(tensors, path, setting)
        else:
            values = tensors[path + ".weight" if path + ".weight" in tensors else path]
        sources = decision["sources"]
        stacked = len(sources) > 1
        for index, source in enumerate(sources):
            parts.setdefault(source, []).append(values[index] if stacked else values)
    result = {}
    for source, values in parts.items():
        whole = values[0] if len(values) == 1 else join_parts(config["model_type"], source, values)
        if stored_transposed(config["model_type"], source):
            whole = np.ascontiguousarray(whole.transpose(0, 2, 1))
        result[source] = np.ascontiguousarray(whole, dtype=np.float32)
    return result


def write_reference(exported, source, folder):
    """A transformers directory with the export's decoded weights in float32; what the export
    leaves out (a vision tower) is the source's."""
    os.makedirs(folder)
    tensors = {**read_folder(source), **source_tensors(exported)}
    save_file(tensors, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
    shutil.copy(os.path.join(source, "config.json"), folder)
