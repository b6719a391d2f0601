"""Trains the linker that finds coreference, in minutes, on what `cargo run --example comparisons` wrote of documents with gold chains.

    python coreference.py DATA COMPARISONS OUT.weights [--epochs 10]

Gold chains are read from OntoGUM's CoNLL-U, where phrases and gold mentions are matched by their characters, spaces not counted, and from the
marks in `chains/`, where a mention is matched by its head, and a phrase without a mark, which may mean a thing, is no part of the loss.
Documents of GUM dev are held out and scored (CoNLL F1) at the end, and so is every tenth article. The format of the weights is that of `export.py`.
"""
import argparse
import os
import random
import re
import struct
from collections import defaultdict

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from coreference_score import conll
from export import write_arrays
from prepare import OPEN_GUM

WIDTH, HIDDEN, SHORT = 384, 64, 32
HERE = os.path.dirname(os.path.abspath(__file__))


def gold_chains(path):
    """{(start, end): chain} in characters without spaces."""
    at, out, open_ = 0, {}, defaultdict(list)
    mwt_end = 0
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if len(c) < 10 or "." in c[0]:
            mwt_end = 0 if len(c) < 10 else mwt_end
            continue
        if "-" in c[0]:
            mwt_end, whole = int(c[0].split("-")[1]), c[1]
            at_end = at + len(whole.replace(" ", ""))
            continue
        start, end = at, at + len(c[1].replace(" ", ""))
        if int(c[0]) <= mwt_end:
            end = min(end, at_end)
            if int(c[0]) == mwt_end:
                end = at_end
        at = end
        found = re.search(r"Entity=([^|]*)", c[9])
        for piece in re.findall(r"\([^()]+\)|\([^()]+|[^()]+\)", found.group(1) if found else ""):
            number = piece.strip("()").split("-")[0]
            if piece[0] == "(":
                open_[number].append(start)
            if piece[-1] == ")" and open_[number]:
                out[open_[number].pop(), end] = number
    return out


def marked_chains(path):
    """[(start, end, chain)] of the marks of an article, in characters without spaces; a state and its government are one."""
    marked, at, open_, out = open(path, encoding="utf-8").read(), 0, [], []
    for number, character in re.findall(r"\{(\d+)g? |([^\s])", marked):
        if number:
            open_.append((at, number))
        elif character == "}":
            start, chain = open_.pop()
            out.append((start, at, chain))
        else:
            at += 1
    return out


def by_heads(marks, spans, heads):
    """The chain of each phrase: a mark is of the shortest phrase that covers it, or else of the longest within it, whose head it holds."""
    chain = [None] * len(spans)
    for start, end, number in sorted(marks, key=lambda mark: mark[0] - mark[1]):
        inside = [k for k, head in enumerate(heads) if start <= head < end and chain[k] is None]
        around = [k for k in inside if spans[k][0] <= start and end <= spans[k][1]]
        if inside:
            length = lambda k: spans[k][1] - spans[k][0]
            chain[min(around, key=length) if around else max(inside, key=length)] = number
    return chain


