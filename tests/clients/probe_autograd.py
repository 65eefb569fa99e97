# SPDX-License-Identifier: GPL-3.0-or-later
"""The probe's moments of every matrix against transformers and PyTorch autograd in float32, on the
same panel and labels: for every architecture with tier 3 and for unusual configurations of these,
and, with a causal mean in place of their attention, for architectures with tier 2."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import traceback

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np  # noqa: E402
import tiny_models  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402

INPUT_LIMIT, GRADIENT_LIMIT = 1e-3, 1e-2

ALIKE = ["llama", "llama_tied", "mistral", "qwen2", "qwen3", "smollm3", "phi3", "gemma2",
         "gemma3_text", "qwen3_moe", "qwen2_moe", "olmoe", "mixtral"]


def scaling(**parts):
    return {"rope_scaling": parts}


# Model, changes to its config.json: nothing here changes a tensor's shape.
VARIANTS = {
    "llama linear": ("llama", scaling(rope_type="linear", factor=4.0)),
    "llama dynamic": ("llama", scaling(rope_type="dynamic", factor=4.0)),
    "llama llama3": ("llama", scaling(
        rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
        original_max_position_embeddings=64)),
    "llama yarn": ("llama", scaling(
        rope_type="yarn", factor=4.0, original_max_position_embeddings=64)),
    "qwen3 yarn": ("qwen3", scaling(
        rope_type="yarn", factor=4.0, original_max_position_embeddings=64, beta_fast=16.0,
        beta_slow=2.0, truncate=False)),
    "phi3 longrope": ("phi3", dict(
        original_max_position_embeddings=64, rope_scaling=dict(
            type="longrope", short_factor=[1.0 + 0.1 * i for i in range(16)],
            long_factor=[2.0 + 0.2 * i for i in range(16)]))),
    "phi3 half rotated": ("phi3", dict(partial_rotary_factor=0.5)),
    "mistral window": ("mistral", dict(sliding_window=7)),
    "mixtral window": ("mixtral", dict(sliding_window=5)),
    "qwen2 window": ("qwen2", dict(use_sliding_window=True, sliding_window=6,
                                   max_window_layers=1)),
    "gemma2 window and caps": ("gemma2", dict(
        sliding_window=9, attn_logit_softcapping=2.0, final_logit_softcapping=3.0)),
    "gemma2 without caps": ("gemma2", dict(
        attn_logit_softcapping=None, final_logit_softcapping=None)),
    "gemma3 window": ("gemma3_text", dict(sliding_window=9, query_pre_attn_scalar=50)),
    "gemma3 scaled": ("gemma3_text", scaling(rope_type="linear", factor=8.0)),
    "smollm3 without positions": ("smollm3", dict(no_rope_layers=[1, 0])),
    "qwen2_moe normalised": ("qwen2_moe", dict(norm_topk_prob=True)),
    "qwen3_moe not normalised": ("qwen3_moe", dict(norm_topk_prob=False, num_experts_per_tok=1)),
    "llama relu": ("llama", dict(hidden_act="relu")),
    "llama gelu": ("llama", dict(hidden_act="gelu")),
}

# Shapes that the others do not have: name, configuration class, its values.
SMALL = dict(vocab_size=256, hidden_size=128, num_hidden_layers=2, num_attention_heads=4)
INNER = dict(SMALL, intermediate_size=256)
GROUPED = dict(INNER, num_key_value_heads=2, pad_token_id=None)
BIASED = dict(GROUPED, attention_bias=True, mlp_bias=True, head_dim=16)
MIXED = dict(GROUPED, num_experts=4, num_experts_per_tok=2, moe_intermediate_size=64,
             mlp_only_layers=[0])
SHAPES = {
    "llama biased": ("LlamaConfig", BIASED),
    "qwen3 many heads": ("Qwen3Config", dict(GROUPED, head_dim=64, tie_word_embeddings=True)),
    "qwen3_moe dense layer": ("Qwen3MoeConfig", dict(MIXED, head_dim=32)),
    "qwen2_moe dense layer": ("Qwen2MoeConfig", dict(MIXED, shared_expert_intermediate_size=96)),
}

# Architectures whose attention is not known.
UNKNOWN = {
    "gpt2": ("GPT2Config", dict(vocab_size=256, n_embd=128, n_layer=2, n_head=4)),
    "gpt_neox": ("GPTNeoXConfig", INNER),
    "gpt_neox sequential": ("GPTNeoXConfig", dict(INNER, use_parallel_residual=False)),
    "opt": ("OPTConfig", dict(SMALL, ffn_dim=256, word_embed_proj_dim=128)),
    "phi": ("PhiConfig", INNER),
    "starcoder2": ("Starcoder2Config", GROUPED),
    "cohere": ("CohereConfig", GROUPED),
    "olmo2": ("Olmo2Config", INNER),
    "glm4": ("Glm4Config", dict(GROUPED, head_dim=32)),
    "stablelm": ("StableLmConfig", GROUPED),
}
FORWARD = [*UNKNOWN, "llama", "gemma2", "phi3", "gemma", "granite",
           "deepseek_v2", "deepseek_v3", "glm4_moe"]


def make(name, folder, style):
    shapes = {**SHAPES, **UNKNOWN}
    if name in shapes:
        kind, values = shapes[name]
        tiny_models.CONFIGS[name] = lambda: getattr(transformers, kind)(**values)
    tiny_models.make(name, folder, style)


def causal_mean(module, query, key, value, attention_mask, **unused):
    """Position i receives the mean of the values up to i, whatever the scores."""
    value = value.repeat_interleave(query.shape[1] // value.shape[1], 1)
    counts = torch.arange(1, value.shape[2] + 1, dtype=value.dtype)[:, None]
    return (value.cumsum(2) / counts).transpose(1, 2).contiguous(), None


transformers.AttentionInterface.register("causal_mean", causal_mean)


class Recorder:
    """Inputs and output gradients of every product with a parameter, by what it multiplies."""

    def __init__(self, model):
        self.names = {}
        for name, value in model.named_parameters():
            parts = [value] if value.ndim == 2 else list(value) if value.ndim == 3 else []
            for index, part in enumerate(parts):
                self.names[part.data_ptr()] = (name, index)
        self.inputs, self.outputs = {}, {}

    def linear(self, plain):
        def recorded(x, weight, bias=None):
            out = plain(x, weight, bias)
            key = self.names.get(weight.data_ptr())
            if key:
                out.retain_grad()
                self.inputs[key] = x.detach().reshape(-1, x.shape[-1])
                self.outputs[key] = out
            return out
        return recorded


    def transposed(self, plain):
        def recorded(bias, x, weight):
            key = self.names.get(weight.data_ptr())
            if key:
                self.inputs[key] = x.detach().reshape(-1, x.shape[-1])
            return plain(bias, x, weight)
        return recorded


def file_names(key, inputs, model_type):
    """Names in the file, and the part of the rows, of what the client holds as one."""
    name, index = key
    if ".experts." not in name:
        return [(name, slice(None))]
    words = ("w1", "w3", "w2") if model_type == "mixtral" else (
        "gate_proj", "up_proj", "down_proj")
    place = name.split(".experts.")[0]
    if model_type == "mixtral":
        place = place.replace(".mlp", ".block_sparse_moe")
    prefix = f"{place}.experts.{index}."
    if name.endswith("down_proj"):
        return [(prefix + words[2] + ".weight", slice(None))]
    half = inputs // 2
    return [(prefix + words[0] + ".weight", slice(0, half)),
            (prefix + words[1] + ".weight", slice(half, None))]


def name_in_file(name, model_type):
    if model_type == "gpt_neox":
        return name.replace("lm_head", "embed_out")
    if model_type == "mixtral":
        return name.replace(".mlp.gate", ".block_sparse_moe.gate")
    return name


def reference(folder, panel):
    """Moments by file name: dicts of input, gradient, and the embedding's column gradient."""
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", experts_implementation="eager")
    model.eval()
    model_type = model.config.model_type
    recorder = Recorder(model)
    rows = {}
    embedding = model.get_input_embeddings()

    def keep(module, _, out):
        out.retain_grad()
        rows["out"] = out
    embedding.register_forward_hook(keep)
    ids = torch.tensor(panel["ids"]).reshape(-1, panel["length"])
    labels = torch.tensor(panel["labels"])
    plain = torch.nn.functional.linear
    torch.nn.functional.linear = recorder.linear(plain)
    try:
        logits = model(ids, use_cache=False).logits.reshape(len(labels), -1)
    finally:
        torch.nn.functional.linear = plain
    losses = torch.nn.functional.cross_entropy(logits, labels, reduction="none")
    losses.sum().backward()
    expect_drawn(logits.detach(), losses.detach())
    found = {}
    for key, x in recorder.inputs.items():
        out = recorder.outputs[key]
        gradient = out.grad.reshape(-1, out.shape[-1])
        mean = (gradient.double() ** 2).sum(0) / len(labels)
        for name, part in file_names(key, out.shape[-1], model_type):
            found[name_in_file(name, model_type)] = dict(
                input=(x.double() ** 2).mean(0).numpy(), gradient=mean[part].numpy())
    scale = getattr(embedding, "scalar_embed_scale", 1.0)
    gradient = rows["out"].grad.reshape(len(labels), -1).double() * scale
    name = next(n for n, p in model.named_parameters() if p is embedding.weight)
    found.setdefault(name, {})["column_gradient"] = (gradient ** 2).mean(0).numpy()
    return found


