# SPDX-License-Identifier: GPL-3.0-or-later
"""Every architecture, exported at 4.5 bits per weight, loads in mlx_lm and computes what
transformers computes with the decoded weights."""
import argparse
import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import clients  # noqa: E402
import mlx_files  # noqa: E402
import tiny_models  # noqa: E402

# Gemma's embedding factor is bfloat16 in the client and float32 in transformers.
LOOSE = {"gemma": 1e-6, "gemma3_text": 1e-6, "gemma3": 1e-6}


def check(name, program, style, scratch):
    source, exported, reference = (os.path.join(scratch, part) for part in ("hf", "mlx", "ref"))
    tiny_models.make(name, source, style)
    clients.run(program, "export", source, "-o", exported, "--target", "mlx", "--target-bpw",
                "4.5", "--no-cache", "--quiet")
    ids = clients.tokens(32, tiny_models.VOCABULARY)
    got = clients.mlx_logits(exported, ids)
    mlx_files.write_reference(exported, source, reference)
    kl = clients.mean_kl(clients.transformers_logits(reference, ids), got)
    limit = LOOSE.get(name, 1e-8)
    print(f"{name}: KL {kl:.2e}, limit {limit:.0e}", flush=True)
    if not kl <= limit:
        raise RuntimeError(f"{name}: KL {kl} > {limit}")
    clients.run(program, "verify", exported, "--source", source, "--quiet")
    return exported, source


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bitloupe", required=True)
    parser.add_argument("--style", type=int, choices=(4, 5), default=4)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    clients.check_all(
        arguments.only.split(",") if arguments.only else tiny_models.CONFIGS,
        lambda name, scratch: check(name, arguments.bitloupe, arguments.style, scratch))


if __name__ == "__main__":
    main()
