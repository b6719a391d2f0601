"""Gathers what the reader of acts learns from, in the tokens and sentences of `polybius annotate`.

    python acts_prepare.py POLYBIUS DATA OUT.jsonl

Five sources: the marked sentences of `acts/` (`marked.py`); those of open corpora in DATA (`open_corpora.py`); the codebook's examples, as
the program reads them where that is what the example says; the labelled articles of `press/`, which tell triggers with the types that may
be read in them; and those that `examples/set/split.toml` lists as tuned, which are only measured on.
A sentence is {words, space, tokens (as `features.py` has them), from (file:line of a marked one), mentions: [[id, start, end, head]],
acts: [{label, words, actors, recipients, mutual, flags, admits, sure}]}, all in words; `actors` and `recipients` are mention ids, or null where
nobody labelled them. `admits` lists the types that readers accept, in any mode, instead of the one label; what is not `sure` may be no act.
"""
import glob
import json
import os
import subprocess
import sys
import tomllib

import marked
import open_corpora
from features import KINDS

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
FLAG = {"negation": "neg", "future": "fut", "hypothetical": "hyp", "historical": "hist"}
CONTENT = ("VERB", "NOUN", "ADJ", "PROPN", "ADV", "ADP")


def run(polybius, articles, *arguments):
    text = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    out = subprocess.run([polybius, *arguments, "-"], input=text, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def label(kind, mode):
    return f"{kind}/{mode}" if mode else kind


def sentences(document, mentions, acts, source):
    """The document's sentences; `mentions` are (id, start, end) and `acts` dicts with start and end, in code points."""
    tokens = document["tokens"]
    for s in document["sentences"]:
        base, end = s["first_token"], s["end_token"]
        own = tokens[base:end]

        def within(a, b):
            return [i for i, t in enumerate(own) if a < t["end"] and t["start"] < b]

        kept = []
        for key, a, b in mentions:
            words = within(a, b)
            if words and own[0]["start"] <= a:
                inside = set(words)
                head = next((i for i in words if own[i]["head"] is None or own[i]["head"] - base not in inside), words[0])
                kept.append([key, words[0], words[-1] + 1, head])
        ids = {m[0] for m in kept}
        told = []
        for act in acts:
            words = within(act["start"], act["end"])
            if not words:
                continue
            # Small words within a trigger tell nothing of their own.
            words = [i for i in words if own[i]["upos"] in CONTENT] or words
            side = lambda keys: None if keys is None else [k for k in keys if k in ids]
            told.append(dict(label=act["label"], words=words, actors=side(act["actors"]), recipients=side(act["recipients"]),
                             mutual=act["mutual"], flags=act["flags"], **{k: act[k] for k in ("admits", "sure", "sides") if k in act}))
        rows = [[t["form"], t["lemma"], t["upos"], t["xpos"], None if t["head"] is None else t["head"] - base, t["relation"], ""] for t in own]
        for m in document["mentions"]:
            for i in within(m["start"], m["end"]) if m["kind"] in KINDS else ():
                rows[i][6] = m["kind"]
        space = [n["start"] > t["end"] for t, n in zip(own, own[1:])] + [True]
        yield dict(words=[t["form"] for t in own], space=space, tokens=rows, mentions=kept, acts=told, **{"from": source})


def from_marked(polybius, rows):
    rows = list(rows)
    articles = [dict(id=f"m{k}", text=text) for k, (_, text, _, _) in enumerate(rows)]
    for document in run(polybius, articles, "annotate", "--format", "json"):
        place, _, mentions, acts = rows[int(document["document_id"][1:])]
        acts = [dict(label=label(a.type, a.mode), start=a.start, end=a.end, actors=list(a.actors), recipients=list(a.recipients),
                     mutual=a.mutual, flags=a.flags) for a in acts]
        yield from sentences(document, mentions, acts, place)


def from_examples(polybius):
    expected, articles = {}, []
    for path in sorted(glob.glob(ROOT + "/codebook/patterns/*.toml")):
        for pattern in tomllib.load(open(path, "rb")).get("pattern", []):
            for example in pattern.get("example", []):
                name = f"e{len(articles)}"
                expected[name] = sorted(code.split()[1].split("/")[0] for code in example["code"])
                articles.append(dict(id=name, text=example["text"], published="2024-10-11"))
    found = {}
    for row in run(polybius, articles, "code", "--format", "jsonl", "--min-confidence", "0"):
        if row["why"]["pattern"]:
            found.setdefault(row["document_id"], []).append(row)
    for document in run(polybius, articles, "annotate", "--format", "json"):
        rows = found.get(document["document_id"], [])
        if sorted(row["event_type"] for row in rows) != expected[document["document_id"]]:
            continue
        ids, mentions = {}, []
        name = lambda span: ids.setdefault((span["start"], span["end"]), len(ids))
        acts = []
        for row in rows:
            sides = [[name(p) for p in row[side]] for side in ("actors", "recipients")]
            t = row["why"]["trigger"]
            mutual = len(sides[0]) > 1 and not sides[1]
            acts.append(dict(label=label(row["event_type"], row["mode"]), start=t["start"], end=t["end"], actors=sides[0],
                             recipients=sides[0] if mutual else sides[1], mutual=mutual, flags=[FLAG[f] for f in row["auxiliary"] if f in FLAG]))
        for m in document["mentions"]:
            if m["kind"] in ("PERSON", "ORG", "GPE", "NORP", "PRONOUN") and not any(a < m["end"] and m["start"] < b for a, b in ids):
                name(m)
        mentions = [(key, a, b) for (a, b), key in ids.items()]
        yield from sentences(document, mentions, acts, "codebook")


def head_of(sentence, words):
    """The word of a trigger that the others hang on."""
    return next((w for w in words if sentence["tokens"][w][4] not in words), words[0])


def score(polybius, folder, *arguments):
    """The JSON lines that `polybius score articles` prints of a folder."""
    done = subprocess.run([polybius, "score", "articles", folder, *arguments], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def labelled(polybius, folder, names):
    """Of each of the articles in a folder: its name, its document, and its facts whose trigger stands in it, with the trigger's start and end."""
    texts = {name: open(f"{folder}/{name}.txt", encoding="utf-8").read() for name in sorted(names)}
    for document in run(polybius, [dict(id=name, text=text) for name, text in texts.items()], "annotate", "--format", "json"):
        name = document["document_id"]
        facts = tomllib.load(open(f"{folder}/expected/{name}.toml", "rb")).get("fact", [])
        triggers = [(fact, trigger_in(texts[name], fact)) for fact in facts]
        yield name, document, [(fact, trigger) for fact, trigger in triggers if trigger]


def trigger_in(text, fact):
    """Where the first part of a fact's trigger stands, from the beginning of its quote on."""
    words = fact["trigger"].split("…")[0].strip()
    at = text.find(fact["quote"].split("…")[0].strip())
    start = text.find(words, at)
    return (start, start + len(words)) if at >= 0 and start >= 0 else None


def from_articles(polybius, folder, source, *arguments):
    """Labelled articles: an act stands at the word that heads its trigger, and the trigger's other words may tell it too. Its sides are who,
    of those that the program has in view in the same words, is what readers named."""
    judged = {}
    for act in score(polybius, folder, *arguments, "--evidence"):
        judged.setdefault(act["article"], []).append(act)
    for name, document, facts in labelled(polybius, folder, judged):
        found, acts, ids = judged[name], [], {}
        for fact, (start, end) in facts:
            seen = [one for one in found if one["is_fact"] and one["trigger"][0] < end and start < one["trigger"][1]]
            sides = [None, None]
            for k, side in enumerate(("actor", "recipient")):
                away = lambda one, words: words[1] <= one["trigger"][0] or one["trigger"][1] <= words[0]
                named = [tuple(c["words"]) for one in seen for c in one["candidates"] if c[side] and away(one, c["words"])]
                sides[k] = [ids.setdefault(words, len(ids)) for words in named] if seen else None
            who, whom = fact.get("who", []), fact.get("whom", [])
            # Of two parties of one country the program keeps one mention.
            if sides[0] and set(sides[0]) & set(sides[1]):
                sides = [None, None]
            flags = [FLAG[f] for f in fact.get("aux", []) if f in FLAG]
            acts.append(dict(label=label(fact["type"][0], fact.get("mode", "")), start=start, end=end, actors=sides[0], recipients=sides[1],
                             mutual=len(who) > 1 and not whom, flags=flags, admits=fact["type"], sure=not fact.get("optional", False)))
        mentions = [(key, a, b) for (a, b), key in ids.items()]
        for sentence in sentences(document, mentions, acts, source):
            told = []
            for act in sentence["acts"]:
                head = head_of(sentence, act["words"])
                others = [w for w in act["words"] if w != head]
                told += [{**act, "words": others, "actors": None, "recipients": None, "sure": False}] if others else []
                told.append({**act, "words": [head]})
            # What is told surely counts where triggers overlap.
            sentence["acts"] = sorted(told, key=lambda act: act["sure"])
            yield sentence


def main():
    polybius, data, out = sys.argv[1:4]
    n, bad = {}, []
    written = from_marked(polybius, marked.read(ROOT + "/training/acts", bad))
    opened = from_marked(polybius, open_corpora.read(data))
    press = from_articles(polybius, ROOT + "/training/press", "press")
    measured = from_articles(polybius, ROOT + "/examples/set", "articles", "--split", "tuned")
    with open(out, "w", encoding="utf-8") as file:
        for found in (written, opened, from_examples(polybius), press, measured):
            for sentence in found:
                source = sentence["from"].split(":")[0]
                n[source] = n.get(source, 0) + 1
                file.write(json.dumps(sentence, ensure_ascii=False) + "\n")
    print(*bad, n, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