def forward_reference(folder, panel):
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="causal_mean")
    recorder = Recorder(model.eval())
    ids = torch.tensor(panel["ids"]).reshape(-1, panel["length"])
    plain, addmm = torch.nn.functional.linear, torch.addmm
    torch.nn.functional.linear = recorder.linear(plain)
    torch.addmm = recorder.transposed(addmm)
    try:
        model(ids, use_cache=False)
    finally:
        torch.nn.functional.linear, torch.addmm = plain, addmm
    # Experts see the whole panel in the probe, and their own tokens here; how they are weighted
    # shows behind the last block.
    routed = any(".experts" in name for name, _ in model.named_parameters())
    return {name_in_file(name, model.config.model_type):
            dict(input=(x.double() ** 2).mean(0).numpy())
            for (name, _), x in recorder.inputs.items()
            if ".experts" not in name and not (routed and name == "lm_head.weight")}


def expect_drawn(logits, losses):
    """Labels from the model's own distribution have its entropy as their mean loss."""
    p = torch.log_softmax(logits.double(), -1)
    entropy = -(p.exp() * p).sum(-1)
    spread = ((p.exp() * p ** 2).sum(-1) - entropy ** 2).sum().sqrt() / len(losses)
    distance = abs(losses.double().mean() - entropy.mean())
    if not distance <= 5 * spread:
        raise RuntimeError(f"labels are not the model's: {distance} > 5 * {spread}")


