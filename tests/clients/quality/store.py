# SPDX-License-Identifier: GPL-3.0-or-later
"""Measurements kept from earlier runs, under a digest of everything they depend on."""
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch


def digest_of(*parts: object) -> str:
    """Tensors by shape and bytes, other parts by their text."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, torch.Tensor):
            total.update(f"{part.dtype}{tuple(part.shape)}".encode())
            total.update(part.detach().contiguous().numpy().data)
        else:
            total.update(f"{part}\0".encode())
    return total.hexdigest()


class Store:
    """A JSON file of results, which runs side by side may share. `fresh`: nothing that other runs
    measured is used or kept."""

    def __init__(self, path: Path, fresh: bool):
        self._path, self._fresh = path, fresh
        self._results: dict[str, Any] = {} if fresh else self._stored()

    def get(self, key: str, compute: Callable[[], Any]) -> Any:
        if key not in self._results:
            self._results[key] = compute()
            self._write()
        return self._results[key]

    def _stored(self) -> dict[str, Any]:
        return json.loads(self._path.read_text()) if self._path.exists() else {}

    def _write(self) -> None:
        if not self._fresh:
            self._results = {**self._stored(), **self._results}
        temporary = self._path.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(self._results, indent=1))
        temporary.replace(self._path)
