# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiny models of many architectures with random weights, saved as transformers saves them."""
import json
import os

import torch
import transformers as tf

VOCABULARY = 256
HIDDEN = 128
HEADS = 4


def shape(**changes):
    base = dict(
        vocab_size=VOCABULARY, hidden_size=HIDDEN, num_hidden_layers=2,
        num_attention_heads=HEADS, num_key_value_heads=2, max_position_embeddings=256,
        bos_token_id=1, eos_token_id=2, pad_token_id=None, tie_word_embeddings=False,
        intermediate_size=2 * HIDDEN)
    base.update(changes)
    return base


def experts(**changes):
    return shape(num_experts=4, num_experts_per_tok=2, moe_intermediate_size=HIDDEN, **changes)


def gemma(**changes):
    return shape(tie_word_embeddings=True, head_dim=32, **changes)


def gemma_window(**changes):
    return gemma(query_pre_attn_scalar=32, sliding_window=128, **changes)


def latent(**changes):
    """Low-rank attention with routed and shared experts."""
    return shape(
        num_key_value_heads=HEADS, kv_lora_rank=64, q_lora_rank=64, qk_rope_head_dim=32,
        qk_nope_head_dim=32, v_head_dim=32, n_routed_experts=4, n_shared_experts=1,
        num_experts_per_tok=2, moe_intermediate_size=HIDDEN, first_k_dense_replace=1,
        n_group=1, topk_group=1, routed_scaling_factor=1.0, **changes)


# A base other than any client's default: a lost rope_theta must show.
def rotary(theta):
    return dict(rope_parameters=dict(rope_type="default", rope_theta=float(theta)))


def stretched(theta, **changes):
    scaling = dict(rope_type="yarn", factor=2.0, original_max_position_embeddings=128,
                   beta_fast=32.0, beta_slow=1.0, rope_theta=float(theta))
    return dict(rope_parameters={**scaling, **changes})


VISION = dict(hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2,
              image_size=32, patch_size=8)

CONFIGS = {
    "llama": lambda: tf.LlamaConfig(**shape(), **rotary(500000)),
    "llama_tied": lambda: tf.LlamaConfig(**shape(tie_word_embeddings=True), **rotary(20000)),
    "mistral": lambda: tf.MistralConfig(**shape(sliding_window=None, head_dim=32), **rotary(30000)),
    "qwen2": lambda: tf.Qwen2Config(**shape(), **rotary(40000)),
    "qwen3": lambda: tf.Qwen3Config(**shape(head_dim=32), **rotary(50000)),
    "smollm3": lambda: tf.SmolLM3Config(**shape(), **rotary(60000)),
    "phi3": lambda: tf.Phi3Config(**shape(), original_max_position_embeddings=256, **rotary(70000)),
    "granite": lambda: tf.GraniteConfig(**shape(), logits_scaling=2.0, **rotary(80000)),
    "gemma": lambda: tf.GemmaConfig(**gemma(), **rotary(20000)),
    "gemma2": lambda: tf.Gemma2Config(**gemma_window(), **rotary(20000)),
    "gemma3_text": lambda: tf.Gemma3TextConfig(
        **gemma_window(layer_types=["sliding_attention", "full_attention"])),
    "gemma3": lambda: tf.Gemma3Config(
        text_config=gemma_window(layer_types=["sliding_attention", "full_attention"]),
        vision_config=VISION, mm_tokens_per_image=4, image_token_index=VOCABULARY - 1,
        boi_token_index=VOCABULARY - 2, eoi_token_index=VOCABULARY - 3, tie_word_embeddings=True),
    "qwen3_moe": lambda: tf.Qwen3MoeConfig(
        **experts(head_dim=32, decoder_sparse_step=1, mlp_only_layers=[], norm_topk_prob=True),
        **rotary(20000)),
    "qwen2_moe": lambda: tf.Qwen2MoeConfig(
        **experts(shared_expert_intermediate_size=HIDDEN), **rotary(30000)),
    "olmoe": lambda: tf.OlmoeConfig(**{**experts(), "intermediate_size": HIDDEN}, **rotary(40000)),
    "mixtral": lambda: tf.MixtralConfig(
        **shape(num_local_experts=4, num_experts_per_tok=2, sliding_window=None), **rotary(50000)),
    "granitemoe": lambda: tf.GraniteMoeConfig(
        **shape(num_local_experts=4, num_experts_per_tok=2), logits_scaling=2.0, **rotary(60000)),
    "gpt_oss": lambda: tf.GptOssConfig(
        **shape(num_local_experts=4, num_experts_per_tok=2, head_dim=32, sliding_window=128,
                layer_types=["sliding_attention", "full_attention"]),
        **stretched(70000, truncate=True)),
    "llama4": lambda: tf.Llama4Config(
        text_config=shape(
            num_hidden_layers=4, num_local_experts=4, num_experts_per_tok=1, head_dim=32, intermediate_size=HIDDEN,
            intermediate_size_mlp=2 * HIDDEN, interleave_moe_layer_step=1, attention_chunk_size=64,
            use_qk_norm=True, no_rope_layers=[1, 1, 1, 0], attn_temperature_tuning=False,
            **rotary(20000)),
        vision_config=dict(VISION, vision_output_dim=32, projector_input_dim=32,
                           projector_output_dim=32)),
    "deepseek_v2": lambda: tf.DeepseekV2Config(**latent(), topk_method="greedy",
        **stretched(20000, factor=1.0, mscale=1.0, mscale_all_dim=0.0)),
    "deepseek_v3": lambda: tf.DeepseekV3Config(**latent(), **rotary(30000)),
    "glm4_moe": lambda: tf.Glm4MoeConfig(
        **shape(head_dim=32, n_routed_experts=4, n_shared_experts=1, num_experts_per_tok=2,
                moe_intermediate_size=HIDDEN, first_k_dense_replace=1, n_group=1, topk_group=1),
        **rotary(40000)),
}


