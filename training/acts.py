"""Trains the reader of acts: a few more layers over the shipped encoder, whose weights stay as they are.

    python acts.py --data PREPARED.jsonl --weights ../models/english.weights --encoder FOLDER_WITH_model.safetensors --out FOLDER
        [--layers 2] [--epochs 3] [--bf16] [--start RUN] [--pairs FILE.jsonl …]

`--data` is what `acts_prepare.py` writes. Nothing is learned from the files `*.held.txt`: they give the figures printed after each pass.
`--pairs` are sentences with one pair and its type ({words, space, actor: [start, end], recipient, root}), to watch, never to learn from.
"""
import argparse
import json
import os
import random
import struct
import time
from collections import Counter

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from marked import FLAGS, MODES
from model import WIDTH, Layer, Linear, Reader
from train import Batcher, batches
from wordpiece import N_SHAPES, WordPiece

ROLE = 96
PAIRED = .35
NONE, ACTOR, RECIPIENT = range(3)


class ActReader(nn.Module):
    """From the encoder's first and last layer: acts word by word with their flags, who stands where, and, where two parties are marked,
    the act of the one on the other."""

    def __init__(self, n_labels, n_layers):
        super().__init__()
        self.sides = nn.Embedding(3, WIDTH)
        self.sides.weight.data.mul_(0.3)
        self.low = Linear(WIDTH, WIDTH)
        self.low.weight.data.mul_(0.3)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(n_layers))
        self.word_hidden = Linear(3 * WIDTH, WIDTH)
        self.words = Linear(WIDTH, n_labels + len(FLAGS))
        self.roles = Linear(WIDTH, 4 * ROLE)
        self.bias = nn.Parameter(torch.tensor([-2.0, -2.0]))
        self.pair_hidden = Linear(8 * WIDTH, WIDTH)
        self.pair = Linear(WIDTH, n_labels + len(FLAGS))

    def load_pretrained(self, path, skip):
        """The pretrained encoder's layers after the first `skip`."""
        whole = Reader(30522, N_SHAPES, dict(upos=1, xpos=1, feats=1, ner=1, rel=1), skip + len(self.layers))
        whole.load_pretrained(path, torch.arange(30522))
        for own, layer in zip(self.layers, whole.layers[skip:]):
            own.load_state_dict(layer.state_dict())

    def forward(self, low, high, mask, first, last, sides, p=0.0, p_head=0.15):
        x = self.norm(high + self.low(low) + self.sides(sides))
        x = F.dropout(x, p, self.training)
        for layer in self.layers:
            x = layer(x, mask, p)
        # What the encoder saw stays in sight: a few thousand sentences are too few to carry all of it through new layers.
        x = torch.cat([x, high, low], -1)
        take = lambda i: x.gather(1, i.unsqueeze(-1).expand(-1, -1, 3 * WIDTH))
        h = F.dropout((take(first) + take(last)) * 0.5, p_head, self.training)
        return x, F.dropout(F.relu(self.word_hidden(h)), p_head, self.training)

    def arguments(self, h):
        """Scores [b, words, words] of the second word being the actor, and the recipient, of the act that the first tells."""
        t_a, t_r, m_a, m_r = self.roles(h).split(ROLE, -1)
        scale = ROLE ** -0.5
        return (t_a @ m_a.transpose(1, 2) * scale + self.bias[0]).float(), (t_r @ m_r.transpose(1, 2) * scale + self.bias[1]).float()

    def pairs(self, x, sides, h, exists):
        mean = lambda side: (x * (sides == side).unsqueeze(-1)).sum(1) / (sides == side).sum(1, keepdim=True).clamp(min=1)
        top = h.masked_fill(~exists.unsqueeze(-1), -1e4).amax(1)
        z = torch.cat([x[:, 0, :WIDTH], mean(ACTOR), mean(RECIPIENT), top], -1)
        return self.pair(F.dropout(F.relu(self.pair_hidden(F.dropout(z, .1, self.training))), .2, self.training)).float()


def read_weights(path):
    """The arrays of a weights file by name, 8-bit ones times their scales, and its lists of words."""
    data, arrays, at = open(path, "rb").read(), {}, 12
    for _ in range(struct.unpack_from("<I", data, 8)[0]):
        n = struct.unpack_from("<H", data, at)[0]
        name, at = data[at + 2:at + 2 + n].decode(), at + 2 + n
        kind, n_dims = data[at], data[at + 1]
        dims = struct.unpack_from(f"<{n_dims}I", data, at + 2)
        offset, length = struct.unpack_from("<QQ", data, at + 2 + 4 * n_dims)
        at += 18 + 4 * n_dims
        part = data[offset:offset + length]
        arrays[name] = part.decode().split("\n") if kind == 2 else np.frombuffer(part, "i1" if kind == 0 else "<f4").reshape(dims)
    for name in [k for k in arrays if k.endswith(".scale")]:
        key = name.removesuffix("scale") + "weight"
        arrays[key] = arrays[key].astype(np.float32) * arrays[name].reshape(-1, *[1] * (arrays[key].ndim - 1))
    return arrays


