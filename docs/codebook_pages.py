"""Writes the codebook's pages: one for each of PLOVER's types, with its modes, every pattern that codes it and the pattern's examples; one of the
patterns that keep words from being an event; one of contexts and sectors.

    python docs/codebook_pages.py FOLDER

Prints the lines of the table of contents. What the pages say stands in ontology.toml and in the patterns; nothing is added here.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

CODEBOOK = Path(__file__).resolve().parents[1] / "codebook"
NOT_SHOWN = ("name", "type", "mode", "example")


def page(one: dict[str, Any], patterns: list[tuple[str, dict[str, Any]]]) -> str:
    """The page of a type."""
    lines = [f"# {one['name']}", "", f"*{one['quad']}*", "", one["definition"].strip(), ""]
    modes = one.get("mode", [])
    if modes:
        lines += ["| mode | meaning |", "|---|---|", *(f"| `{mode['name']}` | {mode['definition'].strip()} |" for mode in modes), ""]
    lines += [f"## Its {len(patterns)} patterns", ""]
    for file, pattern in patterns:
        mode = f" · mode `{pattern['mode']}`" if "mode" in pattern else ""
        lines += [f"### {pattern['name']}", "", f"`{file}`{mode}", "", "```toml"]
        lines += [f"{key} = {toml(value)}" for key, value in pattern.items() if key not in NOT_SHOWN]
        lines += ["```", "", *(f"- {escaped(example['text'])}  → {coded(example['code'])}" for example in pattern.get("example", [])), ""]
    return "\n".join(lines)


def table(title: str, rows: list[dict[str, Any]]) -> str:
    """What stands in a list of the ontology."""
    shown = (f"| `{row['name']}` | {' '.join(row['definition'].split())} |\n" for row in rows)
    return f"## {title}\n\n| name | meaning |\n|---|---|\n{''.join(shown)}\n"


def coded(codes: list[str]) -> str:
    """What an example must give."""
    return ", ".join(f"`{code}`" for code in codes) or "nothing"


def escaped(text: str) -> str:
    """A sentence that no mark of Markdown acts in."""
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|" else character for character in text)


def toml(value: Any) -> str:
    """A value as the codebook writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def main(folder: Path) -> None:
    """Writes a page a type into the folder."""
    ontology = tomllib.loads((CODEBOOK / "ontology.toml").read_text(encoding="utf-8"))
    patterns: list[tuple[str, dict[str, Any]]] = []
    for path in sorted((CODEBOOK / "patterns").glob("*.toml")):
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("pattern", [])
        patterns += [(f"patterns/{path.name}", pattern) for pattern in found]
    folder.mkdir(parents=True, exist_ok=True)
    none = {"name": "NONE", "quad": "no event", "definition": "What looks like an event and is none: where one of these holds, no other codes."}
    for one in (*ontology["type"], none):
        own = [(file, pattern) for file, pattern in patterns if pattern.get("type") == one["name"]]
        path = folder / f"{one['name'].lower()}.md"
        path.write_text(page(one, own), encoding="utf-8")
        print(f"  - [{one['name']}]({folder.name}/{path.name})")
    tables = "".join(table(f"{kind.capitalize()}s", ontology[kind]) for kind in ("context", "sector"))
    (folder / "contexts.md").write_text(f"# Contexts and sectors\n\n{tables}", encoding="utf-8")
    print(f"  - [Contexts and sectors]({folder.name}/contexts.md)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
