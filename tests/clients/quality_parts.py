# SPDX-License-Identifier: GPL-3.0-or-later
"""The instruments of quality/ on a model of two layers: each measures what it says."""
import os
import shutil
import sys
import tempfile
from pathlib import Path
from unittest import TestCase, main, mock

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402

from quality import affine_grid, checks, gguf_weights, gptq, gptq_model  # noqa: E402
from quality import llama_recipes, matrix_damage, mlx_weights  # noqa: E402
from quality.divergence import Distance, Reference  # noqa: E402
from quality.program import budget  # noqa: E402
from quality.rows import Row, RowTable  # noqa: E402
from quality.subjects import ROOT  # noqa: E402

WINDOWS = torch.arange(2 * 48).reshape(2, 48) * 37 % 256


def small_model() -> torch.nn.Module:
    torch.manual_seed(1)
    config = transformers.LlamaConfig(
        vocab_size=256, hidden_size=128, intermediate_size=192, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, tie_word_embeddings=True)
    model = transformers.AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    for value in model.parameters():
        value.requires_grad_(False)
        if value.ndim == 2:
            value.mul_(5)  # far from a uniform distribution
    return model.eval()


def rounded(weight: torch.Tensor, bits: int) -> torch.Tensor:
    groups = weight.reshape(len(weight), -1, 64)
    return affine_grid.whole_range(groups, bits).nearest(groups).reshape(weight.shape)


def state(model: torch.nn.Module) -> torch.Tensor:
    with torch.no_grad():
        return torch.stack([model(ids[None], use_cache=False).logits[0] for ids in WINDOWS])


class Grid(TestCase):
    def test_a_search_helps_what_matters(self):
        groups, importance = torch.randn(99, 64), torch.rand(64)**4
        plain, found = (((grid.nearest(groups) - groups)**2 * importance).sum(-1) for grid in (
            affine_grid.whole_range(groups, 3), affine_grid.searched(groups, importance, 3)))
        self.assertTrue((found <= plain).all())
        self.assertLess(found.mean(), 0.7 * plain.mean())


class Gptq(TestCase):
    how = gptq.Settings(bits=4, group=64, damping=0.01, search=False)

    def test_uncorrelated_inputs_leave_rounding(self):
        weight = torch.randn(8, 128)
        found = gptq.quantize(weight, torch.eye(128).double(), self.how)
        torch.testing.assert_close(found, rounded(weight, 4))

    def test_correlated_inputs_are_used(self):
        weight, inputs = torch.randn(64, 128), torch.randn(999, 128) @ torch.randn(128, 128)
        found = gptq.quantize(weight, gptq_model.second_moment([inputs]), self.how)
        error, plain = (((inputs @ (weight - w).T)**2).sum() for w in (found, rounded(weight, 4)))
        self.assertLess(error, 0.7 * plain)

    def test_values_are_codes_of_the_format(self):
        weight = torch.randn(8, 128)
        found = gptq.quantize(weight, gptq_model.second_moment([torch.randn(500, 128)]), self.how)
        for group in found.reshape(-1, 64):
            self.assertLessEqual(len(group.unique()), 16)

    def test_it_walks_the_model_as_the_model_itself_does(self):
        model, last = small_model(), []
        walk = gptq_model.Quantizer.mlp

        def remember(self, layer, states):
            walk(self, layer, states)
            last[:] = states

        with mock.patch.object(gptq_model.Quantizer, "mlp", remember):
            gptq_model.quantize_model(model, WINDOWS, self.how)
        walked = torch.stack([model.lm_head(model.model.norm(x)) for x in last])
        torch.testing.assert_close(walked, state(model))

    def test_it_counts_the_bytes_of_the_client(self):
        model = small_model()
        with tempfile.TemporaryDirectory() as scratch:
            source, folder = Path(scratch, "source"), Path(scratch, "mlx")
            model.bfloat16().save_pretrained(source)
            for name in ("tokenizer.json", "tokenizer_config.json"):  # the client wants one
                shutil.copy(ROOT / "resources" / "sample" / name, source)
            mlx_weights.convert(source, folder, 4, 64)
            there = mlx_weights.tensor_bytes(folder)
        self.assertEqual(gptq_model.quantize_model(model.float(), WINDOWS, self.how), there)


class Recipes(TestCase):
    def test_rows_of_a_head_come_back_in_halves(self):
        halves = np.arange(64 * 3).reshape(64, 3)
        pairs = halves.reshape(4, 2, 8, 3).swapaxes(1, 2).reshape(64, 3)
        self.assertFalse((pairs == halves).all())
        self.assertTrue((gguf_weights.in_halves(pairs, 4) == halves).all())

    def checks(self, ours: float, size: int) -> list[bool]:
        table = RowTable()
        for recipe in llama_recipes.FILE_TYPES:
            for id, kl, count in (("llama", 1.0, 100), ("mixed", ours, size)):
                row = Row(f"{id}-{recipe}", recipe, count,
                          {"text": Distance(kl, 0, 1, 1)})
                table.add(row.id, row.title, lambda row=row: row)
        return [check.holds for check in checks.of_recipes(table, ["text"])]

    def test_the_promise_is_stricter_where_bits_are_few(self):
        self.assertTrue(all(self.checks(0.6, 100)))
        self.assertEqual(self.checks(0.61, 100).count(False), 5)
        self.assertEqual(self.checks(0.86, 100).count(False), 7)
        self.assertEqual(self.checks(1.01, 100).count(False), 8)

    def test_a_larger_file_does_not_count(self):
        self.assertEqual(self.checks(0.5, 101).count(False), 8)


class Damage(TestCase):
    def test_it_is_the_distance_from_the_reference(self):
        model = small_model()
        with tempfile.TemporaryDirectory() as scratch:
            reference = Reference(model, WINDOWS, Path(scratch, "logs"))
            self.assertEqual(reference.distance(model).kl, 0)
            with torch.no_grad():
                tail = matrix_damage.Tail(model, WINDOWS)
                weight = model.model.layers[1].mlp.up_proj.weight
                weight.copy_(rounded(weight, 2))
                kl = tail.kl(1)
            self.assertGreater(kl, 1e-3)
            self.assertAlmostEqual(reference.distance(model).kl, kl, delta=1e-4 * kl)

    def test_ranks_follow_values(self):
        self.assertEqual(matrix_damage.ranks([0.5, 3.0, 1.0]).tolist(), [0, 2, 1])


class Budget(TestCase):
    def test_it_allows_the_bytes_and_not_one_more(self):
        for size in (75_715_200, 58_900_224, 1_847_808):
            allowed = float(budget(size, 134_515_008)) * 134_515_008 / 8
            self.assertEqual(int(allowed), size)


if __name__ == "__main__":
    main(argv=sys.argv[:1])