def read_comparisons(path, data):
    blob = open(path, "rb").read()
    n_phrase, n_pair, n_rows = struct.unpack_from("<3I", blob, 0)
    at, documents = 12, []
    while at < len(blob):
        (length,) = struct.unpack_from("<H", blob, at)
        name = blob[at + 2:at + 2 + length].decode()
        at += 2 + length
        (n,) = struct.unpack_from("<I", blob, at)
        at += 4
        spans, heads, features, vectors, earlier, rows, counts = [], [], [], [], [], [], []
        for _ in range(n):
            start, end, head, k = struct.unpack_from("<IIIH", blob, at)
            at += 14
            spans.append((start, end))
            heads.append(head)
            features.append(np.frombuffer(blob, "<u2", k, at))
            at += 2 * k
            (k,) = struct.unpack_from("<H", blob, at)
            at += 2
            pairs = np.frombuffer(blob, np.dtype([("earlier", "<u4"), ("rows", "<u2", (n_rows,))]), k, at)
            at += k * (4 + 2 * n_rows)
            earlier.append(pairs["earlier"])
            rows.append(pairs["rows"])
            counts.append(k)
            vectors.append(np.frombuffer(blob, "<f4", WIDTH, at))
            at += 4 * WIDTH
        article = f"{HERE}/chains/{name}.txt"
        if os.path.exists(article):
            chain = by_heads(marked_chains(article), spans, heads)
            gold = {span: number for span, number in zip(spans, chain) if number}
        else:
            gold = gold_chains(f"{data}/coreference/ontogum/{name}.conllu")
            chain = [gold.get(s) for s in spans]
        later = np.repeat(np.arange(n), counts)
        earlier = np.concatenate(earlier).astype(np.int64)
        right = np.array([chain[a] is not None and chain[a] == chain[b] for a, b in zip(later, earlier)])
        asked = torch.tensor([number is not None or not os.path.exists(article) for number in chain])
        documents.append(dict(name=name, spans=spans, gold=gold, n=n, asked=asked, features=torch.tensor(np.stack(features).astype(np.int64)),
                              vectors=torch.tensor(np.stack(vectors)), later=torch.tensor(later), earlier=torch.tensor(earlier),
                              rows=torch.tensor(np.concatenate(rows).astype(np.int64)), right=torch.tensor(right)))
    return (n_phrase, n_pair), documents


class Linker(nn.Module):
    def __init__(self, n_phrase, n_pair):
        super().__init__()
        self.project = nn.Linear(WIDTH, 3 * HIDDEN + 2 * SHORT)
        self.phrase = nn.EmbeddingBag(n_phrase, 3 * HIDDEN, mode="sum")
        self.pair = nn.EmbeddingBag(n_pair, HIDDEN, mode="sum")
        self.new_out, self.pair_out = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 1)
        nn.init.normal_(self.phrase.weight, std=.05)
        nn.init.normal_(self.pair.weight, std=.05)
        with torch.no_grad():
            self.project.weight.mul_(.3)

    def forward(self, d, p_vector=0.3, p=0.2):
        vectors = F.dropout(d["vectors"], p_vector, self.training)
        hidden, short = self.project(vectors).split([3 * HIDDEN, 2 * SHORT], -1)
        new, later, earlier = (hidden + self.phrase(d["features"])).split(HIDDEN, -1)
        new = self.new_out(F.dropout(F.relu(new), p, self.training)).squeeze(-1)
        a, b = d["later"], d["earlier"]
        pair = F.dropout(F.relu(later[a] + earlier[b] + self.pair(d["rows"])), p, self.training)
        first, second = short.split(SHORT, -1)
        return new, self.pair_out(pair).squeeze(-1) + (first[a] * second[b]).sum(-1)


def log_sums(n, later, scores, new):
    """The log of the summed exponentials of each phrase's scores and of its score of being new."""
    most = new.detach().clone().scatter_reduce(0, later, scores.detach(), "amax")
    total = (new - most).exp().scatter_add(0, later, (scores - most[later]).exp())
    return most + total.log()


def loss_of(model, d, weight_new):
    new, scores = model(d)
    everything = log_sums(d["n"], d["later"], scores, new)
    hidden = torch.where(d["right"], scores, torch.full_like(scores, -1e4))
    has = torch.zeros(d["n"], dtype=torch.bool).index_put((d["later"][d["right"]],), torch.tensor(True))
    right = log_sums(d["n"], d["later"], hidden, torch.where(has, torch.full_like(new, -1e4), new))
    weights = torch.where(has, torch.ones_like(new), torch.full_like(new, weight_new))
    return ((everything - right) * weights * d["asked"]).sum()


