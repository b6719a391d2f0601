"""Trains what the reader of acts says of how surely it happened what a predicate tells.

    python happened.py POLYBIUS uds_ih2-train.jsonl --weights ../models/english.weights --run RUN

Over the frozen layers that `acts.py` trained (RUN/last.pt), a small head on a word's vectors says a number whose hyperbolic tangent, times
three, comes as near to the readers' label as it can. Written to RUN/happened.pt for `export.py --acts`, and to RUN/happened.txt for
`factuality.py`: what heads that have not seen a sentence say of its predicates, one a line, so that points are not fitted to what was learned by heart.
"""
import argparse
import json

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import acts_prepare
from acts import load_reader
from model import WIDTH, Linear
from words import fit, read_words

HIDDEN = 96
FOLDS, PASSES = 5, 12
HUBER = .15


class Happened(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = Linear(3 * WIDTH, HIDDEN)
        self.out = Linear(HIDDEN, 1)

    def forward(self, x):
        return self.out(F.dropout(F.relu(self.hidden(F.dropout(x, .3, self.training))), .3, self.training))[:, 0]


def read_labels(polybius, path):
    """The sentences with their predicates as acts, labelled with what readers say and the number of the predicate."""
    articles, acts, n = [], {}, 0
    for k, line in enumerate(open(path, encoding="utf-8")):
        row = json.loads(line)
        words, own = row["text"].split(" "), []
        for target in row["targets"]:
            first = target["span1"][0]
            start = sum(len(word) + 1 for word in words[:first])
            own.append(dict(label=(target["label"], n), start=start, end=start + len(words[first]), actors=None, recipients=None, mutual=False, flags=[]))
            n += 1
        articles.append(dict(id=f"u{k}", text=row["text"]))
        acts[f"u{k}"] = own
    found = []
    for document in acts_prepare.run(polybius, articles, "annotate", "--format", "json"):
        found += acts_prepare.sentences(document, [], acts[document["document_id"]], "articles")
    return found, n


def trained(x, y):
    model = Happened()

    def loss_of(ids, _):
        error = 3 * torch.tanh(model(x[ids])) - y[ids]
        return (torch.sqrt(1 + (error / HUBER) ** 2) - 1).mul(HUBER ** 2).mean()

    for n_passes, _ in enumerate(fit(None, model.parameters(), loss_of, len(y), PASSES, None, 1e-3, 256), 1):
        # As the program rounds, in the last pass.
        Linear.quantised = n_passes == PASSES - 1
    return model.eval()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("polybius")
    a.add_argument("labels")
    a.add_argument("--weights", required=True)
    a.add_argument("--run", required=True)
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(a.threads)
    found, n = read_labels(a.polybius, a.labels)
    read_words(a.weights, load_reader(a.run), found)
    rows = [(s["x"][act["words"][0]], *act["label"], k) for k, s in enumerate(found) for act in s["acts"]]
    x, y = torch.stack([row[0] for row in rows]).float(), torch.tensor([row[1] for row in rows], dtype=torch.float)
    numbers, fold = np.array([row[2] for row in rows]), np.array([row[3] % FOLDS for row in rows])
    said = np.zeros(n)
    for k in range(FOLDS):
        model = trained(x[fold != k], y[fold != k])
        with torch.no_grad():
            said[numbers[fold == k]] = model(x[fold == k]).numpy()
    near = 3 * np.tanh(said[numbers])
    print(len(rows), "of", n, "predicates; unseen: r", round(float(np.corrcoef(near, y.numpy())[0, 1]), 3), "MAE", round(float(np.abs(near - y.numpy()).mean()), 3))
    np.savetxt(a.run + "/happened.txt", said, "%.4f")
    torch.save(trained(x, y).state_dict(), a.run + "/happened.pt")


if __name__ == "__main__":
    main()
