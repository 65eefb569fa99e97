# SPDX-License-Identifier: GPL-3.0-or-later
"""The models that are measured, each with its texts as token ids."""
import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from . import texts
from .skip import Skip

CONTEXT = 512
ROOT = Path(__file__).resolve().parents[3]
SMOLLM2_DIGEST = "b806ae6fd02fe17c44fd6eeabc05061b22f1917cc056c4f60f97d9c974b62220"


@dataclass
class Subject:
    """Windows are [count, CONTEXT] ids, each read from an empty cache, without a BOS."""
    name: str
    folder: Path
    digest: str  # of the weights
    texts: dict[str, torch.Tensor]
    home: str  # the text that GPTQ's calibration is other pages of
    calibration: torch.Tensor


def digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def windows(folder: Path, text: str, tokens: int) -> torch.Tensor:
    """The first `tokens` tokens (whole windows), or as many as there are."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = tokenizer.encode(text[:tokens * 8], add_special_tokens=False).ids[:tokens]
    count = len(ids) // CONTEXT
    return torch.tensor(ids[:count * CONTEXT]).reshape(count, CONTEXT)


def make_smollm2(shared: Path, work: Path) -> Path:
    """A folder with SmolLM2-135M by the project's rule, made once."""
    folder = work / "smollm2-135m"
    if not (folder / "model.safetensors").exists():
        script = shared / "models" / "make_smollm2.py"
        if not script.exists():
            raise Skip(f"no {script}, which makes SmolLM2")
        done = subprocess.run([sys.executable, str(script), str(work)], capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise Skip(f"SmolLM2 can't be made: {done.stderr.strip()}")
        (work / "smollm2-135m-f16.gguf").unlink()
    return folder


def smollm2(shared: Path, work: Path, tokens: int, calibration: int) -> Subject:
    folder = make_smollm2(shared, work)
    found = digest(folder / "model.safetensors")
    if found != SMOLLM2_DIGEST:
        raise Skip(f"{folder} holds other weights: sha256 {found}, expected {SMOLLM2_DIGEST}")
    book = texts.prose(shared, work)
    parts = {"prose": book[texts.PROSE_START:], "FAQ": texts.faq(), "Python": texts.python_code()}
    return Subject("SmolLM2-135M", folder, found,
                   {name: windows(folder, text, tokens) for name, text in parts.items()}, "prose",
                   windows(folder, book[texts.CALIBRATION_START:], calibration))


def sample(tokens: int, calibration: int) -> Subject:
    """The built-in model. Its held-out text is dealt out by turns: to measure, to calibrate."""
    folder = ROOT / "resources" / "sample"
    if not (folder / "model.safetensors").exists():
        raise Skip(f"no sample model in {folder}")
    held_out = windows(folder, (folder / "eval.txt").read_text(encoding="utf-8"), 1 << 20)
    parts = {"FAQ": texts.faq(), "Python": texts.python_code()}
    measured = {"held-out": held_out[0::2][:tokens // CONTEXT]}
    measured |= {name: windows(folder, text, tokens) for name, text in parts.items()}
    return Subject("sample", folder, digest(folder / "model.safetensors"), measured, "held-out",
                   held_out[1::2][:calibration // CONTEXT])
