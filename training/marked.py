"""Reads sentences whose actors and acts are marked inline: what the reader of acts learns from (`acts/*.txt`).

    {a|Kenya's foreign ministry} <accused|ACCUSE/allege a>b> {b|Ethiopia} of <arming|AID/- b>c +hyp> {c|the rebels}.

`{id|words}` mentions an actor; mentions of one actor share an id and may hold one another. `<words|TYPE/mode who>whom flags>` tells an act;
`who=whom` one that each does to the other; `-` nobody. Flags: `+neg +fut +hyp +hist`. No line break within a sentence.

    python marked.py [FOLDER]       says which lines are malformed, and counts
"""
import collections
import glob
import os
import re
import sys
import tomllib
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ("neg", "fut", "hyp", "hist")
TAIL = re.compile(r"([A-Z]+)/([a-z\-]+) ([a-z]+|-)?([>=])([a-z]+|-)?((?: \+(?:%s))*)>" % "|".join(FLAGS))


def ontology_modes():
    """The modes of each type, by the type's name."""
    types = tomllib.load(open(HERE + "/../codebook/ontology.toml", "rb"))["type"]
    return {t["name"]: {m["name"] for m in t.get("mode", [])} for t in types}


MODES = ontology_modes()


@dataclass
class Act:
    """One act: its trigger in code points, who does it and to whom by mention id."""
    type: str
    mode: str
    start: int
    end: int
    actors: str
    recipients: str
    mutual: bool
    flags: list


def parse(line):
    """The plain text, the mentions as (id, start, end), and the acts; `ValueError` says what is malformed."""
    text, mentions, acts, still_open = [], [], [], []
    n = i = 0
    while i < len(line):
        c = line[i]
        if c == "{":
            m = re.match(r"\{([a-z])\|", line[i:])
            if not m:
                raise ValueError("a mention without an id: " + line[i:i + 25])
            still_open.append((m[1], n))
            i += m.end()
        elif c == "}":
            if not still_open:
                raise ValueError("} without {")
            key, start = still_open.pop()
            mentions.append((key, start, n))
            i += 1
        elif c == "<":
            bar = end_of_trigger(line, i + 1)
            words, inside, _ = parse(line[i + 1:bar])
            mentions += [(key, n + a, n + b) for key, a, b in inside]
            m = TAIL.match(line[bar + 1:])
            if not m:
                raise ValueError("not `TYPE/mode who>whom`: " + line[bar + 1:bar + 40])
            acts.append(act(m, n, n + len(words)))
            text.append(words)
            n += len(words)
            i = bar + 1 + m.end()
        elif c in "|>":
            raise ValueError(f"a stray {c}: " + line[max(0, i - 20):i + 10])
        else:
            text.append(c)
            n += 1
            i += 1
    if still_open:
        raise ValueError("a mention is not closed")
    known = {key for key, _, _ in mentions}
    for a in acts:
        for key in a.actors + a.recipients:
            if key not in known:
                raise ValueError(f"{a.type} names {key}, which is not marked")
    return "".join(text), mentions, acts


def end_of_trigger(line, start):
    depth = 0
    for j in range(start, len(line)):
        depth += (line[j] == "{") - (line[j] == "}")
        if line[j] == "|" and depth == 0:
            return j
    raise ValueError("a trigger without |")


def act(m, start, end):
    kind, mode, who, sign, whom, flags = m.groups()
    if kind not in MODES:
        raise ValueError(f"no such type: {kind}")
    if mode != "-" and mode not in MODES[kind]:
        raise ValueError(f"{kind} has no mode {mode}; it has {sorted(MODES[kind])}")
    side = lambda keys: "" if keys in (None, "-") else keys
    return Act(kind, "" if mode == "-" else mode, start, end, side(who), side(whom), sign == "=", re.findall(r"\+(\w+)", flags))


def read(folder, bad=None):
    """The sentences of all files under `folder`: (file:line, text, mentions, acts). Malformed lines go to `bad`, or raise."""
    for path in sorted(glob.glob(folder + "/**/*.txt", recursive=True)):
        for k, line in enumerate(open(path, encoding="utf-8"), 1):
            if not line.strip():
                continue
            try:
                yield (f"{os.path.relpath(path, folder)}:{k}", *parse(line.strip()))
            except ValueError as error:
                if bad is None:
                    raise ValueError(f"{path}:{k}: {error}") from error
                bad.append(f"{path}:{k}: {error}")


def main():
    bad, types, n, without = [], collections.Counter(), 0, 0
    for _, _, _, acts in read(sys.argv[1] if len(sys.argv) > 1 else HERE + "/acts", bad):
        n += 1
        without += not acts
        types.update(a.type for a in acts)
    print(*bad, sep="\n")
    print(n, "sentences,", without, "without an act,", len(bad), "malformed;", ", ".join(f"{t} {types[t]}" for t in MODES))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
