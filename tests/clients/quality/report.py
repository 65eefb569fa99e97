# SPDX-License-Identifier: GPL-3.0-or-later
"""The results as Markdown and as JSON."""
from dataclasses import asdict, dataclass

from .checks import Check
from .rows import Row


@dataclass
class SubjectReport:
    name: str
    digest: str
    parameters: int
    tokens: dict[str, int]  # by text
    calibration: int
    perplexities: dict[str, float]  # of the source
    rows: list[Row]
    checks: list[Check]


@dataclass
class Report:
    date: str
    command: str
    version: str
    seconds: float
    subjects: list[SubjectReport]
    skipped: dict[str, str]  # subject: reason


def table(subject: SubjectReport) -> list[str]:
    texts = list(subject.perplexities)
    lines = ["| | bytes | bits | " + " | ".join(f"KL {text} | PPL" for text in texts) + " |",
             "|---|---|---|" + "---|---|" * len(texts)]
    source = " | ".join(f"0 | {subject.perplexities[text]:.2f}" for text in texts)
    lines.append(f"| bfloat16 source | {2 * subject.parameters:,} | 16 | {source} |")
    for row in subject.rows:
        if row.missing:
            continue
        cells = " | ".join(f"{d.kl:.4f} | {d.perplexity:.2f}"
                           for d in (row.distances[text] for text in texts))
        bits = row.bytes * 8 / subject.parameters
        lines.append(f"| {row.title} | {row.bytes:,} | {bits:.3f} | {cells} |")
    return lines


def markdown(report: Report) -> str:
    lines = [f"# Distance to the source, {report.date}", "", f"    {report.command}", "",
             f"{report.version}; {report.seconds:.0f} s. KL is of the next-token distribution from "
             "the bfloat16 source's, in nats, both computed in float32; windows of 512 tokens. "
             "Bytes are those of all tensors, embedding included; of GGUF, whole files."]
    for subject in report.subjects:
        tokens = ", ".join(f"{name} {count:,}" for name, count in subject.tokens.items())
        lines += ["", f"## {subject.name}", "", f"Tokens: {tokens}; GPTQ calibrates on "
                  f"{subject.calibration:,} others.", "", *table(subject), ""]
        lines += [f"* none: {row.title}: {row.missing}" for row in subject.rows if row.missing]
        lines += [f"* {'pass' if check.holds else 'FAIL'}: {check.claim}: {check.found}"
                  for check in subject.checks]
    lines += [f"\n## {name}\n\nSkipped: {reason}" for name, reason in report.skipped.items()]
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> dict:
    return {"schema": "bitloupe-quality/1", **asdict(report)}
