"""The figures of the set-aside questions, run by run: ``eval/FINAL.md``."""

import subprocess
from datetime import date
from pathlib import Path

from assistant.settings import ROOT

FILE = ROOT / "eval" / "FINAL.md"
_TITLE = """# The questions that were set aside

Every run of `make eval-final`, oldest first. Nobody reads these questions or tunes on them.
"""


def add(path: Path, figures: str, day: date, commit: str) -> None:
    """A heading with date and commit, and the tables, after what is there."""
    before = path.read_text("utf-8") if path.exists() else _TITLE
    path.write_text(f"{before}\n## {day.isoformat()}, {commit}\n\n{figures}", "utf-8")


def head() -> str:
    """The commit that is checked out, and whether files differ from it."""
    commit = _git("rev-parse", "--short", "HEAD")
    return f"{commit} and changes not committed" if _git("status", "--porcelain") else commit


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return result.stdout.strip()
