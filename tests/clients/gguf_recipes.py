# SPDX-License-Identifier: GPL-3.0-or-later
"""Recipes for other quantizers, followed by them: llama.cpp's types for --tensor-type-file and
ik_llama.cpp's rules for --custom-q. Every tensor gets the type of the plan."""
import argparse
import ctypes
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import clients  # noqa: E402
import llama_client  # noqa: E402
import tiny_models  # noqa: E402

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
BASE = "Q4_K_M"  # what both are asked for: each tensor has a rule that says otherwise
BASE_FILE_TYPE = 15
# A matrix that stays unquantized is a rule like any other.
PINS = ["--set", r"blk\.1\.attn_k=f16", "--set", r"blk\.0\.ffn_down=q8_0"]
SUBJECTS = ("sample", "qwen2", "mixtral")


def llama(source, output, types, _):
    """What the program llama-quantize does with its option (tools/quantize/quantize.cpp): words of
    the file, pattern and type parted by the first "=", the pattern in small letters. The library
    finds the patterns in the names of tensors."""
    import gguf
    import llama_cpp
    rules = []
    for word in types.split():
        pattern, kind = word.split("=", 1)
        rules.append((pattern.lower().encode(), gguf.GGMLQuantizationType[kind.upper()].value))
    overrides = (llama_cpp.llama_model_tensor_override * (len(rules) + 1))(*rules, (None, 0))
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype = BASE_FILE_TYPE
    parameters.tt_overrides = overrides
    log = []
    quiet = llama_cpp.llama_log_callback(
        lambda level, text, _: log.append(text.decode(errors="replace")))
    llama_cpp.llama_log_set(quiet, ctypes.c_void_p(0))
    if llama_cpp.llama_model_quantize(
            str(source).encode(), str(output).encode(), ctypes.byref(parameters)) != 0:
        raise RuntimeError(f"llama_model_quantize: {''.join(log[-3:])}")


def ik_program():
    """llama-quantize of the package ik-llama-cpp-python; None without it."""
    found = importlib.util.find_spec("ik_llama_cpp")
    path = Path(found.origin).parent / "bin" / "llama-quantize" if found else None
    return path if path and path.exists() else None


def ik(source, output, _, rules):
    done = subprocess.run(
        [ik_program(), "--custom-q", rules.strip(), source, output, BASE],
        capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"ik_llama.cpp: exit {done.returncode}: {done.stderr[:400]}")


def types_of(path):
    import gguf
    return {tensor.name: tensor.tensor_type.name for tensor in gguf.GGUFReader(path).tensors}


def check(name, program, quantizers, scratch):
    source, plan, types, rules = (os.path.join(scratch, file) for file in (
        "source.gguf", "plan.json", "types.txt", "rules.txt"))
    folder = SAMPLE
    if name != "sample":
        folder = os.path.join(scratch, "hf")
        tiny_models.make(name, folder, 4)
    clients.run(program, "export", folder, "-o", source, "--target", "gguf", "--target-bpw", "32",
                "--float-type", "f16", "--force", "--no-cache", "--probe", "none", "--quiet")
    clients.run(program, "plan", source, "-o", plan, "--target", "gguf", "--target-bpw", "6", *PINS,
                "--probe", "none", "--no-cache", "--tensor-types", types, "--custom-q", rules)
    wanted = {}
    for decision in json.loads(Path(plan).read_text())["decisions"]:
        wanted[decision["name"]] = decision["codec"].upper()
    for title, quantize in quantizers.items():
        output = os.path.join(scratch, title + ".gguf")
        quantize(source, output, Path(types).read_text(), Path(rules).read_text())
        found = {key.removesuffix(".weight"): kind for key, kind in types_of(output).items()}
        different = {key: (found.get(key), wanted.get(key)) for key in {**found, **wanted}
                     if found.get(key) != wanted.get(key)}
        if different:
            raise RuntimeError(f"{name}, {title}: found and planned differ: {different}")
        print(f"{name}, {title}: {len(found)} tensors as planned, "
              f"{len(set(found.values()))} types", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bitloupe", required=True)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    quantizers = {}
    if llama_client.missing():
        print("without llama.cpp: " + llama_client.missing())
    else:
        quantizers["llama.cpp"] = llama
    if ik_program():
        quantizers["ik_llama.cpp"] = ik
    else:
        print("without ik_llama.cpp: no ik-llama-cpp-python")
    if not quantizers:
        print("skipped: no quantizer")
        sys.exit(77)
    chosen = arguments.only.split(",") if arguments.only else SUBJECTS
    clients.check_all(chosen, lambda name, scratch: check(
        name, arguments.bitloupe, quantizers, scratch))


if __name__ == "__main__":
    main()
