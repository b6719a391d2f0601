"""Rows as notebooks show them. Words of articles are evidence: they are escaped, and characters that would act are spelled out."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

SHOWN = 20
"""How many rows of a table are shown."""

_ACTING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STYLES = {"trigger": "background:#ffe08a;color:#000", "participant": "background:#cfe8fc;color:#000"}


def event(row: Mapping[str, Any]) -> str:
    """One event: what, who, whether it happened and who says so, over its sentence with the words marked."""
    kind = row["event_type"] + (f"/{row['mode']}" if row["mode"] else "")
    sides = " → ".join(", ".join(one["name"] for one in side) for side in (row["actors"], row["recipients"]) if side)
    status = [", ".join(row["auxiliary"]) or "happened"]
    status += [f"{link['stance']} {link['speaker']['name']}" for link in row["attribution"]]
    if date := row["date"]:
        status.append(date["start"] if date["start"] == date["end"] else f"{date['start']} – {date['end']}")
    if place := row["place"]:
        status.append(place["name"])
    pattern = row["why"]["pattern"]
    status.append(pattern["name"] if pattern else "the trained reader")
    return (
        f'<div style="margin:.5em 0"><div><b>{_shown(kind)}</b> {_shown(sides or "?")} '
        f'<span style="opacity:.7">{_shown(" · ".join(status))}</span></div>'
        f"<blockquote style=\"margin:.2em 0 0 1em\">{_marked(row)}</blockquote></div>"
    )


def table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], n_rows: int) -> str:
    """The first rows: events with their sentences, others in columns."""
    if rows and "why" in rows[0]:
        text = "".join(event(row) for row in rows)
    else:
        heads = "".join(f"<th>{_shown(column)}</th>" for column in columns)
        lines = ("".join(f"<td>{_cell(row.get(column))}</td>" for column in columns) for row in rows)
        text = f"<table><tr>{heads}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    return text if n_rows <= len(rows) else f"{text}<p>{n_rows - len(rows):,} more rows</p>"


def _marked(row: Mapping[str, Any]) -> str:
    """The sentence with the trigger and, where they do not overlap it or each other, the participants of the sentence marked."""
    trigger = row["why"]["trigger"]
    wanted = [(trigger["start"], trigger["end"], "trigger")]
    wanted += [(one["start"], one["end"], "participant") for one in (*row["actors"], *row["recipients"])]
    marks: list[tuple[int, int, str]] = []
    for start, end, kind in wanted:
        is_free = all(end <= other[0] or other[1] <= start for other in marks)
        if row["start"] <= start < end <= row["end"] and is_free:
            marks.append((start, end, kind))
    text, first, at, shown = row["text"], row["start"], 0, ""
    for start, end, kind in sorted(marks):
        words = _shown(text[start - first : end - first])
        shown += f'{_shown(text[at : start - first])}<mark style="{_STYLES[kind]}">{words}</mark>'
        at = end - first
    return shown + _shown(text[at:])


def _cell(value: object) -> str:
    return "" if value is None else _shown(str(value))


def _shown(text: str) -> str:
    """The text, escaped, with every character spelled out that acts on the direction of writing or is a control."""
    acts = (character in _ACTING or (unicodedata.category(character) == "Cc" and character not in "\n\t") for character in text)
    return html.escape("".join(f"\\u{ord(one):04x}" if act else one for one, act in zip(text, acts)))
