"""Trains what the reader of acts says of words: which act a word tells, and who stands where in it.

    python words.py --data PREPARED.jsonl --weights ../models/english.weights --run RUN [--epochs 4]

Over the frozen layers that `acts.py` trained (RUN/last.pt) two things speak together: a dense head on a word's vectors, and a lexicon, one
number a feature (`features.py`) and type. Layers see what sentences are like; the lexicon remembers what words and trees told. A third
head says what one party does to another, from the means of their words and of those that tell what is done between them. Written to RUN/words.pt for `export.py --acts`. Figures are of
`*.held.txt` and of the tuned half of the article set, from which nothing is learned.
"""
import argparse
import json
import random
import time
from collections import Counter, defaultdict

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from acts import admitted, heads_of, load_encoder, load_reader, loss_of_labels, of_words, read_data, root
from features import NAMING, TELLING, Tree
from marked import FLAGS
from model import WIDTH, Linear
from train import Batcher, batches
from wordpiece import WordPiece

# Features seen less often are left out; of the others those that weigh most are kept.
LEAST_SEEN = 3
KEPT_WORDS, KEPT_SIDES = 80_000, 40_000
DROPPED = .3
LEAST_LINKED = .05


def type_of(label):
    return label.split("/")[0]


class Lexicon(nn.Module):
    """A row of numbers for each feature; those of a word's features are summed."""

    def __init__(self, known, n_out):
        super().__init__()
        self.index = {key: i for i, key in enumerate(sorted(known))}
        self.rows = nn.EmbeddingBag(max(1, len(self.index)), n_out, mode="sum", sparse=True)
        self.rows.weight.data.zero_()

    def encode(self, features):
        return np.fromiter((self.index[f] for f in features if f in self.index), dtype=np.int64)

    def forward(self, rows, rng=None):
        """`rows`: arrays of feature indices; where there is a generator some are dropped and the others weigh more."""
        scale = 1.0
        if rng is not None:
            rows = [row[rng.random(len(row)) > DROPPED] for row in rows]
            scale = 1 / (1 - DROPPED)
        starts = np.cumsum([0] + [len(row) for row in rows[:-1]])
        return self.rows(torch.from_numpy(np.concatenate(rows)), torch.from_numpy(starts)) * scale

    def heaviest(self, most, counts):
        """The keys of the features that do most over the data."""
        weight = self.rows.weight.detach().abs().amax(1).numpy()
        keys = list(self.index)
        worth = weight * np.sqrt([min(100, counts[key]) for key in keys])
        return [keys[i] for i in np.argsort(-worth)[:most]]


class Words(nn.Module):
    def __init__(self, n_labels):
        super().__init__()
        self.hidden = Linear(3 * WIDTH, WIDTH)
        self.out = Linear(WIDTH, n_labels)

    def forward(self, x):
        return self.out(F.dropout(F.relu(self.hidden(F.dropout(x, .3, self.training))), .3, self.training))


class Pairs(nn.Module):
    def __init__(self, n_labels):
        super().__init__()
        self.hidden = Linear(11 * WIDTH, WIDTH)
        self.out = Linear(WIDTH, n_labels + len(FLAGS))

    def forward(self, z):
        return self.out(F.dropout(F.relu(self.hidden(F.dropout(z, .1, self.training))), .2, self.training))


@torch.no_grad()
def read_layers(weights, reader, sentences):
    """Some of the sentences at a time, with the vectors of their pieces, the three vectors of each word, and what the reader's heads see."""
    shipped, pieces = load_encoder(weights)
    batcher = Batcher({}, WordPiece(pieces), None)
    for chunk in batches(sentences, 3000, random.Random(0)):
        (ids, shapes, mask, first, last, _), _ = batcher(chunk)
        Linear.quantised = True
        high = shipped.norm(shipped.pieces(ids) + shipped.positions.weight[:ids.shape[1]] + shipped.shapes(shapes))
        low = None
        for layer in shipped.layers:
            high = layer(high, mask, 0)
            low = high if low is None else low
        Linear.quantised = False
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x, own, h = reader(ids, shapes, mask, first, last)
        yield chunk, x, torch.cat([own.float(), of_words(high, first, last), of_words(low, first, last)], -1), h