def load_encoder(path):
    """The shipped encoder without its heads, as it reads: its vectors are rounded as in the program."""
    a = read_weights(path)
    n_layers = 1 + max(int(k.split(".")[1]) for k in a if k.startswith("layers."))
    model = Reader(len(a["pieces"]), N_SHAPES, dict(upos=1, xpos=1, feats=1, ner=1, rel=1), n_layers)
    state = model.state_dict()
    for name in state:
        if name in ("pieces.weight", "positions.weight"):
            state[name] = torch.tensor(a[name])
        elif name == "shapes.weight":
            state[name] = torch.tensor(a["shapes"]).reshape(state[name].shape)
        elif name.startswith(("layers.", "norm.")):
            value = torch.tensor(a[name])
            if ".qkv." in name:
                value = value.clone()
                value[:WIDTH] *= 32 ** 0.5
            state[name] = value
    model.load_state_dict(state)
    return model.eval(), a["pieces"]


class Base:
    """The encoder's vectors of sentences: computed once."""

    def __init__(self, weights):
        self.model, pieces = load_encoder(weights)
        self.batcher = Batcher({}, WordPiece(pieces), None)

    @torch.no_grad()
    def read(self, sentences):
        Linear.quantised = True
        for s in sentences:
            s["ner"] = []
        m = self.model
        for chunk in batches([s for s in sentences if "vectors" not in s], 3000, random.Random(0)):
            (ids, shapes, mask, first, last, words), _ = self.batcher(chunk)
            x = m.norm(m.pieces(ids) + m.positions.weight[:ids.shape[1]] + m.shapes(shapes))
            low = None
            for layer in m.layers:
                x = layer(x, mask, 0)
                low = x if low is None else low
            for i, s in enumerate(chunk):
                n, w = int(mask[i].sum()), len(s["words"])
                s["vectors"] = torch.cat([low[i, :n], x[i, :n]], -1).to(torch.bfloat16)
                s["first"], s["last"] = first[i, :w].clone(), last[i, :w].clone()
        Linear.quantised = False


def collate(rows):
    """rows: (sentence, pair or None), a pair being (actor spans, recipient spans) in words."""
    b, m, n = len(rows), max(len(s["vectors"]) for s, _ in rows), max(len(s["words"]) for s, _ in rows)
    vectors, mask = torch.zeros(b, m, 2 * WIDTH), torch.zeros(b, m, dtype=torch.bool)
    first, last = torch.zeros(b, n, dtype=torch.long), torch.zeros(b, n, dtype=torch.long)
    sides, exists = torch.zeros(b, m, dtype=torch.long), torch.zeros(b, n, dtype=torch.bool)
    for i, (s, pair) in enumerate(rows):
        k, w = len(s["vectors"]), len(s["words"])
        vectors[i, :k], mask[i, :k], first[i, :w], last[i, :w], exists[i, :w] = s["vectors"].float(), True, s["first"], s["last"], True
        for side, spans in zip((ACTOR, RECIPIENT), pair or ()):
            for start, end in spans:
                sides[i, s["first"][start]:s["last"][end - 1] + 1] = side
    return vectors[..., :WIDTH], vectors[..., WIDTH:], mask, first, last, sides, exists


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


def pairs_of(s):
    """Every ordered pair of parties that can be marked apart: (a, b, acts)."""
    ids = sorted({m[0] for m in s["mentions"]}, key=str)
    spans = {k: [(m[1], m[2]) for m in s["mentions"] if m[0] == k] for k in ids}
    out = []
    for a in ids:
        for b in ids:
            if a != b and any(not overlap(x, y) for x in spans[a] for y in spans[b]):
                out.append((a, b, acts_between(s, a, b)))
    return out, spans


def choose_spans(spans, a, b, rng, every):
    apart = [(x, y) for x in spans[a] for y in spans[b] if not overlap(x, y)]
    if every:
        xs = [x for x in spans[a] if not any(overlap(x, y) for y in spans[b])]
        ys = [y for y in spans[b] if not any(overlap(x, y) for x in spans[a])]
        if xs and ys:
            return xs, ys
    x, y = rng.choice(apart)
    return [x], [y]