def distance(found, expected):
    return np.linalg.norm(found - expected) / np.linalg.norm(expected)


def compare(index, floats, expected):
    """Largest relative errors of s and f over all tensors."""
    worst = {"input": 0.0, "gradient": 0.0, "column_gradient": 0.0}
    for name, moments in expected.items():
        entry = index["tensors"][name]
        for kind, values in moments.items():
            begin, count = entry[kind]
            if count == 0 and entry["tier"] != "full" and kind == "gradient":
                continue
            if count != len(values):
                raise RuntimeError(f"{name}: {count} numbers of {kind}, expected {len(values)}")
            worst[kind] = max(worst[kind], distance(floats[begin:begin + count], values))
    known = set(expected)
    missed = [name for name, entry in index["tensors"].items()
              if entry["tier"] == "full" and name not in known]
    if missed:
        raise RuntimeError(f"not in the reference: {missed[:4]}")
    return worst


def probe(source, moments, tier, dump):
    """The document and the floats that the program writes."""
    done = subprocess.run([dump, source, moments, tier, "2"], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    with open(os.path.join(moments, "moments.json")) as file:
        index = json.load(file)
    floats = np.fromfile(os.path.join(moments, "moments.bin"), np.float32)
    return index, floats.astype(np.float64)


def check_forward(name, dump, scratch, style):
    source, moments = os.path.join(scratch, "hf"), os.path.join(scratch, "moments")
    make(name, source, style)
    index, floats = probe(source, moments, "forward", dump)
    expected = forward_reference(source, index)
    worst = compare(index, floats, expected)
    print(f"{name}, forward: s {worst['input']:.1e} of {len(expected)} matrices", flush=True)
    if not (worst["input"] <= INPUT_LIMIT and len(expected) > 4):
        raise RuntimeError(f"{name}: beyond {INPUT_LIMIT}")


def check_full(name, dump, scratch, style):
    base, changes = VARIANTS.get(name, (name, {}))
    source, moments = os.path.join(scratch, "hf"), os.path.join(scratch, "moments")
    make(base, source, style)
    path = os.path.join(source, "config.json")
    with open(path) as file:
        config = json.load(file)
    with open(path, "w") as file:
        json.dump({**config, **changes}, file)
    index, floats = probe(source, moments, "full", dump)
    worst = compare(index, floats, reference(source, index))
    print(f"{name}: s {worst['input']:.1e}, f {worst['gradient']:.1e}, "
          f"embedding {worst['column_gradient']:.1e}", flush=True)
    if not (worst["input"] <= INPUT_LIMIT and worst["gradient"] <= GRADIENT_LIMIT
            and worst["column_gradient"] <= GRADIENT_LIMIT):
        raise RuntimeError(f"{name}: beyond {INPUT_LIMIT} or {GRADIENT_LIMIT}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dump", required=True, help="the dump_moments program")
    parser.add_argument("--only", default="")
    parser.add_argument("--style", type=int, choices=(4, 5), default=4,
                        help="of config.json; 5 leaves out the changed ones")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    wanted = arguments.only.split(",") if arguments.only else None
    full = [*ALIKE, *SHAPES, *(VARIANTS if arguments.style == 4 else ())]
    failed = []
    for function, names in ((check_full, full), (check_forward, FORWARD)):
        for name in names:
            if wanted and name not in wanted:
                continue
            with tempfile.TemporaryDirectory() as scratch:
                try:
                    function(name, arguments.dump, scratch, arguments.style)
                except Exception:
                    traceback.print_exc()
                    failed.append(name)
    if failed:
        sys.exit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
