# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured: quantized versions of one model, each at stated bytes."""
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import gptq, gptq_model, affine_grid, mlx_weights
from .bench import Bench
from .divergence import Distance
from .program import Program, Wish, budget
from .skip import Unavailable
from .store import digest_of

GROUP = 64
GPTQ = {"plain": (0.01, False), "0.01": (0.01, True), "0.05": (0.05, True)}  # damping, search
LEVELS = (4, 3)  # bits of codes, beside which a group has half a bit a weight for scale and bias
SIZES = (3.25, 4, 5, 6)  # more bits per weight at which mixed plans stand beside uniform ones


@dataclass
class Row:
    """`bytes` are those of all tensors, embedding and norms included, without file headers."""
    id: str
    title: str
    bytes: int = 0
    distances: dict[str, Distance] = field(default_factory=dict)
    missing: str = ""  # why there are no numbers


def export_row(bench: Bench, program: Program, id: str, title: str, wish: Wish) -> Row:
    folder = bench.scratch / "export"
    shutil.rmtree(folder, ignore_errors=True)
    program.export(wish, folder)
    bench.put(mlx_weights.decoded(folder))
    return Row(id, title, mlx_weights.tensor_bytes(folder), bench.distances())


def mlx_row(bench: Bench, id: str, title: str, bits: int) -> Row:
    folder = bench.scratch / "mlx"
    shutil.rmtree(folder, ignore_errors=True)
    mlx_weights.convert(bench.subject.folder, folder, bits, GROUP)
    bench.put(mlx_weights.decoded(folder))
    return Row(id, title, mlx_weights.tensor_bytes(folder), bench.distances())


def gptq_row(bench: Bench, id: str, title: str, how: gptq.Settings) -> Row:
    """Takes minutes, so that it is kept under a digest of code, settings and data."""
    def measure() -> dict:
        bench.put(bench.source)
        size = gptq_model.quantize_model(bench.model, bench.subject.calibration, how)
        return {"bytes": size, "distances": {t: vars(d) for t, d in bench.distances().items()}}

    code = [Path(module.__file__).read_text() for module in (gptq, gptq_model, affine_grid)]
    kept = bench.store.get(
        digest_of("gptq", *code, how, bench.subject.digest, bench.subject.calibration,
                  *bench.subject.texts.values()), measure)
    return Row(id, title, kept["bytes"],
               {text: Distance(**values) for text, values in kept["distances"].items()})


Maker = Callable[[], Row]


class RowTable:
    """Rows by id, made when asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Row] = {}
        self._makers: dict[str, tuple[str, Maker]] = {}

    def add(self, id: str, title: str, make: Maker) -> None:
        self._makers[id] = (title, make)

    def ids(self) -> list[str]:
        return list(self._makers)

    def get(self, id: str) -> Row:
        if id not in self._made:
            title, make = self._makers[id]
            try:
                self._made[id] = make()
            except Unavailable as reason:
                self._made[id] = Row(id, title, missing=str(reason))
        return self._made[id]


class Rows(RowTable):
    """All rows of a subject for MLX."""

    def __init__(self, bench: Bench, program: Program):
        super().__init__()
        self._bench, self._program = bench, program
        for bits in LEVELS:
            self._add_level(bits)
        for size in SIZES:
            for strategy, name in (("uniform", "uniform"), ("damage", "mixed")):
                self._add_export(f"{name}-at-{size}", f"{name} plan, {size} bits, feedback",
                                 lambda s=size, p=strategy: Wish(self._size(s), strategy=p))

    def _add_export(self, id: str, title: str, wish: Callable[[], Wish]) -> None:
        self.add(id, title,
                 lambda: export_row(self._bench, self._program, id, title, wish()))

    def _add_level(self, bits: int) -> None:
        rival = f"mlx-{bits}"
        title = f"mlx_lm, {bits} bits, group {GROUP}"
        self.add(rival, title, lambda: mlx_row(self._bench, rival, title, bits))

        def at_same_bytes(**changes: str) -> Callable[[], Wish]:
            return lambda: Wish(budget(self.get(rival).bytes, self._bench.parameters), **changes)

        codec = f"{bits}-g{GROUP}"
        for encoder, probe in (("round", "none"), ("search", "full"), ("feedback", "self-text")):
            self._add_export(f"uniform-{bits}-{encoder}", f"uniform {bits} bits, {encoder}",
                             at_same_bytes(codec=codec, encoder=encoder, probe=probe))
        self._add_export(f"mixed-{bits}", f"mixed at {bits}-bit size, feedback", at_same_bytes())
        for plan in ("mint", "swan"):
            name = plan.upper()
            self._add_export(f"{plan}-{bits}-round", f"{name}'s plan at {bits}-bit size, round",
                             at_same_bytes(strategy=plan, encoder="round", probe="none"))
            self._add_export(f"{plan}-{bits}-feedback",
                             f"{name}'s plan at {bits}-bit size, feedback",
                             at_same_bytes(strategy=plan))
        for name in GPTQ:
            self._add_gptq(bits, name)

    def _add_gptq(self, bits: int, name: str) -> None:
        damping, search = GPTQ[name]
        id = f"gptq-{bits}-{name}"
        grid = "searched grid" if search else "plain grid"
        title = f"GPTQ on {self._bench.subject.home}, {bits} bits, {grid}, damping {damping}"
        how = gptq.Settings(bits, GROUP, damping, search)
        self.add(id, title, lambda: gptq_row(self._bench, id, title, how))

    def _size(self, bits: float) -> str:
        """Budget of `bits` for each quantized weight, what stays in bfloat16 beside it."""
        kept = sum(value.numel() for value in self._bench.source.values() if value.ndim == 1)
        quantized = self._bench.parameters - kept
        return budget(int(quantized * bits) // 8 + 2 * kept, self._bench.parameters)