@torch.no_grad()
def read_words(weights, reader, sentences):
    """The vectors of each word, the layers' scores of who stands where, and what the head of pairs sees, of every sentence."""
    rng = random.Random(0)
    for chunk, x, wide, h in read_layers(weights, reader, sentences):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            who, whom = reader.arguments(h)
        for i, s in enumerate(chunk):
            n = len(s["words"])
            s["x"] = wide[i, :n].to(torch.bfloat16)
            told = sorted({w for act in s["acts"] for w in act["words"]})
            s["sides"] = {w: torch.stack([who[i, w, :n], whom[i, w, :n]], 1).to(torch.bfloat16) for w in told}
            if s["from"] in ("codebook", "articles"):
                continue
            top = h[i, :n].float().amax(0)
            s["pairs"] = []
            for a, b, acts in sample_pairs(s, rng, ".held." in s["from"]):
                a, b = (sorted({w for start, end in spans for w in range(start, end)}) for spans in (a, b))
                seen = torch.cat([x[i, 0].float(), wide[i, a].mean(0), wide[i, b].mean(0), top])
                links = who[i, :n, a].float().amax(1).sigmoid() * whom[i, :n, b].float().amax(1).sigmoid()
                s["pairs"].append((seen.to(torch.bfloat16), links, acts))


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def acts_between(s, a, b):
    """The acts of `a` on `b`, those told as having happened first."""
    found = []
    for act in s["acts"]:
        if act["actors"] is None:
            continue
        sides = (act["actors"], act["recipients"])
        if act["mutual"]:
            both = set(act["actors"]) | set(act["recipients"])
            sides = (both, both)
        if a in sides[0] and b in sides[1]:
            found.append(act)
    return sorted(found, key=lambda act: len(act["flags"]))


def sample_pairs(s, rng, every):
    """Pairs of parties that can be marked apart, as (actor spans, recipient spans, acts): every one, or of each kind up to two. In the
    press several mentions may be of one party, so that only the other way round nothing is surely done."""
    ids = sorted({m[0] for m in s["mentions"]}, key=str)
    spans = {k: [(m[1], m[2]) for m in s["mentions"] if m[0] == k] for k in ids}
    told, other = [], []
    for a in ids:
        for b in ids:
            apart = [(x, y) for x in spans[a] for y in spans[b] if not overlap(x, y)]
            if a == b or not apart:
                continue
            acts = acts_between(s, a, b)
            xs = [x for x in spans[a] if not any(overlap(x, y) for y in spans[b])]
            ys = [y for y in spans[b] if not any(overlap(x, y) for x in spans[a])]
            if not (xs and ys and (every or rng.random() < .4)):
                x, y = rng.choice(apart)
                xs, ys = [x], [y]
            if acts or s["from"] != "press" or acts_between(s, b, a):
                (told if acts else other).append((xs, ys, acts))
    if every:
        return told + other
    rng.shuffle(told)
    rng.shuffle(other)
    return told[:2] + other[:2]


def word_rows(sentences, labels):
    """(features, vector, labels that are right) of every word that may tell an act."""
    index = {label: i for i, label in enumerate(labels)}
    for s in sentences:
        tree, gold = Tree(s["tokens"]), {w: admitted(act, index) for act in s["acts"] for w in act["words"]}
        for i, upos in enumerate(tree.upos):
            if upos in TELLING or i in gold:
                yield tree.of_word(i), s["x"][i], gold.get(i, (0,))


def side_rows(sentences):
    """(features, layers' scores, is actor and is recipient, act) of every word that may be a side of an act."""
    for n, s in enumerate(sentences):
        tree = Tree(s["tokens"])
        for k, act in enumerate(s["acts"]):
            if act["actors"] is None:
                continue
            heads = heads_of(s, act)
            word = act["words"][0]
            for j, upos in enumerate(tree.upos):
                if j != word and upos in NAMING:
                    yield tree.of_pair(word, j, type_of(act["label"])), s["sides"][word][j], [j in heads[0], j in heads[1]], (n, k)


def counted(rows):
    counts = Counter(f for row in rows for f in row[0])
    return Counter({f: c for f, c in counts.items() if c >= LEAST_SEEN})