@torch.no_grad()
def chains(model, d, shift=0.0):
    model.eval()
    new, scores = model(d)
    best = {}
    for a, b, s in zip(d["later"].tolist(), d["earlier"].tolist(), scores.tolist()):
        if s > best.get(a, (new[a].item() + shift, None))[0]:
            best[a] = (s, b)
    chain = {}
    for a in range(d["n"]):
        if a in best and best[a][1] is not None:
            b = best[a][1]
            chain.setdefault(b, b)
            chain[a] = chain[b]
    out = defaultdict(list)
    for a, c in chain.items():
        if d["asked"][a]:
            out[c].append(d["spans"][a])
    model.train()
    return [c for c in out.values() if len(c) > 1]


def gold_lists(d):
    out = defaultdict(list)
    for span, chain in d["gold"].items():
        out[chain].append(span)
    return [c for c in out.values() if len(c) > 1]


def evaluate(model, documents, shift=0.0):
    return conll([(gold_lists(d), chains(model, d, shift)) for d in documents])


def main():
    a = argparse.ArgumentParser()
    a.add_argument("data")
    a.add_argument("comparisons")
    a.add_argument("out")
    a.add_argument("--epochs", type=int, default=10)
    a.add_argument("--rate", type=float, default=1e-3)
    a.add_argument("--weight-new", type=float, default=0.35, help="how much the loss of phrases that begin something new counts")
    a = a.parse_args()
    torch.manual_seed(0)
    rng = random.Random(0)
    sizes, documents = read_comparisons(a.comparisons, a.data)
    articles = [d for d in documents if not d["name"].startswith("GUM_")]
    documents = [d for d in documents if d["name"].startswith(OPEN_GUM)]
    dev_names = {line.split("=")[1].strip() for line in open(a.data + "/ud/en_gum-dev.conllu", encoding="utf-8") if line.startswith("# newdoc id")}
    judged = articles[::10]
    train = [d for d in documents if d["name"] not in dev_names] + [d for k, d in enumerate(articles) if k % 10]
    dev = [d for d in documents if d["name"] in dev_names]
    found = sum(s in set(d["spans"]) for d in dev for s in d["gold"])
    print(len(train), "documents to train on,", len(dev), "held out; rows", sizes, "phrases", sum(d["n"] for d in train),
          "gold mentions of dev among the phrases", found, "of", sum(len(d["gold"]) for d in dev), flush=True)
    model = Linker(*sizes)
    optimiser = torch.optim.AdamW(model.parameters(), lr=a.rate, weight_decay=.01)
    # What is kept is a running mean of the weights, steadier than their last state.
    mean = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(.995))
    for epoch in range(a.epochs):
        rng.shuffle(train)
        total = 0.0
        for k, d in enumerate(train):
            progress = (epoch + k / len(train)) / a.epochs
            for group in optimiser.param_groups:
                group["lr"] = a.rate * (1 - progress)
            loss = loss_of(model, d, a.weight_new)
            optimiser.zero_grad()
            (loss / d["n"] * 4).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            mean.update_parameters(model)
            total += loss.item()
        print(f"epoch {epoch + 1} loss {total / sum(d['n'] for d in train):.4f}", *[evaluate(mean.module, away) for away in (dev, judged) if epoch % 4 == 3 or epoch + 1 == a.epochs], flush=True)
    model = mean.module
    for shift in (-1.0, -.5, 0.0, .5):
        print("shift", shift, evaluate(model, dev, shift), evaluate(model, judged, shift))
    for d in dev:
        print(d["name"], evaluate(model, [d])["conll"])
    state = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    write_arrays(a.out, lambda w: (
        w.linear("project", state["project.weight"], state["project.bias"]),
        w.rows("phrase", state["phrase.weight"]), w.rows("pair", state["pair.weight"]),
        w.floats("new.out", state["new_out.weight"][0]), w.floats("pair.out", state["pair_out.weight"][0]),
        w.floats("bias", np.array([state["new_out.bias"][0], state["pair_out.bias"][0]]))))


if __name__ == "__main__":
    main()
