"""Every command block of the manual runs: shell and Python here, page by page in a folder that has what the pages speak of. Sessions that show
what comes out (```console, ```pycon) are compared by the program's tests and by doctest.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import polybius
import pyarrow as pa
import pyarrow.parquet
import pytest
from conftest import ARTICLES, PROGRAM, ROOT, polybius_program

DEVELOPERS = {"CONTRIBUTING.md", "bench/README.md", "training/README.md"}
"""Pages whose commands are the project's own tests, or take its data and hours: that their files are there is all that is looked at."""

SHELL = {"polybius", "curl", "mkdir", "printf", "echo", "cat", "cargo"}
SHOWN = {"console", "pycon"}
NOT_COMMANDS = {"toml", "r", "text", "csv", "json", "sql"}


def pages() -> list[str]:
    """The pages of the table of contents."""
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "docs" / "SUMMARY.md").read_text(encoding="utf-8"))
    return [os.path.relpath(ROOT / "docs" / link, ROOT) for link in links]


def blocks(page: str) -> list[tuple[str, str]]:
    """The code blocks of a page, each with its kind: what stands after the fence, or `shell`, `python` or `text` as an indented one begins."""
    found: list[tuple[str, str]] = []
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        start = at
        if lines[at].startswith("```"):
            at += 1
            while not lines[at].startswith("```"):
                at += 1
            found.append((lines[start][3:].strip() or "text", "\n".join(lines[start + 1 : at])))
        elif lines[at].startswith("    ") and (at == 0 or not lines[at - 1].strip()):
            while at < len(lines) and (lines[at].startswith("    ") or not lines[at].strip()):
                at += 1
            text = textwrap.dedent("\n".join(lines[start:at])).strip()
            word = text.split()[0]
            found.append(("shell" if word in SHELL else "python" if word in ("import", "from") else "text", text))
            continue
        at += 1
    return found


def runnable(page: str) -> list[tuple[str, str]]:
    return [block for block in blocks(page) if block[0] in ("shell", "python")]


