# SPDX-License-Identifier: GPL-3.0-or-later
"""Every architecture, exported as GGUF in F16, read by the gguf package: a sound container, and in
it the checkpoint's own numbers."""
import argparse
import json
import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np  # noqa: E402

import clients  # noqa: E402
import tiny_models  # noqa: E402

NAMES = ("llama", "llama_tied", "mistral", "qwen2", "qwen3", "qwen3_moe", "mixtral")
LAYER = {
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj"}
OUTER = {"token_embd.weight": "model.embed_tokens.weight", "output.weight": "lm_head.weight",
         "output_norm.weight": "model.norm.weight"}
SPARSE = {"gate": "w1", "up": "w3", "down": "w2"}


def checkpoint(folder):
    import torch
    from safetensors import safe_open
    tensors = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".safetensors"):
            with safe_open(os.path.join(folder, name), "pt") as file:
                tensors.update({key: file.get_tensor(key).to(torch.float32).numpy()
                                for key in file.keys()})
    return tensors


def experts(tensors, layer, part):
    """The stack of one projection, as [experts, out, in]."""
    found = []
    for block, word in (("mlp", part + "_proj"), ("block_sparse_moe", SPARSE[part])):
        while f"model.layers.{layer}.{block}.experts.{len(found)}.{word}.weight" in tensors:
            name = f"model.layers.{layer}.{block}.experts.{len(found)}.{word}.weight"
            found.append(tensors[name])
    return np.stack(found)


def expected(name, tensors, config, architecture):
    if name in OUTER:
        return tensors[OUTER[name]]
    _, layer, rest = name.split(".", 2)
    part, kind = rest.rsplit(".", 1)
    if part.endswith("_exps"):
        return experts(tensors, layer, part[len("ffn_"):-len("_exps")])
    if part == "ffn_gate_inp":
        for block in ("mlp", "block_sparse_moe"):
            if f"model.layers.{layer}.{block}.gate.weight" in tensors:
                return tensors[f"model.layers.{layer}.{block}.gate.weight"]
    values = tensors[f"model.layers.{layer}.{LAYER[part]}.{kind}"]
    if architecture == "llama" and part in ("attn_q", "attn_k"):
        heads = config["num_attention_heads" if part == "attn_q" else "num_key_value_heads"]
        shape = values.shape
        values = values.reshape(heads, 2, shape[0] // heads // 2, *shape[1:])
        values = values.swapaxes(1, 2).reshape(shape)
    return values


def check(name, program, style, scratch):
    import gguf
    source, exported = os.path.join(scratch, "hf"), os.path.join(scratch, "out.gguf")
    tiny_models.make(name, source, style)
    done = json.loads(clients.run(
        program, "export", source, "-o", exported, "--target", "gguf", "--target-bpw", "32",
        "--float-type", "f16", "--force", "--no-cache", "--quiet", "--json"))
    size = os.path.getsize(exported)
    if size != done["planned_bytes"]:
        raise RuntimeError(f"{name}: {size} bytes, planned {done['planned_bytes']}")
    reader = gguf.GGUFReader(exported)
    architecture = reader.fields["general.architecture"].contents()
    with open(os.path.join(source, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    tensors, end = checkpoint(source), int(reader.data_offset)
    for tensor in reader.tensors:
        if int(tensor.data_offset) != end or end % 32:
            raise RuntimeError(f"{name}: {tensor.name} at {tensor.data_offset}, expected {end}")
        end += int(tensor.n_bytes) + -int(tensor.n_bytes) % 32
        wanted = expected(tensor.name, tensors, config, architecture)
        if tensor.tensor_type == gguf.GGMLQuantizationType.F16:
            wanted = wanted.astype(np.float16)
        if not np.array_equal(tensor.data, wanted):
            raise RuntimeError(f"{name}: {tensor.name} does not hold the checkpoint's numbers")
    if end != size:
        raise RuntimeError(f"{name}: {size} bytes, the tensors end at {end}")
    clients.run(program, "verify", exported, "--source", source, "--quiet")
    print(f"{name}: {len(reader.tensors)} tensors equal", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bitloupe", required=True)
    parser.add_argument("--style", type=int, choices=(4, 5), default=4)
    arguments = parser.parse_args()
    clients.check_all(
        NAMES, lambda name, scratch: check(name, arguments.bitloupe, arguments.style, scratch))


if __name__ == "__main__":
    main()
