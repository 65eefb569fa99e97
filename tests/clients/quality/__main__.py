# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures every subject and says which promises hold; exit status 1 when one does not."""
import argparse
import datetime
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch  # noqa: E402

from . import checks, matrix_damage, report, subjects  # noqa: E402
from .bench import Bench  # noqa: E402
from .gguf_rows import GgufRows  # noqa: E402
from .program import Program  # noqa: E402
from .report import Report, SubjectReport  # noqa: E402
from .rows import Row, Rows, RowTable  # noqa: E402
from .skip import SKIPPED, Skip, Unavailable  # noqa: E402
from .store import Store  # noqa: E402


def arguments() -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser = argparse.ArgumentParser(prog="quality", description=__doc__)
    parser.add_argument("--bitloupe", type=Path, required=True, help="the program")
    parser.add_argument("--work", type=Path, default=cache / "bitloupe" / "quality",
                        help="where models and measurements are kept (%(default)s)")
    parser.add_argument("--shared", type=Path, default=subjects.ROOT.parent / "shared",
                        help="where the models' makers are (%(default)s)")
    parser.add_argument("--tokens", type=int, default=4096, help="of each text (%(default)s)")
    parser.add_argument("--calibration", type=int, default=16384, help="tokens for GPTQ")
    parser.add_argument("--subjects", default="SmolLM2-135M,sample", help="(%(default)s)")
    parser.add_argument("--formats", default="mlx,gguf", help="(%(default)s)")
    parser.add_argument("--rows", default="", help="only rows whose id this regex finds; no checks")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="(%(default)s)")
    parser.add_argument("--fresh", action="store_true", help="measure everything again")
    parser.add_argument("-o", "--output", type=Path, default=Path("quality"),
                        help="writes OUTPUT.md and OUTPUT.json (%(default)s)")
    return parser.parse_args()


def subject_named(name: str, options: argparse.Namespace) -> subjects.Subject:
    if name == "sample":
        return subjects.sample(options.tokens, options.calibration)
    return subjects.smollm2(options.shared, options.work, options.tokens, options.calibration)


def mlx_checks(bench: Bench, program: Program, rows: Rows) -> list[checks.Check]:
    texts, home = list(bench.subject.texts), bench.subject.home
    found = [check for bits in (4, 3) for check in checks.of_level(rows, bits, texts, home)]
    found += checks.of_sizes(rows, texts)
    try:
        correlation: float | str = matrix_damage.rank_correlation(bench, program)
    except Unavailable as reason:
        correlation = str(reason)
    return [*found, checks.of_ranking(correlation)]


def rows_of(rows: RowTable, subject: str, pattern: str) -> Iterator[Row]:
    for id in rows.ids():
        if not re.search(pattern, id):
            continue
        begin = time.monotonic()
        row = rows.get(id)
        said = row.missing or ", ".join(f"{t} {d.kl:.4f}" for t, d in row.distances.items())
        print(f"{subject} {id}: {said} ({time.monotonic() - begin:.0f} s)", flush=True)
        yield row


def measure(subject: subjects.Subject, options: argparse.Namespace, scratch: Path) -> SubjectReport:
    bench = Bench(subject, Store(options.work / "measured.json", options.fresh), scratch)
    program = Program(options.bitloupe.resolve(), subject.folder)
    made, found, formats = [], [], options.formats.split(",")
    if "mlx" in formats:
        rows = Rows(bench, program)
        made += rows_of(rows, subject.name, options.rows)
        found += [] if options.rows else mlx_checks(bench, program, rows)
    if "gguf" in formats:
        recipes = GgufRows(bench, program)
        made += rows_of(recipes, subject.name, options.rows)
        found += [] if options.rows else checks.of_recipes(recipes, list(subject.texts))
    return SubjectReport(
        subject.name, subject.digest, bench.parameters,
        {name: ids.numel() for name, ids in subject.texts.items()}, subject.calibration.numel(),
        {text: bench.perplexity(text) for text in subject.texts}, made, found)


def main() -> int:
    options = arguments()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    begin, measured, skipped = time.monotonic(), [], {}
    for name in options.subjects.split(","):
        with tempfile.TemporaryDirectory(dir=options.work) as scratch:
            try:
                measured.append(measure(subject_named(name, options), options, Path(scratch)))
            except Skip as reason:
                skipped[name] = str(reason)
    result = Report(datetime.date.today().isoformat(), "packaging/test.sh --quality",
                    Program(options.bitloupe.resolve(), Path()).version(),
                    time.monotonic() - begin, measured, skipped)
    text = report.markdown(result)
    options.output.with_suffix(".md").write_text(text, encoding="utf-8")
    options.output.with_suffix(".json").write_text(json.dumps(report.as_json(result), indent=1))
    print(text)
    if not all(check.holds for subject in measured for check in subject.checks):
        return 1
    return SKIPPED if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
