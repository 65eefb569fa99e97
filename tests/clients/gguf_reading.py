# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gguf package writes, whole and split, is what the program reads: tensors, key-values,
and the decoded numbers."""
import argparse
import json
import os
import sys
import tempfile

import gguf
import numpy as np

import clients

TYPES = "F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1".split()


def write(path, **split):
    """The values that each tensor decodes to."""
    random = np.random.default_rng(5)
    writer = gguf.GGUFWriter(path, "llama", **split)
    writer.add_block_count(len(TYPES))
    writer.add_embedding_length(64)
    writer.add_rope_freq_base(50000.5)
    writer.add_array("test.numbers", [3, -1, 7])
    writer.add_token_list([f"token {i}" for i in range(3000)])
    writer.add_bool("test.flag", True)
    written = {}
    for layer, name in enumerate(TYPES):
        kind = getattr(gguf.GGMLQuantizationType, name)
        values = random.standard_normal((16, 64)).astype(np.float32)
        packed = gguf.quants.quantize(values, kind)
        written[f"blk.{layer}.ffn_up.weight"] = (name, gguf.quants.dequantize(packed, kind))
        writer.add_tensor(f"blk.{layer}.ffn_up.weight", packed, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return written


def expect(found, expected, what):
    if found != expected:
        raise RuntimeError(f"{what}: found {found}, expected {expected}")


def check(program, path, written):
    seen = json.loads(clients.run(program, "inspect", path, "--json"))
    expect(seen["format"], "gguf", "format")
    expect({t["name"]: (t["dtype"], t["shape"]) for t in seen["tensors"]},
           {name: (kind, list(values.shape)) for name, (kind, values) in written.items()}, "tensors")
    pairs = {pair["key"]: pair for pair in seen["key_values"]}
    expect(pairs["general.architecture"]["values"], ["llama"], "architecture")
    expect(pairs["llama.rope.freq_base"]["values"], ["50000.5"], "base")
    expect(pairs["test.numbers"]["values"], ["3", "-1", "7"], "numbers")
    expect(pairs["test.flag"]["values"], ["true"], "flag")
    expect(pairs["tokenizer.ggml.tokens"]["count"], 3000, "tokens")
    expect(pairs["tokenizer.ggml.tokens"]["values"][:2], ["token 0", "token 1"], "tokens")
    measured = json.loads(clients.run(
        program, "analyze", path, "--probe", "none", "--json", "--no-cache", "--quiet"))
    for name, (kind, values) in written.items():
        facts = measured["tensors"][name]["facts"]
        for key, value in (("min", values.min()), ("max", values.max())):
            expect(np.float32(facts[key]), value, f"{kind} {key}")
        mean = values.astype(np.float64).mean()
        if not abs(facts["mean"] - mean) <= 1e-9:
            raise RuntimeError(f"{kind}: mean {facts['mean']}, expected {mean}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bitloupe", required=True)
    program = parser.parse_args().bitloupe
    with tempfile.TemporaryDirectory() as scratch:
        whole = os.path.join(scratch, "whole.gguf")
        check(program, whole, write(whole))
        written = write(os.path.join(scratch, "parts.gguf"), split_max_tensors=3)
        parts = sorted(name for name in os.listdir(scratch) if name.startswith("parts"))
        expect(len(parts), 3, "parts")
        check(program, os.path.join(scratch, parts[1]), written)
    print("whole and split: tensors, key-values and decoded numbers agree")


if __name__ == "__main__":
    sys.exit(main())
