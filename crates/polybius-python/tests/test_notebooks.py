"""The notebooks run from the example articles, and show what they are there to show; skipped where what runs them is not installed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import PROGRAM, ROOT

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")
pytest.importorskip("matplotlib")

SHOWN = {"first_steps": "text/html", "a_dyad": "image/png", "claims_and_expectations": "text/plain"}


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}")
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    outputs: list[Any] = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any(SHOWN[name] in output.get("data", {}) for output in outputs)
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert last.outputs, "the last cell shows nothing"


def test_notebooks_are_kept_without_what_they_showed() -> None:
    notebooks: list[Path] = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert {path.stem for path in notebooks} == set(SHOWN)
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), path.name
