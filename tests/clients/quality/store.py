# SPDX-License-Identifier: GPL-3.0-or-later
"""Measurements kept from earlier runs, under a digest of everything they depend on."""
import hashlib
import json
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
    """A JSON file of results. `fresh`: nothing from earlier runs is used."""

    def __init__(self, path: Path, fresh: bool):
        self._path = path
        self._results: dict[str, Any] = {}
        if path.exists() and not fresh:
            self._results = json.loads(path.read_text())

    def get(self, key: str, compute: Callable[[], Any]) -> Any:
        if key not in self._results:
            self._results[key] = compute()
            temporary = self._path.with_suffix(".new")
            temporary.write_text(json.dumps(self._results, indent=1))
            temporary.replace(self._path)
        return self._results[key]