def randomise(model, seed):
    """Spread of scales from row to row; norms and biases away from one and zero."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in model.named_parameters():
            noise = torch.randn(value.shape, generator=generator)
            if value.ndim == 1:
                value.copy_(value.float() + 0.1 * noise)
                continue
            rows = torch.exp(0.3 * torch.randn((*value.shape[:-1], 1), generator=generator))
            size = 4.0 if "embed" in name else 1.0
            value.copy_(noise * rows * size / HIDDEN**0.5)


def rename_for_style_4(path):
    """The spellings that most published configurations have."""
    with open(path) as file:
        config = json.load(file)
    config["torch_dtype"] = config.pop("dtype")
    rope = config.pop("rope_parameters", None) or {}
    if "full_attention" in rope:
        config["rope_theta"] = rope["full_attention"]["rope_theta"]
        config["rope_local_base_freq"] = rope["sliding_attention"]["rope_theta"]
        config["sliding_window_pattern"] = 2
    elif "rope_theta" in rope:
        config["rope_theta"] = rope["rope_theta"]
        scaling = {key: value for key, value in rope.items() if key != "rope_theta"}
        config["rope_scaling"] = None if scaling["rope_type"] == "default" else scaling
        if "partial_rotary_factor" in rope:
            config["partial_rotary_factor"] = rope["partial_rotary_factor"]
    if config["model_type"] in ("qwen3_moe", "qwen2_moe", "olmoe"):
        if "num_local_experts" in config:
            config["num_experts"] = config.pop("num_local_experts")
    with open(path, "w") as file:
        json.dump(config, file, indent=2)


def make(name, folder, style, vocabulary=None):
    torch.manual_seed(0)
    config = CONFIGS[name]()
    if vocabulary:
        config.vocab_size = vocabulary
    config.dtype = "bfloat16"
    wrapped = {"gemma3": tf.Gemma3ForConditionalGeneration,
               "llama4": tf.Llama4ForConditionalGeneration}
    if name in wrapped:
        model = wrapped[name]._from_config(config, dtype=torch.bfloat16)
    else:
        model = tf.AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    randomise(model, sorted(CONFIGS).index(name))
    model.tie_weights()
    model.save_pretrained(folder)
    if style == 4:
        rename_for_style_4(os.path.join(folder, "config.json"))
