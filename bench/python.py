"""How fast the Python package codes beside the program, and whether both print the same bytes."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import polybius


def spent(times: os.times_result) -> float:
    """Processor time of this process and of those it has waited for, in seconds."""
    return times.user + times.system + times.children_user + times.children_system


def main(program: str, articles: Path, n_rounds: int) -> None:
    """Codes the articles in turns, so that what else the machine does falls on both."""
    texts = articles.read_text(encoding="utf-8").splitlines()
    polybius.code("Russia attacked Ukraine.")
    best: dict[str, float] = {}
    digests: dict[str, str] = {}
    for _ in range(n_rounds):
        for name in ("program", "package"):
            start = spent(os.times())
            wall = time.monotonic()
            if name == "program":
                command = [program, "code", "--format", "jsonl", "--threads", "1", str(articles)]
                printed = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
            else:
                printed = polybius.code_jsonl(texts, threads=1).to_jsonl().encode()
            seconds = spent(os.times()) - start
            print(f"{name}: {seconds:.1f} s of processor time, {time.monotonic() - wall:.1f} s")
            best[name] = min(seconds, best.get(name, seconds))
            digests[name] = hashlib.sha256(printed).hexdigest()
    print(f"{len(texts)} articles, best of {n_rounds}: the package takes {best['package'] / best['program']:.3f} of the program's time")
    print("the same bytes" if len(set(digests.values())) == 1 else f"other bytes: {digests}")
    sys.exit(len(set(digests.values())) != 1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
