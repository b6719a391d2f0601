"""Fits `codebook/sides.csv` and `codebook/confidence.csv` from articles with all events labelled.

    python sides.py POLYBIUS [FOLDER …]

Each folder is one that `polybius score articles` reads; without any they are `articles/` here and the tuned half of `examples/set`. Of
`articles/` each sentence is learned from once more as an article of its own, for sides only, so that the signs know what little a sentence tells.

Sides: two logistic regressions over the signs of each candidate of each act that the reader finds too, one for actors and one for recipients,
with the pairs of signs whose products say most beside them. Confidence: one over the signs of each act, with sides as they are chosen by
regressions that have not seen its article. Both have bounds too, for signs of which there may be more or less: what there is over a bound counts
apart, so that the likelier need not count in proportion. What is left out in turn, a fifth of the articles each, judges; the tables are fitted on all.
The program prints the signs with the tables that are there, and what was told before is one of them: run it twice.
"""
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib

import numpy as np
from sklearn.linear_model import LogisticRegression

STAYS, JOINS, OUTWEIGHS, FILLS, BOTH = .3, .8, .6, .25, .8  # crates/polybius-coder/src/sides.rs
FEW, NONE = .3, .1  # crates/polybius-coder/src/confidence.rs
PAIRS = 60
STRENGTH, STRENGTH_OF_PAIRS, STRENGTH_OF_EVENTS = .03, .003, .02
RARE, FOLDS = 300, 5
SHARES_OF_SIDES, SHARES_OF_EVENTS = (.3, .5, .7, .85, .95), (.15, .3, .5, .7, .85)
OF_SIDES = ["least actor", "most actor", "next actor", "least recipient", "most recipient", "next recipient", "no actor", "no recipient", "alone", "several actors"]
HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../codebook")


def logit(p):
    p = min(max(p, .01), .99)
    return float(np.log(p / (1 - p)))


def bounds_of(x, shares):
    """(sign, bound) where that share of what there is of a sign, if it has many values, lies below."""
    found = []
    for k in range(x.shape[1]):
        own = x[x[:, k] != 0, k]
        if len(np.unique(own.round(3))) > 12:
            found += [(k, float(bound)) for bound in np.unique(np.quantile(own, shares).round(2))]
    return found


class Regression:
    """Over named signs, pairs of them and what there is of them over bounds; knows its points for raw values."""

    def __init__(self, names, pairs, x, ys, strength, bounds=()):
        self.names, self.pairs, self.bounds = names, pairs, bounds
        x = self.columns(x)
        self.mean, self.scale = x.mean(0), np.maximum(x.std(0), .1)
        z = (x - self.mean) / self.scale
        fits = [LogisticRegression(C=strength, max_iter=1000).fit(z, y) for y in ys]
        self.points = np.array([f.coef_[0] / self.scale for f in fits])
        self.any = np.array([f.intercept_[0] for f in fits]) - self.points @ self.mean

    def columns(self, x):
        both = [(x[:, a] * x[:, b])[:, None] for a, b in self.pairs]
        return np.hstack([x] + both + [np.maximum(0, x[:, k] - bound)[:, None] for k, bound in self.bounds])

    def predict(self, x):
        return 1 / (1 + np.exp(-(self.columns(x) @ self.points.T + self.any)))

    def table(self):
        labels = self.names + [f"{self.names[a]} & {self.names[b]}" for a, b in self.pairs]
        labels += [f"{self.names[k]} > {bound:g}" for k, bound in self.bounds]
        rows = [("any", self.any)] + [(label, self.points[:, k]) for k, label in enumerate(labels)]
        return [[label] + [f"{p:.3f}" for p in points] for label, points in rows if np.abs(points).max() >= .0005]


def matrix(signs, names):
    at = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(signs), len(names)))
    for row, one in zip(x, signs):
        for name, much in one.items():
            if name in at:
                row[at[name]] = much
    return x


