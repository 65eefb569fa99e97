# SPDX-License-Identifier: GPL-3.0-or-later
"""The program under test, asked for exports and for the damage that it predicts."""
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .skip import Unavailable


@dataclass(frozen=True)
class Wish:
    """What an export is asked for. A codec pins every matrix, embedding included."""
    bits_per_weight: str = ""
    size: int = 0  # of all weight files; in the place of bits per weight
    strategy: str = "damage"
    encoder: str = "feedback"
    probe: str = "self-text"
    codec: str = ""
    target: str = "mlx"

    def options(self) -> list[str]:
        pins = ["--set", f".=affine-{self.codec}"] if self.codec else []
        budget = (["--target-size", str(self.size)] if self.size
                  else ["--target-bpw", self.bits_per_weight])
        return ["--target", self.target, *budget, *pins,
                "--strategy", self.strategy, *self.encoding()]

    def encoding(self) -> list[str]:
        return ["--encoder", self.encoder, "--probe", self.probe]


def reason(errors: str) -> str:
    """The last line that the program printed, without what every such line has."""
    lines = errors.strip().splitlines() or [""]
    return lines[-1].removeprefix("bitloupe: ").removesuffix("; see bitloupe --help")


@dataclass
class Program:
    path: Path
    model: Path

    def run(self, verb: str, *arguments: str) -> str:
        done = subprocess.run([str(self.path), verb, str(self.model), *arguments, "--quiet"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise Unavailable(reason(done.stderr) or f"{verb}: exit {done.returncode}")
        return done.stdout

    def version(self) -> str:
        done = subprocess.run([str(self.path), "--version"], capture_output=True, text=True)
        return done.stdout.strip()

    def export(self, wish: Wish, folder: Path) -> None:
        self.run("export", "-o", str(folder), *wish.options())

    def damages(self, codec: str, probe: str, scratch: Path) -> dict[str, float]:
        """D of each matrix, by name, when it alone has this codec: what the probe says, before the
        plan mixes it with other counts."""
        path = scratch / "plan.json"
        self.run("plan", "-o", str(path), "--target", "mlx", "--target-bpw", "16", "--set",
                 f".=affine-{codec}", "--probe", probe)
        decisions = json.loads(path.read_text())["decisions"]
        name = f"affine-{codec}"
        return {entry["name"]: entry["evidence"]["probed"][name][3] for entry in decisions
                if entry["codec"] == name}


def budget(tensor_bytes: int, parameters: int) -> str:
    """Bits per weight, for --target-bpw, that allow exactly these bytes of tensors."""
    return f"{(tensor_bytes + 0.01) * 8 / parameters:.9f}"
