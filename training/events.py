"""Writes training sentences for the event head: which words tell an act of which PLOVER type.

    python events.py POLYBIUS OUT.jsonl

Two sources, both written for the project: the codebook's examples, where the program's own triggers count if the whole sentence comes out as
its example says; and the labelled articles of `examples/set` that `split.toml` lists as `tuned` (never the held ones). Tokens are those of
`polybius annotate`. Words of a trigger that are verbs, nouns or adjectives carry its type, all others "O".
"""
import glob
import json
import os
import subprocess
import sys
import tomllib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
CONTENT = ("VERB", "NOUN", "ADJ", "PROPN", "ADV")


def run(polybius, articles, *arguments):
    text = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    out = subprocess.run([polybius, *arguments, "-"], input=text, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def sentences(document, triggers):
    """The document's sentences with a label a word; `triggers` are (start, end, type) in code points."""
    tokens = document["tokens"]
    for s in document["sentences"]:
        own = tokens[s["first_token"]:s["end_token"]]
        labels = []
        for t in own:
            kinds = [k for a, b, k in triggers if a < t["end"] and t["start"] < b] if t["upos"] in CONTENT else []
            labels.append(kinds[0] if kinds else "O")
        space = [n["start"] > t["end"] for t, n in zip(own, own[1:])] + [True]
        yield dict(words=[t["form"] for t in own], space=space, event=labels)


def examples(polybius):
    expected, articles = {}, []
    for path in sorted(glob.glob(ROOT + "/codebook/patterns/*.toml")):
        for pattern in tomllib.load(open(path, "rb")).get("pattern", []):
            for example in pattern.get("example", []):
                name = f"e{len(articles)}"
                expected[name] = sorted(code.split()[1].split("/")[0] for code in example["code"])
                articles.append(dict(id=name, text=example["text"], published="2024-10-11"))
    found = {}
    for row in run(polybius, articles, "code", "--format", "jsonl"):
        t = row["why"]["trigger"]
        found.setdefault(row["document_id"], []).append((t["start"], t["end"], row["event_type"]))
    for document in run(polybius, articles, "annotate", "--format", "json"):
        triggers = found.get(document["document_id"], [])
        if sorted(k for _, _, k in triggers) == expected[document["document_id"]]:
            yield from sentences(document, triggers)


def articles(polybius):
    folder = ROOT + "/examples/set"
    for name in tomllib.load(open(folder + "/split.toml", "rb"))["tuned"]:
        text = open(f"{folder}/{name}.txt", encoding="utf-8").read()
        triggers = []
        for fact in tomllib.load(open(f"{folder}/expected/{name}.toml", "rb")).get("fact", []):
            at = text.find(fact["quote"].split("…")[0].strip())
            for word in fact["trigger"].split("…"):
                start = text.find(word.strip(), at)
                if at >= 0 and start >= 0:
                    triggers.append((start, start + len(word.strip()), fact["type"][0]))
                    at = start
        for document in run(polybius, [dict(id=name, text=text)], "annotate", "--format", "json"):
            yield from sentences(document, triggers)


def main():
    polybius, out = sys.argv[1:]
    n = [0, 0]
    with open(out, "w", encoding="utf-8") as file:
        for k, source in enumerate((examples(polybius), articles(polybius))):
            for sentence in source:
                n[k] += 1
                file.write(json.dumps(sentence, ensure_ascii=False) + "\n")
    print(n[0], "sentences of examples,", n[1], "of articles", file=sys.stderr)


if __name__ == "__main__":
    main()