def sample_pairs(s, rng, most=1):
    """A pair that acts and one that does not, of some sentences: marked rows cost as much as the words of the sentence do."""
    if rng.random() > PAIRED:
        return []
    pairs, spans = s["pairs"]
    told = [p for p in pairs if p[2]]
    other = [p for p in pairs if not p[2]]
    rng.shuffle(told)
    rng.shuffle(other)
    # The same two the other way round are what is most easily mistaken.
    turned = [p for p in other if any(q[0] == p[1] and q[1] == p[0] for q in told)]
    chosen = told[:most]
    if other and rng.random() < (.7 if told else .9):
        chosen.append(turned[0] if turned and rng.random() < .6 else other[0])
    return [(choose_spans(spans, a, b, rng, rng.random() < .3), acts) for a, b, acts in chosen]


def targets(rows, index, n):
    """For rows of (sentence, pair, acts): labels and flags of words, arguments of triggers, label and flags of pairs."""
    b = len(rows)
    labels, flags = torch.zeros(b, n, dtype=torch.long), torch.zeros(b, n, len(FLAGS))
    pair, pair_flags = torch.full((b,), -100), torch.zeros(b, len(FLAGS))
    triggers, actors, recipients = [], [], []
    for i, (s, marked, acts) in enumerate(rows):
        labels[i, len(s["words"]):] = -100
        if marked is not None:
            # Where a pair is marked, the pair is what is asked; words are asked about without marks.
            labels[i] = -100
            pair[i] = index.get(acts[0]["label"], 0) if acts else 0
            for f in acts[0]["flags"] if acts else ():
                pair_flags[i, FLAGS.index(f)] = 1
            continue
        for act in acts:
            for w in act["words"]:
                labels[i, w] = index.get(act["label"], 0)
                for f in act["flags"]:
                    flags[i, w, FLAGS.index(f)] = 1
            if act["actors"] is not None:
                sides = [act["actors"], act["recipients"]]
                if act["mutual"]:
                    sides = [set(sides[0]) | set(sides[1])] * 2
                for w in act["words"]:
                    triggers.append((i, w))
                    for side, out in zip(sides, (actors, recipients)):
                        row = torch.zeros(n)
                        row[[m[3] for m in s["mentions"] if m[0] in side]] = 1
                        out.append(row)
    return labels, flags, triggers, actors, recipients, pair, pair_flags


def loss_of(model, rows, index):
    low, high, mask, first, last, sides, exists = collate([r[:2] for r in rows])
    x, h = model(low, high, mask, first, last, sides)
    scores = model.words(h).float()
    n_labels = len(index)
    labels, flags, triggers, actors, recipients, pair, pair_flags = targets(rows, index, h.shape[1])
    parts = dict(words=F.cross_entropy(scores[..., :n_labels].flatten(0, 1), labels.flatten(), ignore_index=-100) * 4)
    told = labels > 0
    if told.any():
        parts["flags"] = F.binary_cross_entropy_with_logits(scores[..., n_labels:][told], flags[told])
    if triggers:
        who, whom = model.arguments(h)
        rows_, words_ = torch.tensor(triggers).T
        known = exists[rows_].float()
        bce = lambda scores, gold: (F.binary_cross_entropy_with_logits(scores[rows_, words_], torch.stack(gold), reduction="none") * known).sum() / len(triggers)
        parts["who"], parts["whom"] = bce(who, actors) * .5, bce(whom, recipients) * .5
    marked = pair >= 0
    if marked.any():
        out = model.pairs(x[marked], sides[marked], h[marked], exists[marked])
        parts["pair"] = F.cross_entropy(out[:, :n_labels], pair[marked])
        acted = pair[marked] > 0
        if acted.any():
            parts["pair flags"] = F.binary_cross_entropy_with_logits(out[acted][:, n_labels:], pair_flags[marked][acted])
    return sum(parts.values()), {k: v.item() for k, v in parts.items()}


def macro(gold, found, classes):
    f = []
    for c in classes:
        tp = sum(g == c == p for g, p in zip(gold, found))
        n = gold.count(c) + found.count(c)
        if gold.count(c):
            f.append(2 * tp / n)
    return 100 * sum(f) / max(1, len(f))


def root(label):
    kind = label.split("/")[0]
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


QUAD = dict(AGREE=1, CONSULT=1, SUPPORT=1, CONCEDE=1, COOPERATE=2, AID=2, YIELD=2, RETREAT=2, REQUEST=3, ACCUSE=3, REJECT=3, THREATEN=3, PROTEST=4,
            SANCTION=4, MOBILIZE=4, COERCE=4, ASSAULT=4)


