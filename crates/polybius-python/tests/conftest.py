"""Where the tests find the examples and the program that Python must agree with."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ARTICLES = ROOT / "examples" / "articles.jsonl"
PROGRAM = Path(os.environ.get("POLYBIUS", ROOT / "target" / "release" / "polybius"))


def polybius_program(*arguments: str, stdin: str | None = None) -> str:
    """What the program prints; ``POLYBIUS`` says where it is."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1743681600", "NO_COLOR": "1"}
    done = subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, text=True, check=True, env=environment)
    return done.stdout


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example articles."""
    path = tmp_path_factory.mktemp("record") / "news.db"
    polybius_program("read", str(ARTICLES), "--record", str(path))
    return path
