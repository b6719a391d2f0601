"""Trains what the reader of acts says of whether what a word tells is negated, to come, only possible, or long past.

    python modes.py POLYBIUS --weights ../models/english.weights --run RUN_OR_WEIGHTS --out RUN

Over the frozen layers that `acts.py` trained (RUN/last.pt, or those of shipped weights) a small head on the vectors of a word and of the word that it
hangs on says for each of four modes how likely it is. It learns from the sentences of `modes/`, each of which asks for one word. Written to
OUT/modes.pt for `export.py --head modes`.

Then the points of `codebook/modes.csv` are fitted: what words tell, as the program prints it of the same sentences, weighed with what heads that have not
seen the sentence say, four logistic regressions over the signs and all pairs of them. What is left out in turn, a fifth of the sentences, judges both.
"""
import argparse
import glob
import itertools
import json
import os
import subprocess

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from sklearn.linear_model import LogisticRegression

import acts_prepare
from acts import ActReader, load_encoder, load_reader, read_weights
from acts_prepare import head_of
from marked import FLAGS
from model import WIDTH, Linear
from sides import write
from words import fit, read_layers

HERE = os.path.dirname(os.path.abspath(__file__))
HIDDEN = 192
FOLDS, PASSES, BATCH = 5, 12, 64
STRENGTH = .3
SURE = 6.0  # crates/polybius-coder/src/status/effects.rs
NAMES = ["negation", "future", "hypothetical", "historical"]
READ = [name + " read" for name in NAMES]


