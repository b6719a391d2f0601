"""Fits the weights by which an event's confidence is reckoned (`crates/polybius-coder/src/confidence.rs`).

    python confidence.py POLYBIUS [MARKED.held.txt …]

The program codes held-out marked sentences, and the tuned articles of `examples/set`, with every event it can think of (`--min-confidence 0`).
An event of a sentence is right if a marked act has its type (CONCEDE and RETREAT may stand for each other), one of its actors and one of its
recipients; one of an article if a fact in whose words it stands has its type and all its sides. A logistic regression over what the event's row
says of its evidence gives the weights; two thirds of the texts are fitted, the last third judges. The constants printed last, fitted on all, are
those of the program.
"""
import glob
import json
import math
import os
import sys
import tomllib

import torch

import marked
from acts_prepare import run

NAMES = ["BIAS", "UNHEARD", "PATTERN", "TYPE", "TYPE_OF_PATTERN", "ACTOR", "NO_ACTOR", "RECIPIENT", "NO_RECIPIENT", "MISSED", "TAKEN_UP", "UNKNOWN", "NOBODY", "NO_FACT"]


def logit(p):
    p = min(max(p, .01), .99)
    return math.log(p / (1 - p))


def evidence(row):
    """The numbers of `confidence.rs`, in its order."""
    reader = row["why"]["reader"] or dict(event_type=0, actor=None, recipient=None, missed=0)
    pattern = float(row["why"]["pattern"] is not None)
    how = {p["resolved_by"] for p in row["actors"] + row["recipients"]}
    kind, heard = logit(reader["event_type"]), row["why"]["reader"] is not None
    side = lambda p: logit(p) if heard and p is not None else 0.0
    return [1.0, float(not heard), pattern, kind, pattern * kind, side(reader["actor"]), float(not row["actors"]), side(reader["recipient"]),
            float(not row["recipients"]), logit(reader["missed"]) - logit(0) if heard else 0.0, float(bool(how & {"pronoun", "coreference", "scene"})),
            float(bool(how & {"unknown name", "described"})),
            float(any(p["country"] is None and p["entity"] is None for p in row["actors"] + row["recipients"])), float(bool(row["auxiliary"]))]


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def judge(row, mentions, acts):
    """Whether the event is one of the marked acts."""
    spans = lambda side: [(p["start"], p["end"]) for p in side]
    who, whom = spans(row["actors"]), spans(row["recipients"])
    for act in acts:
        same = act.type == row["event_type"] or {act.type, row["event_type"]} == {"CONCEDE", "RETREAT"}
        both = set(act.actors) | set(act.recipients)
        heads = lambda keys: [(a, b) for k, a, b in mentions if k in keys]
        actors, recipients = (heads(both), heads(both)) if act.mutual else (heads(act.actors), heads(act.recipients))
        touches = lambda found, gold: not gold or any(overlaps(x, y) for x in found for y in gold)
        if same and touches(who, actors) and touches(whom or (who if act.mutual else []), recipients):
            return True
    return False


def is_fact(row, text, facts):
    """Whether the event of an article is a fact in whose words its trigger stands; None where careful readers may differ."""
    trigger, fold = row["why"]["trigger"], lambda name: "".join(c for c in name.lower() if c.isalnum())
    is_any = lambda side, wanted: any(wanted == p["country"] or fold(wanted) in (fold(p["name"]), fold(p["text"]), fold(p["entity"] or "")) for p in side)
    verdict = False
    for fact in facts:
        at = text.find(fact["quote"].split("…")[0].strip())
        if at < 0 or not (trigger["start"] < at + len(fact["quote"]) and at < trigger["end"]):
            continue
        who, whom = fact.get("who", []), fact.get("whom", [])
        open_ = set(who) & set(whom)
        full = lambda side, wanted: all(is_any(side, w) for w in wanted) or (open_ and any(is_any(side, w) for w in wanted))
        if row["event_type"] in fact["type"] and full(row["actors"], who) and full(row["recipients"] or row["actors"], whom):
            return True
        verdict = None if fact.get("optional") else verdict
    return verdict


def article_rows(polybius):
    """(row, right) of the events of the tuned articles."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../examples/set")
    for name in tomllib.load(open(folder + "/split.toml", "rb"))["tuned"]:
        text = open(f"{folder}/{name}.txt", encoding="utf-8").read()
        facts = tomllib.load(open(f"{folder}/expected/{name}.toml", "rb")).get("fact", [])
        article = dict(id=name, text=text, published=name.split("_")[1])
        for row in run(polybius, [article], "code", "--min-confidence", "0", "--format", "jsonl"):
            right = is_fact(row, text, facts)
            if right is not None:
                yield row, right


def fit(x, y, weight):
    w = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y, weight) + 1e-3 * (w[1:] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return w.detach()


def main():
    polybius = sys.argv[1]
    files = sys.argv[2:] or sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "acts/*.held.txt")))
    lines = [line.strip() for path in files for line in open(path, encoding="utf-8") if line.strip()]
    parsed = [marked.parse(line) for line in lines]
    articles = [dict(id=str(k), text=text, published="2024-06-01") for k, (text, _, _) in enumerate(parsed)]
    rows = run(polybius, articles, "code", "--min-confidence", "0", "--format", "jsonl")
    x, y, fold = [], [], []
    for row in rows:
        k = int(row["document_id"])
        x.append(evidence(row))
        y.append(float(judge(row, *parsed[k][1:])))
        fold.append(k % 3)
    n_sentences = len(rows)
    for k, (row, right) in enumerate(article_rows(polybius)):
        x.append(evidence(row))
        y.append(float(right))
        fold.append(k // 20 % 3)
    print(len(y) - n_sentences, "events of articles, of which right", int(sum(y[n_sentences:])))
    x, y, fold = torch.tensor(x), torch.tensor(y), torch.tensor(fold)
    # Articles are what the program is for, but few: both kinds of text count alike.
    weight = torch.where(torch.arange(len(y)) < n_sentences, 1.0, n_sentences / (len(y) - n_sentences))
    n_acts = sum(len(acts) for _, _, acts in parsed)
    w = fit(x[fold < 2], y[fold < 2], weight[fold < 2])
    p, right = torch.sigmoid(x[fold == 2] @ w), y[fold == 2]
    bins = (p * 10).long().clamp(max=9)
    error = sum(abs(p[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in range(10) if (bins == b).any()) / len(p)
    print(len(lines), "sentences,", n_acts, "acts,", len(rows), "events thought of, of which right", int(y[:n_sentences].sum()))
    print(f"judged on a third: expected error {error:.3f}")
    of_article = (torch.arange(len(y)) >= n_sentences)[fold == 2]
    for kind, own in (("sentences", ~of_article), ("articles", of_article)):
        for least in (.2, .3, .4, .5, .6, .7):
            taken = own & (p >= least)
            print(f"  {kind} from {least}: {int(taken.sum())} events, precision {right[taken].mean():.3f}, of all right {right[taken].sum() / right[own].sum():.3f}")
    for name, value in zip(NAMES, fit(x, y, weight)):
        print(f"    const {name}: f32 = {value:.3f};")


if __name__ == "__main__":
    main()
