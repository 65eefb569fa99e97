# SPDX-License-Identifier: GPL-3.0-or-later
"""One subject with its references, and a scratch model that the weights to measure are put into."""
from dataclasses import asdict
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM
from transformers.utils import logging

from .divergence import Distance, Reference
from .store import Store, digest_of
from .subjects import Subject

logging.disable_progress_bar()
Weights = dict[str, torch.Tensor]


class Bench:
    """The source in float32: its bfloat16 weights widened, computed with in float32."""

    def __init__(self, subject: Subject, store: Store, scratch: Path):
        self.subject, self.scratch, self.store = subject, scratch, store
        self.model = AutoModelForCausalLM.from_pretrained(subject.folder, dtype=torch.float32)
        self.model.eval().requires_grad_(False)
        self.source = {name: value.clone() for name, value in self.model.named_parameters()}
        self.parameters = sum(value.numel() for value in self.source.values())
        self._references: dict[str, Reference] = {}

    def put(self, weights: Weights) -> None:
        """All of the model's weights; the tied head is the embedding."""
        missing, unknown = self.model.load_state_dict(weights, strict=False)
        if unknown or set(missing) - {"lm_head.weight"}:
            raise RuntimeError(f"names differ: missing {missing}, unknown {unknown}")

    def reference(self, text: str) -> Reference:
        """Puts the source's weights into the scratch model when it is computed."""
        if text not in self._references:
            held = {name: value.clone() for name, value in self.model.named_parameters()}
            self.put(self.source)
            path = self.scratch / f"{self.subject.name}-{text}.f32"
            self._references[text] = Reference(self.model, self.subject.texts[text], path)
            self.put(held)
        return self._references[text]

    def perplexity(self, text: str) -> float:
        key = digest_of("perplexity", self.subject.digest, self.subject.texts[text])
        return self.store.get(key, lambda: self.reference(text).perplexity)

    def distances(self) -> dict[str, Distance]:
        """Of the weights in the scratch model, on every text."""
        weights = digest_of(*(self.model.get_parameter(name) for name in sorted(self.source)))
        found = {}
        for text, windows in self.subject.texts.items():
            key = digest_of("distance", self.subject.digest, windows, weights)
            kept = self.store.get(
                key, lambda name=text: asdict(self.reference(name).distance(self.model)))
            found[text] = Distance(**kept)
        return found