def fit_sides(acts, pairs=None):
    candidates = [c for act in acts if act["is_fact"] for c in act["candidates"]]
    names = sorted({name for c in candidates for name in c["signs"]} - {"any"})
    x = matrix([c["signs"] for c in candidates], names)
    ys = [np.array([c[side] for c in candidates]) for side in ("actor", "recipient")]
    if pairs is None:
        alone = Regression(names, [], x, ys, STRENGTH)
        z = (x - alone.mean) / alone.scale
        chosen = [(a, b) for a, b in itertools.combinations(range(len(names)), 2) if np.count_nonzero(x[:, a] * x[:, b]) > RARE]
        q = np.stack([x[:, a] * x[:, b] for a, b in chosen], 1)
        q = (q - q.mean(0)) / np.maximum(q.std(0), .1)
        weight = sum(np.abs(LogisticRegression(C=STRENGTH_OF_PAIRS, max_iter=200).fit(np.hstack([z, q]), y).coef_[0][len(names):]) for y in ys)
        pairs = [(names[a], names[b]) for a, b in (chosen[k] for k in np.argsort(-weight)[:PAIRS])]
    at = [(names.index(a), names.index(b)) for a, b in pairs if a in names and b in names]
    return Regression(names, at, x, ys, STRENGTH, bounds_of(x, SHARES_OF_SIDES)), pairs


def by_rules(act):
    """The sides as the rules have them: for each the candidates, by their numbers."""
    return [{k for k, c in enumerate(act["candidates"]) if c["signs"].get(sign)} for sign in ("acts", "struck")]


def choose(act, likely):
    """The sides as `sides.rs` chooses them."""
    rules, sides = by_rules(act), []
    for side in (0, 1):
        if side and act["mutual"]:
            sides.append(set())
            continue
        p, rule, other = likely[:, side], rules[side], rules[1] if not side else sides[0]
        if not side and any(c["signs"].get("asserted") for c in act["candidates"]):
            sides.append(rule)
            continue
        chosen = {k for k in rule if p[k] >= STAYS}
        tells = {k for k, c in enumerate(act["candidates"]) if c["signs"].get("speaker") and c["signs"].get("force")}
        more = sorted((k for k in range(len(p)) if k not in rule and k not in other and k not in tells), key=lambda k: -p[k])
        if not side and not act["mutual"] and not rules[1] and not any(c["signs"].get("at home") for c in act["candidates"]):
            struck_last = lambda signs: signs.get("struck last so") and not signs.get("acted last so")
            more = [k for k in more if not struck_last(act["candidates"][k]["signs"])]
            left = [k for k in more if p[k] >= likely[k, 1]]
            more = left if left and p[left[0]] >= FILLS else more
        own = sorted((k for k in other if k not in rule and p[k] >= BOTH and k not in tells), key=lambda k: -p[k])
        joining = {k for k in more if p[k] >= JOINS}
        if not joining and chosen:
            joining = {k for k in more[:1] if p[k] >= OUTWEIGHS > max(p[k] for k in chosen)}
            chosen = set() if joining else chosen
        elif not joining:
            joining = {k for k in more[:1] if p[k] >= FILLS} or set(own[:1])
        chosen |= joining
        sides.append(chosen or rule)
    return sides


def is_right(act, sides):
    if not act["is_fact"]:
        return False
    actors, recipients = sides
    recipients = recipients or actors

    def holds(side, name, n):
        named = {k for k, c in enumerate(act["candidates"]) if c[name]}
        return not n or len(side & named) >= min(n, max(1, len(named)))

    return holds(actors, "actor", act["who"]) and holds(recipients, "recipient", act["whom"])


def signs_of(act, sides, likely):
    """The signs of `confidence.rs`, those that depend on the sides anew."""
    signs = {name: much for name, much in act["signs"].items() if name not in OF_SIDES}
    actors, recipients = sides
    mutual = act["mutual"]
    for number, (side, name) in enumerate(((actors, "actor"), (recipients, "recipient"))):
        if number and mutual:
            continue
        p = likely[:, number]
        chosen, left = [p[k] for k in side], [p[k] for k in range(len(p)) if k not in side]
        signs[f"least {name}"] = logit(min(chosen, default=FEW))
        signs[f"most {name}"] = logit(max(chosen, default=NONE))
        signs[f"next {name}"] = logit(max(left, default=0))
    signs["no actor"] = float(not actors)
    signs["no recipient"] = float(not recipients and not mutual)
    signs["alone"] = float(mutual and len(actors) < 2)
    signs["several actors"] = float(len(actors) > 1)
    return signs


def has_all(act, sides):
    acts, struck = bool(sides[0]) or act["described"][0], bool(sides[1]) or len(sides[0]) > 1 or act["described"][1]
    return {"both": acts and struck, "actor": acts, "recipient": struck, "either": acts or struck}[act["needs"]] or not act["signs"].get("incomplete")


def calibration(p, y):
    rows = [(p >= low) & (p < low + .1) for low in np.arange(0, 1, .1)]
    return sum(abs(p[row].mean() - y[row].mean()) * row.mean() for row in rows if row.any())


