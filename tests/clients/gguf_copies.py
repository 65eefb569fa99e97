# SPDX-License-Identifier: GPL-3.0-or-later
"""What is not decoded is in the export byte for byte, for the gguf package's eyes: integers, and
blocks of types that are walked over alone."""
import argparse
import json
import os
import sys
import tempfile

import gguf
import numpy as np

import clients

KINDS = "IQ1_S IQ1_M IQ2_XXS IQ2_XS IQ2_S IQ3_XXS IQ3_S TQ1_0 TQ2_0".split()
INTEGERS = (np.int8, np.int16, np.int32, np.int64)


def write(path):
    """Names of the tensors that are to be copied."""
    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(1)
    writer.add_tensor("token_embd.weight", random.standard_normal((40, 256)).astype(np.float16))
    names = []
    for kind in INTEGERS:
        names.append(np.dtype(kind).name)
        limits = np.iinfo(kind)
        writer.add_tensor(names[-1], random.integers(
            limits.min, limits.max, (5, 7), dtype=kind, endpoint=True))
    for kind in KINDS:
        names.append(f"blk.0.{kind.lower()}.weight")
        numbers = getattr(gguf.GGMLQuantizationType, kind)
        elements, size = gguf.GGML_QUANT_SIZES[numbers]
        rows = random.integers(0, 256, (3, 512 // elements * size), dtype=np.uint8)
        writer.add_tensor(names[-1], rows, raw_dtype=numbers)
        writer.add_tensor(f"blk.0.{kind.lower()}_norm.weight", np.ones(33, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return names


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bitloupe", required=True)
    program = parser.parse_args().bitloupe
    with tempfile.TemporaryDirectory() as scratch:
        source, exported = (os.path.join(scratch, name) for name in ("in.gguf", "out.gguf"))
        names = write(source)
        done = json.loads(clients.run(
            program, "export", source, "-o", exported, "--target", "gguf", "--set", ".=q4_k",
            "--target-bpw", "64", "--probe", "none", "--no-cache", "--quiet", "--json"))
        if os.path.getsize(exported) != done["planned_bytes"]:
            raise RuntimeError(f"{os.path.getsize(exported)} bytes, planned {done}")
        clients.run(program, "verify", exported, "--source", source, "--quiet")
        before, after = ({tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}
                         for path in (source, exported))
        if list(before) != list(after):
            raise RuntimeError(f"found {list(after)}, expected {list(before)}")
        for name in names:
            found, wanted = after[name], before[name]
            if found.tensor_type != wanted.tensor_type or found.data.shape != wanted.data.shape \
                    or found.data.tobytes() != wanted.data.tobytes():
                raise RuntimeError(f"{name} is not what it was")
        if after["token_embd.weight"].tensor_type.name != "Q4_K":
            raise RuntimeError("what is decoded was not encoded")
    print(f"{len(names)} tensors that are not decoded: types, shapes and bytes agree")


if __name__ == "__main__":
    sys.exit(main())