class Modes(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = Linear(6 * WIDTH, HIDDEN)
        self.out = Linear(HIDDEN, len(FLAGS))

    def forward(self, x):
        return self.out(F.dropout(F.relu(self.hidden(F.dropout(x, .3, self.training))), .3, self.training))


def read_modes(polybius, folder):
    """The sentences of a folder, each with the one word that it asks for, labelled with the id."""
    table = lambda name: [line.rstrip("\n").split("\t") for line in open(f"{folder}/{name}.tab", encoding="utf-8")]
    rows, labels, at = [row for row in table("sentences") if row[0] != "id"], dict(table("labels")), {}
    for name, _, word, text in rows:
        start = text.find(word)
        at[name] = (start, start + len(word))
    for document in acts_prepare.run(polybius, [dict(id=name, text=text) for name, _, _, text in rows], "annotate", "--format", "json"):
        name = document["document_id"]
        flags = [acts_prepare.FLAG[mode] for mode in labels[name].split(",") if mode]
        act = dict(label=name, start=at[name][0], end=at[name][1], actors=None, recipients=None, mutual=False, flags=flags)
        yield from (dict(s, ner=[]) for s in acts_prepare.sentences(document, [], [act], folder) if s["acts"])


def reader_of(run, encoder, n_pieces):
    if os.path.isdir(run):
        return load_reader(run)
    arrays = read_weights(run)
    reader = ActReader(n_pieces, len(arrays["labels"]))
    reader.load_shipped(arrays, encoder)
    return reader.eval()


@torch.no_grad()
def vectors(weights, run, sentences):
    """For each act of the sentences the vectors of the word that heads it and of the word that this hangs on, its flags, and its folder and id."""
    encoder, pieces = load_encoder(weights)
    reader = reader_of(run, encoder, len(pieces))
    x, y, names = [], [], []
    for chunk, _, wide, _ in read_layers(weights, reader, sentences):
        for i, s in enumerate(chunk):
            for act in s["acts"]:
                word = head_of(s, act["words"])
                above = s["tokens"][word][4]
                x.append(torch.cat([wide[i, word], torch.zeros(3 * WIDTH) if above is None else wide[i, above]]))
                y.append([float(flag in act["flags"]) for flag in FLAGS])
                names.append((s["from"], act["label"]))
    return torch.stack(x), torch.tensor(y), names


def trained(x, y):
    torch.manual_seed(0)
    model = Modes()
    loss_of = lambda ids, _: F.binary_cross_entropy_with_logits(model(x[ids]), y[ids])
    for n_passes, _ in enumerate(fit(None, model.parameters(), loss_of, len(y), PASSES, None, 1e-3, BATCH), 1):
        # As the program rounds, in the last pass.
        Linear.quantised = n_passes == PASSES - 1
    Linear.quantised = False
    return model.eval()


def said(model, x):
    with torch.no_grad():
        return model(x).sigmoid()


def evidence(polybius, folder, read):
    """What speaks for the modes of the sentences of a folder, read by heads that have not seen them: (modes, dated, signs)."""
    done = subprocess.run([polybius, "score", "modes", folder, "--evidence"], capture_output=True, text=True, check=True)
    for row in map(json.loads, done.stdout.splitlines()):
        p = read.get((folder, row["id"]))
        if p is not None:
            odds = np.clip(np.log(np.maximum(p, 1e-6) / np.maximum(1 - p, 1e-6)), -SURE, SURE) / SURE * 2
            yield row["modes"], row["dated"], {**row["signs"], **dict(zip(READ, odds.tolist()))}


def weigh(rows):
    """The lines of `modes.csv`."""
    names = sorted({name for _, _, signs in rows for name in signs} - {"any"})
    pairs = list(itertools.combinations(range(len(names)), 2))
    x = np.array([[signs.get(name, 0.0) for name in names] for _, _, signs in rows])
    x = np.hstack([x, np.stack([x[:, a] * x[:, b] for a, b in pairs], 1)])
    y = np.array([[name in modes for name in NAMES] for modes, _, _ in rows])
    # What the date alone says is not weighed.
    by_date = np.array([[False, dated[1], False, dated[0]] for _, dated, _ in rows])
    fold, columns = np.random.default_rng(0).permutation(len(rows)) % FOLDS, []
    for k, name in enumerate(NAMES):
        told, read = (np.array([signs.get(f"{name} {what}", 0) > 0 for _, _, signs in rows]) for what in ("told", "read"))
        fitted = lambda rows: LogisticRegression(C=STRENGTH, max_iter=3000).fit(x[rows], y[rows, k])
        weighed = np.zeros(len(rows), bool)
        for out in range(FOLDS):
            weighed[fold == out] = fitted(~by_date[:, k] & (fold != out)).predict(x[fold == out])
        figures = []
        for what in (told, read, weighed):
            what = what | by_date[:, k]
            figures.append(f"{2 * (what & y[:, k]).sum() / (what.sum() + y[:, k].sum()):.3f}")
        print(f"{name}: F1 by words {figures[0]}, by the reader {figures[1]}, weighed {figures[2]}")
        model = fitted(~by_date[:, k])
        columns.append(np.concatenate([model.intercept_, model.coef_[0]]))
    lines = ["any"] + names + [f"{names[a]} & {names[b]}" for a, b in pairs]
    return [[line] + [f"{column[i]:.3f}" for column in columns] for i, line in enumerate(lines) if any(abs(column[i]) >= .0005 for column in columns)]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("polybius")
    a.add_argument("--weights", required=True)
    a.add_argument("--run", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args()
    torch.set_num_threads(a.threads)
    folders = [folder.rstrip("/") for folder in sorted(glob.glob(HERE + "/modes/*/"))]
    x, y, names = vectors(a.weights, a.run, [s for folder in folders for s in read_modes(a.polybius, folder)])
    fold, unseen = np.random.default_rng(0).permutation(len(y)) % FOLDS, np.zeros(y.shape)
    for k in range(FOLDS):
        unseen[fold == k] = said(trained(x[fold != k], y[fold != k]), x[fold == k]).numpy()
    print(len(y), "words")
    read = dict(zip(names, unseen))
    rows = [row for folder in folders for row in evidence(a.polybius, folder, read)]
    write("modes.csv", ["signs"] + NAMES, weigh(rows))
    torch.save(trained(x, y).state_dict(), a.out + "/modes.pt")


if __name__ == "__main__":
    main()
