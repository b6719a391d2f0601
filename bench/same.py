"""Whether the program, the Python package, Sail and Spark write the same bytes of the same made-up articles.

    python bench/same.py POLYBIUS 20000 --on program,package,sail --folder FOLDER
    python bench/same.py POLYBIUS 20000 --on 'local-cluster[2,1,1024]' --folder FOLDER

What one of them wrote stays in the folder, so that each codes only once and may need a Python of its own. Lines are sorted before they are
compared, for a job has no order; nothing else is done to them.
"""

import argparse
import contextlib
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Literal

import articles as made_up

JOB = Path(__file__).parents[1] / "crates" / "polybius-python" / "job.py"
Kind = Literal["events", "claims", "expectations"]
KINDS: tuple[Kind, ...] = ("events", "claims", "expectations")


def coded(on: str, polybius_program: str, kinds: list[Kind], source: Path, folder: Path) -> list[str]:
    """What the rows of these kinds are as lines of JSON."""
    if on == "program":
        command = [polybius_program, "code", str(source), "--format", "jsonl", "--records", ",".join(kinds)]
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout.splitlines()
    if on == "package":
        import polybius

        lines: list[str] = []
        for kind in kinds:
            with open(source, encoding="utf-8") as given:
                lines += polybius.code_jsonl(given, records=kind).to_jsonl().splitlines()
        return lines
    out = folder / "parquet" / "".join(letter if letter.isalnum() else "-" for letter in on)
    if not (out / kinds[-1] / "_SUCCESS").exists():
        subprocess.run([sys.executable, JOB, source, out, "--on", on, "--records", ",".join(kinds)], check=True)
    return [line for kind in kinds for line in parquet_lines(out / kind)]


def parquet_lines(folder: Path) -> list[str]:
    """Rows of Parquet as the program writes them."""
    import pyarrow.dataset

    lines = []
    for batch in pyarrow.dataset.dataset(folder, format="parquet").to_batches(batch_size=1000):
        for row in batch.to_pylist():
            if error := row.pop("error"):
                raise SystemExit(f"{row['document_id']}: {error}")
            lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    return lines


def main() -> None:
    """Codes where that is not done yet, compares, and ends with 1 if anything differs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("polybius")
    arguments.add_argument("articles", type=int)
    arguments.add_argument("--on", default="program,package,sail", help="`program`, `package`, `sail`, or a master of Spark")
    arguments.add_argument("--records", nargs="+", choices=KINDS, default=list(KINDS), help="what is compared; each kind is a pass of its own")
    arguments.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    with contextlib.ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / "articles.jsonl"
        if not source.exists():
            with contextlib.redirect_stdout(io.StringIO()) as written:
                made_up.main(given.articles)
            source.write_text(written.getvalue(), encoding="utf-8")
        # Masters have commas of their own.
        for on in [given.on] if "[" in given.on else given.on.split(","):
            start = time.monotonic()
            lines = sorted(coded(on, given.polybius, given.records, source, folder))
            digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
            (folder / f"{on}.sha256").write_text(digest)
            print(f"{digest[:16]}  {len(lines)} rows  {on}  {time.monotonic() - start:.0f} s")
        digests = {path.read_text() for path in folder.glob("*.sha256")}
    print("the same bytes" if len(digests) == 1 else "other bytes")
    sys.exit(len(digests) != 1)


if __name__ == "__main__":
    main()