def root_scores(scores, labels):
    """Probabilities by root type from label scores; "O" first."""
    roots = ["O"] + sorted({root(l) for l in labels} - {"O"})
    to = torch.tensor([roots.index(root(l)) for l in labels])
    p = scores.softmax(-1)
    return roots, torch.zeros(*p.shape[:-1], len(roots)).index_add_(-1, to, p)


@torch.no_grad()
def evaluate(model, held, watched, labels):
    model.eval()
    index = {l: i for i, l in enumerate(labels)}
    c, gold_pairs, found_pairs, n_flags = Counter(), [], [], Counter()
    for chunk in batches(held, 2500, random.Random(0)):
        low, high, mask, first, last, sides, exists = collate([(s, None) for s in chunk])
        x, h = model(low, high, mask, first, last, sides)
        out = model.words(h).float()
        roots, p = root_scores(out[..., :len(labels)], labels)
        best = p.argmax(-1)
        who, whom = model.arguments(h)
        for i, s in enumerate(chunk):
            gold = {w: act for act in s["acts"] for w in act["words"]}
            for w in range(len(s["words"])):
                f, g = roots[best[i, w]], root(gold[w]["label"]) if w in gold else "O"
                c["gold"] += g != "O"
                c["found"] += f != "O"
                c["spotted"] += f != "O" and g != "O"
                c["right"] += f == g != "O"
            for act in s["acts"]:
                if act["actors"] is None:
                    continue
                w = act["words"][0]
                for keys, scores, name in ((act["actors"], who, "who"), (act["recipients"], whom, "whom")):
                    if act["mutual"]:
                        keys = set(act["actors"]) | set(act["recipients"])
                    heads = {m[3] for m in s["mentions"] if m[0] in keys}
                    found = set((scores[i, w, :len(s["words"])] > 0).nonzero().flatten().tolist())
                    c[name + " gold"] += bool(heads)
                    c[name + " right"] += bool(heads and found and found <= heads)
                    c[name + " wrong"] += bool(found and not found <= heads)
                for k, f in enumerate(FLAGS):
                    n_flags[f, f in act["flags"], out[i, w, len(labels) + k].item() > 0] += 1
    f1 = lambda tp, n, m: round(200 * tp / max(1, n + m), 1)
    figures = dict(spotted=f1(c["spotted"], c["gold"], c["found"]), typed=f1(c["right"], c["gold"], c["found"]))
    for name in ("who", "whom"):
        figures[name] = (round(100 * c[name + " right"] / max(1, c[name + " gold"]), 1), c[name + " wrong"])
    for f in FLAGS:
        tp = n_flags[f, True, True]
        figures[f] = f1(tp, tp + n_flags[f, True, False], tp + n_flags[f, False, True])
    rng = random.Random(0)
    rows = [(s, choose_spans(s["pairs"][1], a, b, rng, True), acts) for s in held for a, b, acts in s["pairs"][0]]
    for gold, found, _ in judge(model, [(s, pair, root(acts[0]["label"]) if acts else "O") for s, pair, acts in rows], labels):
        gold_pairs.append(gold)
        found_pairs.append(found)
    kinds = sorted(set(gold_pairs) - {"O"})
    figures["pairs"] = round(macro(gold_pairs, found_pairs, kinds), 1)
    for name, rows in watched.items():
        judged = list(judge(model, rows, labels))
        gold, open_, forced = [[j[k] for j in judged] for k in range(3)]
        kinds = sorted(set(gold))
        quad = lambda xs: [QUAD.get(x, 0) for x in xs]
        figures[name] = dict(open=round(macro(gold, open_, kinds), 1), forced=round(macro(gold, forced, kinds), 1), quad=round(macro(quad(gold), quad(forced), [1, 2, 3, 4]), 1),
                             none=round(100 * open_.count("O") / len(open_), 1))
    model.train()
    return figures


