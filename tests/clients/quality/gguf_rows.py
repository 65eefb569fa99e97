# SPDX-License-Identifier: GPL-3.0-or-later
"""GGUF files of one model: what llama-quantize makes under its names, and this program's plans at
the sizes of those files, from the same F16 file. Bytes are whole files here."""
import shutil
from pathlib import Path

from . import gguf_weights, llama_recipes
from .bench import Bench
from .program import Program, Wish
from .rows import Row, RowTable


class GgufRows(RowTable):
    """All rows of a subject by id, made when asked for."""

    def __init__(self, bench: Bench, program: Program):
        super().__init__()
        self._bench, self._checkpoint = bench, program
        self._program: Program | None = None  # on the F16 file
        for recipe in llama_recipes.FILE_TYPES:
            title = f"llama-quantize {recipe}"
            self.add(f"llama-{recipe}", title, lambda r=recipe, t=title: self._rival(r, t))
            ours = f"mixed at the size of {recipe}"
            self.add(f"mixed-{recipe}", ours, lambda r=recipe, t=ours: self._ours(r, t))

    def _floats(self) -> Program:
        """The program with the F16 file as its model."""
        if self._program is None:
            path = self._bench.scratch / f"{self._bench.subject.name}-F16.gguf"
            self._checkpoint.run("export", "-o", str(path), "--target", "gguf", "--target-bpw",
                                 "32", "--float-type", "f16", "--encoder", "round", "--probe",
                                 "none")
            self._program = Program(self._checkpoint.path, path)
        return self._program

    def _folder(self) -> Path:
        folder = self._bench.scratch / "gguf"
        folder.mkdir()
        return folder

    def _row(self, id: str, title: str, path: Path) -> Row:
        self._bench.put(gguf_weights.decoded(path))
        size = path.stat().st_size
        shutil.rmtree(path.parent)
        return Row(id, title, size, self._bench.distances())

    def _rival(self, recipe: str, title: str) -> Row:
        path = self._folder() / "llama.gguf"
        llama_recipes.quantize(self._floats().model, path, recipe)
        return self._row(f"llama-{recipe}", title, path)

    def _ours(self, recipe: str, title: str) -> Row:
        rival = self.get(f"llama-{recipe}")
        path = self._folder() / "mixed.gguf"
        self._floats().export(Wish(size=rival.bytes, target="gguf"), path)
        return self._row(f"mixed-{recipe}", title, path)
