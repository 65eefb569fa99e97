# SPDX-License-Identifier: GPL-3.0-or-later
"""The three texts, and the pages that GPTQ calibrates on."""
import gzip
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

from .skip import Skip

FAQ = Path("/usr/share/doc/debian/FAQ/debian-faq.en.txt.gz")
PROSE_START = 5_000_000  # characters; the same place as the models' own measurements
CALIBRATION_START = 1_000_000  # other chapters of the same book
MODULES = ("argparse", "ast", "asyncio/base_events", "collections/__init__", "dataclasses",
           "difflib", "inspect", "pathlib", "tarfile", "typing")
MODULE_START = 8_000  # past licences, docstrings and imports
MODULE_PART = 6_000


def prose(shared: Path, work: Path) -> str:
    """The book that make_text.py writes from a Debian package."""
    path = work / "prose.txt"
    if not path.exists():
        script = shared / "models" / "make_text.py"
        if not script.exists():
            raise Skip(f"no {script}, which writes the prose")
        done = subprocess.run([sys.executable, str(script), str(path)], capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise Skip(done.stderr.strip())
    return path.read_text(encoding="utf-8")


def faq() -> str:
    """Questions and answers about Debian, past the table of contents, paragraphs unwrapped."""
    if not FAQ.exists():
        raise Skip(f"no {FAQ}: apt-get install debian-faq")
    with gzip.open(FAQ, "rt", encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"^-{5,}$", "", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", text[text.rindex("\n1.1."):])
    return re.sub(r"\n\s*\n", "\n\n", re.sub(r"[ \t\xa0]+", " ", text)).strip()


def python_code() -> str:
    """Parts of modules of the standard library of the Python that runs this."""
    library = Path(sysconfig.get_path("stdlib"))
    parts = []
    for module in MODULES:
        text = (library / f"{module}.py").read_text(encoding="utf-8")[MODULE_START:]
        parts.append(text[:MODULE_PART])
    return "\n".join(parts)