def fit(lexicon, dense, loss_of, n_rows, epochs, rate, dense_rate, batch):
    """`loss_of(ids, rng)`; the lexicon, if there is one, learns by Adagrad, the rest by AdamW with a falling rate."""
    others = torch.optim.AdamW(dense, lr=dense_rate, weight_decay=.01)
    optimisers = [others] + ([torch.optim.Adagrad(lexicon.parameters(), lr=rate)] if lexicon else [])
    rng, step, n_steps = np.random.default_rng(0), 0, epochs * (n_rows // batch + 1)
    for epoch in range(epochs):
        order, total = rng.permutation(n_rows), 0.0
        for k in range(0, n_rows, batch):
            for group in others.param_groups:
                group["lr"] = dense_rate * min(1, (step + 1) / 100) * (1 - step / n_steps)
            loss = loss_of(order[k:k + batch], rng)
            for optimiser in optimisers:
                optimiser.zero_grad()
            loss.backward()
            for optimiser in optimisers:
                optimiser.step()
            total, step = total + loss.item(), step + 1
        yield total * batch / n_rows


def train_words(training, held, labels, epochs, log):
    kinds = ["O"] + sorted({type_of(label) for label in labels} - {"O"})
    to_kind = torch.tensor([kinds.index(type_of(label)) for label in labels])
    roots = np.array([0 if kind == "O" else 1 + sorted(set(map(root, kinds))).index(root(kind)) for kind in kinds])
    answers = sorted({row[2] for row in training})
    numbers = {answer: number for number, answer in enumerate(answers)}
    admits = torch.zeros(len(answers), len(labels), dtype=torch.bool)
    for number, answer in enumerate(answers):
        admits[number, answer] = True
    x, y = torch.stack([row[1] for row in training]), torch.tensor([numbers[row[2]] for row in training])
    counts = counted(training)

    def run(lexicon, dense, epochs):
        rows = [lexicon.encode(row[0]) for row in training]

        def loss_of(ids, rng):
            scores = dense(x[ids].float()) + lexicon([rows[i] for i in ids], rng)[:, to_kind]
            return loss_of_labels(scores, admits[y[ids]])

        for loss in fit(lexicon, dense.parameters(), loss_of, len(rows), epochs, .05, 1e-3, 512):
            dense.eval()
            for name, away in held.items():
                log("words", name, len(lexicon.index), "loss", round(loss, 4), *figures(lexicon, dense, away))
            dense.train()

    @torch.no_grad()
    def figures(lexicon, dense, away):
        rows, vectors, p = [lexicon.encode(row[0]) for row in away], torch.stack([row[1] for row in away]), []
        for k in range(0, len(rows), 4096):
            own = (dense(vectors[k:k + 4096].float()) + lexicon(rows[k:k + 4096])[:, to_kind]).softmax(-1)
            p.append(torch.zeros(len(own), len(kinds)).index_add_(1, to_kind, own))
        p = torch.cat(p).numpy()
        found = p.argmax(1)
        told = np.array([0 not in row[2] for row in away])
        right = np.array([bool(kind) and roots[kind] in {roots[to_kind[label]] for label in row[2] if label} for kind, row in zip(found, away)])
        f1 = lambda right: round(200 * float((right & told).sum()) / float(told.sum() + (found != 0).sum()), 1)
        sure = {q: (p.max(1) >= q) & (found != 0) for q in (.5, .7, .9)}
        shares = {q: (round(100 * float(right[m].mean()), 1), round(100 * float((right & told)[m].sum() / told.sum()), 1)) for q, m in sure.items()}
        return "spotted", f1(found != 0), "typed", f1(right), shares

    lexicon, dense = Lexicon(counts, len(kinds)), Words(len(labels))
    run(lexicon, dense, epochs)
    lexicon = Lexicon(lexicon.heaviest(KEPT_WORDS, counts), len(kinds))
    dense = Words(len(labels))
    run(lexicon, dense, epochs)
    return lexicon, dense, kinds


def train_sides(training, held, epochs, log):
    x, y = torch.stack([row[1] for row in training]), torch.tensor([row[2] for row in training], dtype=torch.float)
    held_x = torch.stack([row[1] for row in held])
    counts = counted(training)

    def run(lexicon, mix, epochs):
        rows, held_rows = [lexicon.encode(row[0]) for row in training], [lexicon.encode(row[0]) for row in held]
        scored = lambda own, x: own + x.float() * mix[0] + mix[1]
        loss_of = lambda ids, rng: F.binary_cross_entropy_with_logits(scored(lexicon([rows[i] for i in ids], rng), x[ids]), y[ids])
        for loss in fit(lexicon, [mix], loss_of, len(rows), epochs, .1, 2e-2, 1024):
            with torch.no_grad():
                p = torch.cat([scored(lexicon(held_rows[k:k + 8192]), held_x[k:k + 8192]) for k in range(0, len(held_rows), 8192)]).numpy()
            acts = defaultdict(lambda: ([set(), set()], [set(), set()]))
            for i, row in enumerate(held):
                for side in (0, 1):
                    if row[2][side]:
                        acts[row[3]][0][side].add(i)
                    if p[i, side] > 0:
                        acts[row[3]][1][side].add(i)
            figures = {}
            for side, name in enumerate(("who", "whom")):
                asked = [gold[side] for gold, _ in acts.values() if gold[side]]
                right = sum(bool(found[side]) and found[side] <= gold[side] for gold, found in acts.values() if gold[side])
                wrong = sum(bool(found[side]) and not found[side] <= gold[side] for gold, found in acts.values())
                figures[name] = (round(100 * right / len(asked), 1), wrong)
            log("sides", len(lexicon.index), "loss", round(loss, 4), figures)

    mix = lambda: nn.Parameter(torch.tensor([[.3, .3], [-1.0, -1.0]]))
    lexicon, dense = Lexicon(counts, 2), mix()
    run(lexicon, dense, epochs)
    lexicon, dense = Lexicon(lexicon.heaviest(KEPT_SIDES, counts), 2), mix()
    run(lexicon, dense, epochs)
    return lexicon, dense


@torch.no_grad()
def linked(vectors, dense, links):
    """The mean of the vectors of those words that are likely to tell an act of the one on the other; the less likely, the nearer to zero."""
    weights = links * (1 - dense(vectors.float()).softmax(-1)[:, 0])
    return weights @ vectors.float() / (weights.sum() + LEAST_LINKED)


def train_pairs(training, held, labels, dense, epochs, log):
    index = {label: i for i, label in enumerate(labels)}

    def rows(sentences):
        z, y, flags = [], [], []
        for s in sentences:
            for seen, links, acts in s.get("pairs", ()):
                z.append(torch.cat([seen, linked(s["x"], dense, links).to(torch.bfloat16)]))
                y.append(index.get(acts[0]["label"], 0) if acts else 0)
                flags.append([float(f in acts[0]["flags"]) for f in FLAGS] if acts else [0.0] * len(FLAGS))
        return torch.stack(z), torch.tensor(y), torch.tensor(flags)

    (z, y, flags), (held_z, held_y, _) = rows(training), rows(held)
    model, n = Pairs(len(labels)), len(labels)
    roots = [root(label) for label in labels]

    def loss_of(ids, _):
        out = model(z[ids].float())
        loss, told = F.cross_entropy(out[:, :n], y[ids]), y[ids] > 0
        if told.any():
            loss = loss + .3 * F.binary_cross_entropy_with_logits(out[told][:, n:], flags[ids][told])
        return loss

    for _ in fit(None, model.parameters(), loss_of, len(y), epochs, None, 1e-3, 256):
        model.eval()
        with torch.no_grad():
            p = torch.cat([model(held_z[k:k + 4096].float())[:, :n] for k in range(0, len(held_y), 4096)]).softmax(-1)
        model.train()
        found, gold = [roots[i] for i in p.argmax(1).tolist()], [roots[i] for i in held_y.tolist()]
        f1 = [200 * sum(a == b == c for a, b in zip(found, gold)) / max(1, found.count(c) + gold.count(c)) for c in sorted(set(gold) - {"O"})]
        log("pairs", len(y), "held", len(gold), "macro F1", round(sum(f1) / len(f1), 1))
    return model.eval()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--weights", required=True)
    a.add_argument("--run", required=True)
    a.add_argument("--epochs", type=int, default=3)
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(a.threads)
    began = time.time()
    log = lambda *words: print(*words, f"minutes {(time.time() - began) / 60:.1f}", flush=True)
    training, held, articles = read_data(a.data)
    labels = json.load(open(a.run + "/acts.json"))
    read_words(a.weights, load_reader(a.run), training + held + articles)
    log(len(training), "sentences to learn from,", len(held), "held")
    away = dict(marked=list(word_rows(held, labels)), articles=list(word_rows(articles, labels)))
    words = train_words(list(word_rows(training, labels)), away, labels, a.epochs, log)
    pairs = train_pairs(training, held, labels, words[1].eval(), 5, log)
    sides = train_sides(list(side_rows(training)), list(side_rows(held)), a.epochs, log)
    packed = lambda lexicon: (np.array(sorted(lexicon.index), np.uint32), lexicon.rows.weight.detach().numpy())
    torch.save(dict(dense=words[1].state_dict(), pairs=pairs.state_dict(), kinds=words[2], words=packed(words[0]), sides=packed(sides[0]), mix=sides[1].detach().numpy()), a.run + "/words.pt")


if __name__ == "__main__":
    main()