def judge(model, rows, labels):
    """(gold root, found root or O, found root) of rows (sentence, (actor spans, recipient spans), gold root)."""
    order = sorted(rows, key=lambda r: len(r[0]["words"]))
    for k in range(0, len(order), 64):
        part = order[k:k + 64]
        low, high, mask, first, last, sides, exists = collate([r[:2] for r in part])
        x, h = model(low, high, mask, first, last, sides)
        roots, p = root_scores(model.pairs(x, sides, h, exists)[:, :len(labels)], labels)
        for r, q in zip(part, p):
            yield r[2], roots[q.argmax()], roots[1 + q[1:].argmax()]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--weights", required=True)
    a.add_argument("--encoder", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--layers", type=int, default=2)
    a.add_argument("--epochs", type=float, default=3)
    a.add_argument("--rate", type=float, default=1.5e-4)
    a.add_argument("--batch", type=int, default=260)
    a.add_argument("--bf16", action="store_true")
    a.add_argument("--start")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--pairs", nargs="*", default=[])
    a = a.parse_args()
    os.makedirs(a.out, exist_ok=True)
    torch.manual_seed(0)
    torch.set_num_threads(a.threads)
    rng = random.Random(0)
    sentences = [json.loads(line) for line in open(a.data, encoding="utf-8")]
    sentences = [s for s in sentences if 0 < len(s["words"]) <= 110]
    base = Base(a.weights)
    watched = {}
    for path in a.pairs:
        rows = [json.loads(line) for line in open(path, encoding="utf-8")]
        rows = [r for r in rows if len(r["words"]) <= 150]
        base.read(rows)
        watched[os.path.basename(path).split(".")[0]] = [(r, ([r["actor"]], [r["recipient"]]), r["root"]) for r in rows]
    base.read(sentences)
    for s in sentences:
        s["pairs"] = pairs_of(s)
    marked = [s for s in sentences if s["from"] not in ("codebook", "articles")]
    held = [s for s in marked if ".held." in s["from"]]
    away = {id(s) for s in held}
    training = [s for s in sentences if id(s) not in away]
    labels = ["O"] + [label for kind in sorted(MODES) for label in [kind] + [f"{kind}/{mode}" for mode in sorted(MODES[kind])]]
    index = {l: i for i, l in enumerate(labels)}
    json.dump(labels, open(a.out + "/acts.json", "w"))
    model = ActReader(len(labels), a.layers)
    model.load_pretrained(a.encoder + "/model.safetensors", len(base.model.layers))
    print(len(training), "sentences to learn from,", len(held), "held,", len(labels), "labels", flush=True)
    slow = [p for name, p in model.named_parameters() if name.startswith("layers.")]
    fast = [p for name, p in model.named_parameters() if not name.startswith("layers.")]
    groups = [dict(params=slow, lr=a.rate, weight_decay=.01), dict(params=fast, lr=a.rate * 10, weight_decay=.01)]
    optimiser = torch.optim.AdamW(groups, betas=(.9, .98), fused=True)
    if a.start:
        model.load_state_dict(torch.load(a.start + "/last.pt")["model"])
    rates, step, epoch, spent, progress = [g["lr"] for g in groups], 0, 0, 0.0, 0.0
    if os.path.exists(a.out + "/last.pt"):
        state = torch.load(a.out + "/last.pt")
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        step, epoch, spent = state["step"], state["epoch"], state["spent"]
    began = time.time() - spent
    model.train()
    while progress < 1:
        rng.seed(epoch)
        # The codebook's negatives are many and short: a third of them a pass.
        todo = [s for s in training if s["from"] != "codebook" or s["acts"] or rng.random() < .33]
        todo = batches(todo, a.batch, rng)
        running, seen = Counter(), 0
        for k, chunk in enumerate(todo):
            progress = (epoch + k / len(todo)) / a.epochs
            if progress >= 1:
                break
            factor = min(1, (step + 1) / 100) * (1 - progress)
            for g, rate in zip(optimiser.param_groups, rates):
                g["lr"] = rate * factor
            Linear.quantised = progress > .8
            rows = [(s, None, s["acts"]) for s in chunk]
            for s in chunk:
                rows += [(s, pair, acts) for pair, acts in sample_pairs(s, rng)]
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
                loss, parts = loss_of(model, rows, index)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            running.update(parts)
            seen += 1
            if k % 50 == 49:
                losses = {name: round(v / seen, 3) for name, v in running.items()}
                print(f"pass {epoch} {k + 1}/{len(todo)} {losses} minutes {(time.time() - began) / 60:.1f}", flush=True)
                running, seen = Counter(), 0
        epoch += 1
        progress = epoch / a.epochs
        torch.save(dict(model=model.state_dict(), optimiser=optimiser.state_dict(), step=step, epoch=epoch, spent=time.time() - began), a.out + "/last.tmp")
        os.replace(a.out + "/last.tmp", a.out + "/last.pt")
        quantised, Linear.quantised = Linear.quantised, False
        print("EVAL after pass", epoch, evaluate(model, held, watched, labels), flush=True)
        Linear.quantised = quantised


if __name__ == "__main__":
    main()
