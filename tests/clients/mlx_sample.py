# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample model at uniform 4 bits, group 64: the plan's size is the files' size, and the model
is no farther from its source than the client's own conversion."""
import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import clients  # noqa: E402

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
TEXT = SAMPLE / "eval.txt"
UNIFORM = ("--target-bpw", "16", "--set", ".=affine-4-g64")
SKIPPED = 77


def text_ids(count):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(SAMPLE / "tokenizer.json"))
    return tokenizer.encode(TEXT.read_text()).ids[:count]


def convert(folder):
    """The client's own conversion at the same settings."""
    from mlx_lm import convert as mlx_convert

    mlx_convert(str(SAMPLE), mlx_path=str(folder), quantize=True, q_bits=4, q_group_size=64)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bitloupe", required=True)
    program = parser.parse_args().bitloupe
    if not (SAMPLE / "model.safetensors").exists():
        print(f"skipped: no sample model in {SAMPLE}")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = Path(scratch, "ours"), Path(scratch, "theirs")
        plan = Path(scratch, "plan.json")
        clients.run(program, "plan", SAMPLE, "--target", "mlx", *UNIFORM, "-o", plan, "--quiet")
        clients.run(program, "export", SAMPLE, "-o", ours, "--plan", plan, "--quiet")
        clients.run(program, "verify", ours, "--source", SAMPLE, "--quiet")
        planned, written = clients.planned_bytes(plan), clients.weight_bytes(ours)
        if planned != written:
            sys.exit(f"planned {planned} bytes, written {written}")
        convert(theirs)
        ids = text_ids(400)
        reference = clients.transformers_logits(SAMPLE, ids)
        kl_ours = clients.mean_kl(reference, clients.mlx_logits(ours, ids))
        kl_theirs = clients.mean_kl(reference, clients.mlx_logits(theirs, ids))
        print(f"KL {kl_ours:.6f}, the client's own conversion {kl_theirs:.6f}, {written} bytes")
        if not kl_ours <= kl_theirs:
            sys.exit("farther from the source than the client's own conversion")
        clients.run_shared_check(ours, SAMPLE)


if __name__ == "__main__":
    main()
