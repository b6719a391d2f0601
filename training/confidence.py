"""Fits the weights by which an event's confidence is reckoned (`crates/polybius-coder/src/confidence.rs`).

    python confidence.py POLYBIUS [MARKED.held.txt …]

The program codes held-out marked sentences with every event it can think of (`--min-confidence 0`). An event is right if a marked act has its
type (CONCEDE and RETREAT may stand for each other), one of its actors and one of its recipients. A logistic regression over what the event's
row says of its evidence gives the weights; two thirds of the sentences are fitted, the last third judges. The constants printed last, fitted on
all, are those of the program.
"""
import glob
import json
import math
import os
import sys
from collections import defaultdict

import torch

import marked
from acts_prepare import run

NAMES = ["BIAS", "UNHEARD", "PATTERN", "TYPE", "TYPE_OF_PATTERN", "ACTOR", "NO_ACTOR", "RECIPIENT", "NO_RECIPIENT", "MISSED", "TAKEN_UP", "UNKNOWN", "NO_FACT"]


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
            float(not row["recipients"]), logit(reader["missed"]) - logit(0) if heard else 0.0, float(bool(how & {"pronoun", "coreference"})),
            float(bool(how & {"unknown name", "described"})), float(bool(row["auxiliary"]))]


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


def fit(x, y):
    w = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y) + 1e-3 * (w[1:] ** 2).sum()
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
    x, y, fold = torch.tensor(x), torch.tensor(y), torch.tensor(fold)
    n_acts = sum(len(acts) for _, _, acts in parsed)
    w = fit(x[fold < 2], y[fold < 2])
    p, right = torch.sigmoid(x[fold == 2] @ w), y[fold == 2]
    bins = (p * 10).long().clamp(max=9)
    error = sum(abs(p[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in range(10) if (bins == b).any()) / len(p)
    print(len(lines), "sentences,", n_acts, "acts,", len(rows), "events thought of, of which right", int(y.sum()))
    print(f"judged on a third: expected error {error:.3f}")
    for least in (.3, .4, .5, .6, .7, .8):
        taken = p >= least
        print(f"  from {least}: {int(taken.sum())} events, precision {right[taken].mean():.3f}, of all right {right[taken].sum() / right.sum():.3f}")
    for name, value in zip(NAMES, fit(x, y)):
        print(f"    const {name}: f32 = {value:.3f};")


if __name__ == "__main__":
    main()
