# SPDX-License-Identifier: GPL-3.0-or-later
"""Every architecture, exported as GGUF in F16, computes in llama.cpp what it computes in
transformers."""
import argparse
import json
import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import clients  # noqa: E402
import llama_client  # noqa: E402
import tiny_models  # noqa: E402

NAMES = ("llama", "llama_tied", "mistral", "qwen2", "qwen3", "qwen3_moe", "mixtral")
# In BF16 the client rounds activations to it as well, and a token near a tie between experts takes
# another one: 2e-3 with experts, where F16 has 4e-7.
LIMIT = 1e-3


def logits(path, ids):
    client = llama_client.Client(path)
    try:
        return client.logits(ids)
    finally:
        client.close()


def check(name, program, style, scratch):
    source, exported = os.path.join(scratch, "hf"), os.path.join(scratch, "out.gguf")
    tiny_models.make(name, source, style)
    done = json.loads(clients.run(
        program, "export", source, "-o", exported, "--target", "gguf", "--target-bpw", "32",
        "--float-type", "f16", "--force", "--no-cache", "--quiet", "--json"))
    size = os.path.getsize(exported)
    if size != done["planned_bytes"]:
        raise RuntimeError(f"{name}: {size} bytes, planned {done['planned_bytes']}")
    ids = clients.tokens(32, tiny_models.VOCABULARY)
    kl = clients.mean_kl(clients.transformers_logits(source, ids), logits(exported, ids))
    print(f"{name}: KL {kl:.2e}", flush=True)
    if not kl <= LIMIT:
        raise RuntimeError(f"{name}: KL {kl} > {LIMIT}")
    clients.run(program, "verify", exported, "--source", source, "--quiet")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--style", type=int, choices=(4, 5), default=4)
    llama_client.check_all(
        [name for name in NAMES if name in tiny_models.CONFIGS],
        lambda name, options, scratch: check(name, options.bitloupe, options.style, scratch),
        parser)


if __name__ == "__main__":
    main()
