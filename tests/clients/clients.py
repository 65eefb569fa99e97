# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the program, and logits from mlx_lm and transformers in float32."""
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import numpy as np


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, arguments))}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def check_all(names, check):
    """Calls check(name, folder) for each name, with an empty folder of its own. All are tried; the
    program then ends with the names of those that raised, if any did."""
    failed = []
    for name in names:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                check(name, scratch)
            except Exception:
                traceback.print_exc()
                failed.append(name)
    if failed:
        sys.exit("failed: " + ", ".join(failed))


def tokens(count, vocabulary):
    """The same spread of token ids every time."""
    return [(7919 * i * i + 104729 * i + 31) % vocabulary for i in range(1, count + 1)]


def mlx_logits(folder, ids):
    """Loaded strictly; floats widened, since bfloat16 on a CPU accumulates in bfloat16."""
    import mlx.core as mx
    from mlx_lm.utils import load_model

    model, _ = load_model(Path(folder))
    model.set_dtype(mx.float32)
    return np.array(model(mx.array([ids])).astype(mx.float32))[0]


def transformers_logits(folder, ids):
    import torch
    import transformers

    torch.set_num_threads(1)
    model, found = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, output_loading_info=True)
    for problem in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        names = [name for name in found.get(problem) or []
                 if not name.startswith(("vision_", "multi_modal_"))]
        if names:
            raise RuntimeError(f"{folder}: {problem}: {sorted(names)[:4]}")
    with torch.no_grad():
        return model.eval()(torch.tensor([ids])).logits[0].float().numpy()


def log_probabilities(logits):
    shifted = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def mean_kl(reference, other):
    p, q = log_probabilities(reference), log_probabilities(other)
    return float((np.exp(p) * (p - q)).sum(-1).mean())


def weight_bytes(folder):
    return sum(path.stat().st_size for path in Path(folder).glob("model*.safetensors"))


def planned_bytes(plan):
    """Bytes that a plan file promises for all weight files together."""
    return json.loads(Path(plan).read_text())["totals"]["file_bytes"]


def shared_check():
    """The project's own checker beside the source tree, where there is one."""
    path = Path(__file__).resolve().parents[2].parent / "shared" / "clients" / "check_mlx.py"
    return path if path.exists() else None


def run_shared_check(folder, source):
    checker = shared_check()
    if checker is None:
        return
    done = subprocess.run([sys.executable, str(checker), str(folder), "--reference", str(source)],
                          capture_output=True, text=True, env=dict(os.environ, HF_HUB_OFFLINE="1"))
    if done.returncode != 0:
        raise RuntimeError(f"{checker.name} {folder}: {done.stdout}{done.stderr}")
