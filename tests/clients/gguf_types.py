# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample model, whole in each type that is written: llama.cpp loads it, with its check of every
number, and computes nearly what transformers computes."""
import json
import os
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import clients  # noqa: E402
import llama_client  # noqa: E402

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
TEXT = "The cat sat on the mat and looked at the moon. It was a cold night, and nobody came."
# KL of the whole sample: several times what was found, far below what a wrong layout gives. The
# client rounds activations to 8 bits beside blocks, which is the most of it from 6 bits on.
LIMITS = {"f32": 1e-4, "f16": 1e-3, "bf16": 1e-3, "q8_0": 0.01, "q6_k": 0.01, "q5_k": 0.02,
          "q5_1": 0.02, "q5_0": 0.02, "q4_k": 0.05, "q4_1": 0.05, "q4_0": 0.05, "iq4_nl": 0.05,
          "iq4_xs": 0.05, "q3_k": 0.2, "q2_k": 1}
FLOATS = ("f32", "f16", "bf16")


def check(name, program, scratch):
    exported = os.path.join(scratch, "out.gguf")
    kind = ["--float-type", name] if name in FLOATS else ["--set", f".={name}"]
    done = json.loads(clients.run(
        program, "export", SAMPLE, "-o", exported, "--target", "gguf", "--target-bpw", "32", *kind,
        "--encoder", "search", "--probe", "none", "--quiet", "--json"))
    if os.path.getsize(exported) != done["planned_bytes"]:
        raise RuntimeError(f"{name}: {os.path.getsize(exported)} bytes, planned "
                           f"{done['planned_bytes']}")
    client = llama_client.Client(exported)
    try:
        ids = client.tokens(TEXT)
        found = client.logits(ids)
    finally:
        client.close()
    kl = clients.mean_kl(clients.transformers_logits(SAMPLE, ids), found)
    print(f"{name}: KL {kl:.2e}, limit {LIMITS[name]:.0e}", flush=True)
    if not kl <= LIMITS[name]:
        raise RuntimeError(f"{name}: KL {kl} > {LIMITS[name]}")


if __name__ == "__main__":
    llama_client.check_all(
        LIMITS, lambda name, options, scratch: check(name, options.bitloupe, scratch))
