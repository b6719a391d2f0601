"""Fits `codebook/dates.csv` from articles whose acts are dated.

    python dates.py POLYBIUS [FOLDER …]

Each folder is one that `polybius score articles` reads; without any they are `articles/` here, of which those count that have a date, and the
tuned half of `examples/set`. A logistic regression over the signs of each day that may be that of an act, with the pairs of signs whose products
say most beside them. What is left out in turn, a fifth of the articles each, judges; the table is fitted on all.
"""
import itertools
import json
import os
import subprocess
import sys
from collections import Counter

import numpy as np
from sklearn.linear_model import LogisticRegression

from sides import FOLDS, HERE, TABLES, Regression, calibration, matrix, write

STAYS, OUTWEIGHS, FILLS, REPLACES, DOUBTS = .1, .6, .7, .3, .2  # crates/polybius-coder/src/days.rs
PAIRS = 80
STRENGTH, STRENGTH_OF_PAIRS = .05, .01
RARE = 150


def evidence(polybius, *arguments):
    command = [polybius, "score", "dates", "--articles", *arguments, "--evidence", "--codebook", TABLES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    dated = {fact["article"] for fact in facts if fact["is_dated"]}
    return [fact for fact in facts if fact["article"] in dated]


def fit(facts, pairs=None):
    days = [day for fact in facts for day in fact["days"]]
    names = sorted({name for day in days for name in day["signs"]} - {"any"})
    x, y = matrix([day["signs"] for day in days], names), np.array([day["is_right"] for day in days])
    if pairs is None:
        alone = Regression(names, [], x, [y], STRENGTH)
        z = (x - alone.mean) / alone.scale
        chosen = [(a, b) for a, b in itertools.combinations(range(len(names)), 2) if np.count_nonzero(x[:, a] * x[:, b]) > RARE]
        q = np.stack([x[:, a] * x[:, b] for a, b in chosen], 1)
        q = (q - q.mean(0)) / np.maximum(q.std(0), .1)
        weight = np.abs(LogisticRegression(C=STRENGTH_OF_PAIRS, max_iter=300).fit(np.hstack([z, q]), y).coef_[0][len(names):])
        pairs = [(names[a], names[b]) for a, b in (chosen[k] for k in np.argsort(-weight)[:PAIRS])]
    at = [(names.index(a), names.index(b)) for a, b in pairs if a in names and b in names]
    return Regression(names, at, x, [y], STRENGTH), pairs


def choose(days, likely):
    """The day as `days.rs` chooses it."""
    if not days:
        return None
    k = int(likely.argmax())
    ruled = next((k for k, day in enumerate(days) if day["signs"].get("by the rules")), None)
    if ruled is None:
        return days[k] if likely[k] >= FILLS else None
    if not days[ruled]["told"]:
        if likely[k] >= REPLACES:
            return days[k]
        return days[ruled] if likely[ruled] >= STAYS or likely[k] < DOUBTS else None
    if likely[k] >= OUTWEIGHS and 2 * likely[ruled] < OUTWEIGHS:
        return days[k]
    return days[ruled] if likely[ruled] >= STAYS else None


def count(figures, fact, chosen):
    """As `score dates` counts: of an act without a date, only a day that words of the sentence tell."""
    given = chosen is not None and (fact["is_dated"] or chosen["told"])
    figures += Counter(right=int(given and chosen["is_right"]), gold=int(fact["is_dated"]), given=int(given))


def shown(figures):
    p, r = figures["right"] / max(1, figures["given"]), figures["right"] / max(1, figures["gold"])
    return f"precision {p:.3f} recall {r:.3f} F1 {2 * p * r / max(.001, p + r):.3f}"


def main():
    polybius, folders = sys.argv[1], sys.argv[2:]
    facts = [fact for folder in folders for fact in evidence(polybius, folder)]
    if not folders:
        facts = evidence(polybius, os.path.join(HERE, "articles")) + evidence(polybius, os.path.join(HERE, "../examples/set"), "--split", "tuned")
    articles = sorted({fact["article"] for fact in facts})
    order = np.random.RandomState(1).permutation(len(articles))
    fold = {articles[k]: rank % FOLDS for rank, k in enumerate(order)}
    whole, pairs = fit(facts)
    rules, best, weighed, p, y = Counter(), Counter(), Counter(), [], []
    for out in range(FOLDS):
        model, _ = fit([fact for fact in facts if fold[fact["article"]] != out], pairs)
        for fact in (fact for fact in facts if fold[fact["article"]] == out):
            days = fact["days"]
            likely = model.predict(matrix([day["signs"] for day in days], model.names))[:, 0] if days else np.zeros(0)
            p += list(likely)
            y += [day["is_right"] for day in days]
            count(rules, fact, next((day for day in days if day["signs"].get("by the rules")), None))
            count(best, fact, next((day for day in days if day["is_right"]), None))
            count(weighed, fact, choose(days, likely))
    print(f"{len(facts)} acts of {len(articles)} articles, {sum(fact['is_dated'] for fact in facts)} with a date")
    for name, figures in (("by the rules", rules), ("weighed", weighed), ("the best that could be chosen", best)):
        print(f"  {name}:", shown(figures))
    print(f"calibration error {calibration(np.array(p), np.array(y)):.3f}")
    write("dates.csv", ["signs", "points"], whole.table())


if __name__ == "__main__":
    main()
