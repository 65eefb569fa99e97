# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program promises, each as one line that holds or does not."""
from collections.abc import Iterator
from dataclasses import dataclass

from .llama_recipes import FILE_TYPES
from .rows import GPTQ, LEVELS, SIZES, Row, Rows, RowTable

RATIO_TO_MLX = {4: 0.27, 3: 0.17}
RATIO_TO_GPTQ_AT_HOME = 1.25
RATIO_TO_UNIFORM = {3.25: 0.90, 3.5: 0.90}  # of the mean over the texts
RATIO_NEVER_ABOVE = 1.02  # on any text
RATIO_TO_RECIPE = {"Q8_0": 1.0, "Q6_K": 0.85, "Q5_K_M": 0.85}  # elsewhere:
RATIO_TO_SMALL_RECIPE = 0.60
RANK_CORRELATION = 0.77


@dataclass
class Check:
    claim: str
    holds: bool
    found: str


def missing(*rows: Row) -> str:
    return "; ".join(f"no {row.title}: {row.missing}" for row in rows if row.missing)


def compare(ours: Row, other: Row, limits: dict[str, float], claim: str,
            strictly: bool = False) -> Check:
    """KL of `ours` is at most (or `strictly` below) limits[text] times that of `other`."""
    why = missing(ours, other)
    if why:
        return Check(claim, False, why)
    holds, found = True, []
    for text, limit in limits.items():
        ratio = ours.distances[text].kl / other.distances[text].kl
        good = ratio < limit if strictly else ratio <= limit
        holds &= good
        found.append(f"{text} {ratio:.3f}{'' if good else ' (no)'}")
    return Check(claim, holds, ", ".join(found))


def compare_means(ours: Row, other: Row, limit: float, claim: str) -> Check:
    """The mean of KL over all texts, each with as many tokens, is at most `limit` of `other`'s."""
    why = missing(ours, other)
    if why:
        return Check(claim, False, why)
    means = [sum(d.kl for d in row.distances.values()) / len(row.distances)
             for row in (ours, other)]
    ratio = means[0] / means[1]
    return Check(claim, ratio <= limit, f"{means[0]:.4f} / {means[1]:.4f} = {ratio:.3f}")


def same_bytes(rows: list[Row], rival: Row) -> Check:
    """None of the rows that could be made is larger than the rival."""
    larger = [f"{row.title} {row.bytes:,}" for row in rows if row.bytes > rival.bytes]
    return Check(f"No more bytes than {rival.title}", not larger,
                 "; ".join(larger) or f"{rival.bytes:,}")


def of_level(rows: Rows, bits: int, texts: list[str], home: str) -> Iterator[Check]:
    mlx, mixed = rows.get(f"mlx-{bits}"), rows.get(f"mixed-{bits}")
    limit = RATIO_TO_MLX[bits]
    level = [rows.get(id) for id in rows.ids() if f"-{bits}-" in id or id == f"mixed-{bits}"]
    yield same_bytes([row for row in level if not row.missing], mlx)
    yield compare(mixed, mlx, dict.fromkeys(texts, limit),
                  f"{bits} bits: KL at most {limit} of {mlx.title}'s")
    for name in GPTQ:
        rival = rows.get(f"gptq-{bits}-{name}")
        yield compare(mixed, rival, {text: 1.0 for text in texts if text != home},
                      f"{bits} bits: KL below {rival.title}, on other texts", strictly=True)
        yield compare(mixed, rival, {home: RATIO_TO_GPTQ_AT_HOME},
                      f"{bits} bits: KL at most {RATIO_TO_GPTQ_AT_HOME} of {rival.title}'s")


def of_sizes(rows: Rows, texts: list[str]) -> Iterator[Check]:
    pairs = {size: (f"mixed-at-{size}", f"uniform-at-{size}") for size in SIZES}
    pairs |= {bits + 0.5: (f"mixed-{bits}", f"uniform-{bits}-feedback") for bits in LEVELS}
    for size, (mixed, uniform) in sorted(pairs.items()):
        yield compare(rows.get(mixed), rows.get(uniform), dict.fromkeys(texts, RATIO_NEVER_ABOVE),
                      f"{size} bits: the mixed plan's KL at most {RATIO_NEVER_ABOVE} of the "
                      "uniform plan's")
        limit = RATIO_TO_UNIFORM.get(size)
        if limit:
            yield compare_means(rows.get(mixed), rows.get(uniform), limit,
                                f"{size} bits: the mean over the texts at most {limit} of it")


def of_recipes(rows: RowTable, texts: list[str]) -> Iterator[Check]:
    for recipe in FILE_TYPES:
        ours, rival = rows.get(f"mixed-{recipe}"), rows.get(f"llama-{recipe}")
        limit = RATIO_TO_RECIPE.get(recipe, RATIO_TO_SMALL_RECIPE)
        yield compare(ours, rival, dict.fromkeys(texts, limit),
                      f"KL at most {limit} of {rival.title}'s")
        if not ours.missing:
            yield same_bytes([ours], rival)


def of_ranking(correlation: float | str) -> Check:
    """`correlation`: the number, or why there is none."""
    known = isinstance(correlation, float)
    claim = f"Damage of single matrices, predicted and measured: Spearman >= {RANK_CORRELATION}"
    return Check(claim, known and correlation >= RANK_CORRELATION,
                 f"{correlation:.3f}" if known else correlation)