def write(name, head, rows):
    path = os.path.join(TABLES, name)
    comments = [line for line in open(path, encoding="utf-8") if line.startswith("#")] if os.path.exists(path) else []
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(comments)
        for row in [head] + rows:
            out.write(",".join(row) + "\n")


def alone(folder, out):
    """Writes each sentence of the articles as an article of its own, with the facts that stand in it."""
    os.mkdir(os.path.join(out, "expected"))
    for name in sorted(name[:-4] for name in os.listdir(folder) if name.endswith(".txt")):
        place, day = name.rsplit("_", 1)
        text = open(f"{folder}/{name}.txt", encoding="utf-8").read()
        facts = tomllib.load(open(f"{folder}/expected/{name}.toml", "rb")).get("fact", [])
        ends = r'(?<=[a-z0-9)”"’][.!?])\s+(?=[A-Z“"])'
        sentences = [s for line in text.split("\n") if line.strip() for s in re.split(ends, line.strip()) if len(s) >= 30]
        for k, sentence in enumerate(sentences):
            inside = [fact for fact in facts if re.search(".*?".join(re.escape(part.strip()) for part in fact["quote"].split("…")), sentence)]
            own = f"{place}-s{k}_{day}"
            with open(f"{out}/{own}.txt", "w", encoding="utf-8") as file:
                file.write(sentence + "\n")
            with open(f"{out}/expected/{own}.toml", "w", encoding="utf-8") as file:
                for fact in inside:
                    keys = [key for key in ("n", "quote", "type", "who", "whom", "aux", "optional") if key in fact]
                    file.write("[[fact]]\n" + "".join(f"{key} = {json.dumps(fact[key], ensure_ascii=False)}\n" for key in keys))


def evidence(polybius, *arguments):
    """The acts of a folder with their signs; `--codebook` lays the tables that are here over those in the program."""
    command = [polybius, "score", "articles", *arguments, "--evidence", "--codebook", TABLES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    polybius, folders = sys.argv[1], sys.argv[2:]
    acts = [act for folder in folders for act in evidence(polybius, folder)]
    if not folders:
        folders = [os.path.join(HERE, "articles")]
        acts = evidence(polybius, folders[0]) + evidence(polybius, os.path.join(HERE, "../examples/set"), "--split", "tuned")
    with tempfile.TemporaryDirectory() as out:
        alone(folders[0], out)
        acts += [{**act, "is_alone": True} for act in evidence(polybius, out)]
    for act in acts:
        act["article"] = re.sub(r"-s\d+(?=_)", "", act["article"]) if act.setdefault("is_alone", False) else act["article"]
    articles = sorted({act["article"] for act in acts})
    order = np.random.RandomState(1).permutation(len(articles))
    fold = {articles[k]: rank % FOLDS for rank, k in enumerate(order)}
    whole, pairs = fit_sides(acts)
    signs, right, before, folds = [], [], [], []
    for out in range(FOLDS):
        model, _ = fit_sides([act for act in acts if fold[act["article"]] != out], pairs)
        for act in (act for act in acts if fold[act["article"]] == out and not act["is_alone"]):
            likely = model.predict(matrix([c["signs"] for c in act["candidates"]], model.names)) if act["candidates"] else np.zeros((0, 2))
            sides = choose(act, likely)
            before.append(is_right(act, by_rules(act)))
            if has_all(act, sides):
                signs.append(signs_of(act, sides, likely))
                right.append(is_right(act, sides))
                folds.append(out)
    right, folds = np.array(right), np.array(folds)
    names = sorted({name for one in signs for name in one} - {"any"})
    x = matrix(signs, names)
    p, bounds = np.zeros(len(right)), bounds_of(x, SHARES_OF_EVENTS)
    fitted = lambda rows: Regression(names, [], x[rows], [right[rows]], STRENGTH_OF_EVENTS, bounds)
    for out in range(FOLDS):
        p[folds == out] = fitted(folds != out).predict(x[folds == out])[:, 0]
    print(f"{len(before)} acts of {len(articles)} articles; right by the rules {sum(before)}, with sides weighed {sum(right)}")
    for least in (.2, .3, .35, .4, .5, .6, .7):
        sure = p >= least
        print(f"  from {least:.2f} on: {sure.sum()} events, {right[sure].mean():.3f} of them right, {right[sure].sum()}")
    print(f"calibration error {calibration(p, right):.3f}")
    write("sides.csv", ["signs", "actor", "recipient"], whole.table())
    write("confidence.csv", ["signs", "points"], fitted(slice(None)).table())


if __name__ == "__main__":
    main()