@pytest.fixture(scope="module")
def news_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pages speak of: articles in several forms, a record of some, a list of names."""
    folder = tmp_path_factory.mktemp("manual")
    (folder / "examples").symlink_to(ROOT / "examples")
    shutil.copytree(ROOT / "examples" / "demo", folder / "news")
    shutil.copy(ARTICLES, folder / "articles.jsonl")
    (folder / "articles").mkdir()
    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), folder / "articles" / "part.parquet")
    (folder / "names.csv").write_text("name,kind,country\nHarbour League,group,KEN\n", encoding="utf-8")
    page = b"<article><h1>Visit</h1><p>Iran denied on Tuesday that it had threatened Turkey.</p></article>"
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head><meta property='article:published_time' content='2025-03-11'></head>" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://outlet.example/visit\r\nContent-Type: application/http\r\nContent-Length: {len(page)}"
    (folder / "news.warc").write_bytes(head.encode() + b"\r\n\r\n" + page + b"\r\n\r\n")
    polybius_program("read", str(folder / "news"), "--record", str(folder / "news.db"))
    return folder


@pytest.mark.parametrize("page", [page for page in pages() if page not in DEVELOPERS and runnable(page)])
def test_the_commands_of_a_page_run(page: str, news_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(news_folder, folder, symlinks=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}")
    servers: list[subprocess.Popen[bytes]] = []
    port = free_port()
    try:
        for kind, text in runnable(page):
            if kind == "python":
                run_python(text)
                continue
            for command in commands(text):
                if command.startswith("polybius serve"):
                    servers.append(subprocess.Popen(["sh", "-c", f"exec {command} --port {port if not servers else 0}"], stdout=subprocess.DEVNULL))
                    until_it_answers(port, servers[-1])
                else:
                    run_shell(command.replace("localhost:7380", f"localhost:{port}"), page)
    finally:
        for server in servers:
            server.terminate()
            server.wait()


def commands(text: str) -> list[str]:
    """The commands of a block: a line each, but for what is fed in until END."""
    found: list[str] = []
    is_fed = False
    for line in text.splitlines():
        if is_fed:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
        is_fed = line.endswith("<<'END'") or (is_fed and line != "END")
    # The project builds and tests itself elsewhere.
    program = (command.replace("cargo run --release --", "polybius") for command in found)
    return [command for command in program if command.strip() and not command.startswith("cargo ")]


def run_shell(command: str, page: str) -> None:
    done = subprocess.run(["sh", "-ec", command], capture_output=True, text=True, check=False)
    accepted = {0}
    if command.startswith("polybius check"):
        # Not every example of ours is right.
        accepted = {0, 1}
    if command.startswith("polybius fetch"):
        # There may be no network, and there is no such outlet; what was asked must be understood, which 2 denies.
        accepted = {0, 1}
    assert done.returncode in accepted, f"{page}: {command}\n{done.stderr}"


def run_python(text: str) -> None:
    """Runs a block with what it takes for granted: a frame of articles, and a session of Spark's."""
    names: dict[str, Any] = {}
    if "frame" in text:
        names["frame"] = pyarrow.parquet.read_table("articles")
    if "spark." not in text:
        exec(text, names)
        return
    pytest.importorskip("pysail.spark")
    import job

    with job.session() as names["spark"]:
        exec(text, names)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def until_it_answers(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(timeout=0.1)
    raise AssertionError("the server does not answer")


@pytest.mark.parametrize("page", pages())
def test_nothing_of_a_page_goes_unrun(page: str) -> None:
    kinds = {kind for kind, _ in blocks(page)}
    assert kinds <= SHOWN | NOT_COMMANDS | {"shell", "python"}, kinds
    for kind, text in blocks(page):
        if kind == "text" and page not in DEVELOPERS:
            assert not re.search(r"^(\$|polybius |python |pip )", text, re.MULTILINE), f"{page} has commands that no test runs:\n{text}"
        if page in DEVELOPERS and kind != "toml":
            for path in re.findall(r"(?<![\w./-])((?:bench|training|tests|examples|docs|\.ci)/[\w/.-]+\.(?:py|sh|mjs|txt))", text):
                assert (ROOT / path).exists(), f"{page}: there is no {path}"


def test_the_columns_that_r_asks_for_are_written(tmp_path: Path, news: Path) -> None:
    out = tmp_path / "events.parquet"
    polybius_program("export", "--record", str(news), "--format", "parquet", "--out", str(out))
    events = set(pyarrow.parquet.read_schema(out).names)
    panel = set(polybius_program("panel", "--record", str(news), "--unit", "dyad-month").split("\n", 1)[0].split(","))
    rows = pa.schema(polybius.code_table([], errors="column"))
    coded = set(rows.names) | {f"{side}_{field.name}" for side in ("actors", "recipients") for field in rows.field(side).type.value_type}
    coded |= set(pa.schema(polybius.code_table([], records="claims")).names)
    text = "\n".join(text for kind, text in blocks("docs/r.md") if kind == "r")
    words = set(re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\bquad\b|\bauxiliary\b|\bperiod\b|\bincidents\b|\barticles\b", text))
    made_in_r = {"read_parquet", "read_csv", "col_types", "as_integer", "group_by", "open_dataset", "names_sep", "stream_in"}
    assert words - made_in_r <= events | panel | coded, words - made_in_r - events - panel - coded
    assert {"actor_countries", "recipient_cow", "quad_4"} <= words


def test_the_codebooks_pages_have_every_type_and_pattern(tmp_path: Path) -> None:
    maker = ROOT / "docs" / "codebook_pages.py"
    if sys.version_info < (3, 11):
        pytest.skip("reading TOML needs Python 3.11")
    printed = subprocess.run([sys.executable, maker, tmp_path / "types"], capture_output=True, text=True, check=True).stdout
    text = "\n".join((tmp_path / path).read_text(encoding="utf-8") for path in re.findall(r"\(([^)]+)\)", printed))
    patterns = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "codebook" / "patterns").glob("*.toml"))
    assert text.count("\n### ") == patterns.count("[[pattern]]\n") > 1000
    ontology = (ROOT / "codebook" / "ontology.toml").read_text(encoding="utf-8")
    assert printed.count("\n") == ontology.count("[[type]]\n") + 2


@pytest.mark.parametrize("page", pages())
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), f"{page}: {link}"
        if anchor and target.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in slugs, f"{page}: {link}"
