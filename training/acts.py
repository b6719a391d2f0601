"""Trains the reader of acts: the pretrained encoder whole, over the embeddings of the shipped one, which stay as they are.

    python acts.py --data PREPARED.jsonl --weights ../models/english.weights --encoder FOLDER_WITH_model.safetensors --out FOLDER
        [--epochs 4] [--start RUN_OR_WEIGHTS] [--feed 1008] [--share 1] [--rate 1e-4] [--threads 2]

`--data` is what `acts_prepare.py` writes. Nothing is learned from the files `*.held.txt`, which give the figures printed after each pass,
nor from the article set, whose tuned half gives others. `--share` leaves part of what is not of the press out of each pass. `--feed` leaves,
of the numbers between the feed-forward halves of each layer, the ones that move its outcome most on the sentences themselves (a multiple of 48,
as the program multiplies). The learning rate falls linearly to zero; the last tenth trains through 8-bit rounding. Its layers and what says
who stands where are shipped; the head that says which act a word tells is learned anew in `words.py`, beside a lexicon.
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
from model import WIDTH, Linear, Reader
from train import Batcher, batches
from wordpiece import N_SHAPES, WordPiece

ROLE = 96
N_LAYERS = 6


class ActReader(nn.Module):
    """Acts word by word with their flags, and who stands where in them."""

    def __init__(self, n_pieces, n_labels, n_layers=N_LAYERS):
        super().__init__()
        self.encoder = Reader(n_pieces, N_SHAPES, dict(upos=1, xpos=1, feats=1, ner=1, rel=1), n_layers)
        for head in ("tags", "mlp", "arc", "rel"):
            delattr(self.encoder, head)
        self.word_hidden = Linear(WIDTH, WIDTH)
        self.words = Linear(WIDTH, n_labels + len(FLAGS))
        self.roles = Linear(WIDTH, 4 * ROLE)
        self.bias = nn.Parameter(torch.tensor([-2.0, -2.0]))

    def load_pretrained(self, path, shipped):
        """The pretrained encoder's layers over the embeddings of the shipped one."""
        whole = Reader(30522, N_SHAPES, dict(upos=1, xpos=1, feats=1, ner=1, rel=1), len(self.encoder.layers))
        whole.load_pretrained(path, torch.arange(30522))
        self.encoder.layers.load_state_dict(whole.layers.state_dict())
        for name in ("pieces", "positions", "shapes", "norm"):
            getattr(self.encoder, name).load_state_dict(getattr(shipped, name).state_dict())

    def load(self, state):
        """Takes the weights of a run, whose layers may be narrower."""
        widths = [len(state[f"encoder.layers.{i}.up.weight"]) for i in range(len(self.encoder.layers))]
        self.encoder.narrow([torch.arange(width) for width in widths])
        self.load_state_dict(state)

    def load_shipped(self, arrays, shipped):
        """Takes shipped weights, which lack the head that says which act a word tells, over the embeddings of the shipped encoder."""
        widths = [len(arrays[f"layers.{i}.up.weight"]) for i in range(len(self.encoder.layers))]
        self.encoder.narrow([torch.arange(width) for width in widths])
        state = self.state_dict()
        for name in state:
            value = arrays.get(name.removeprefix("encoder."))
            if value is not None and name.removeprefix("encoder.").split(".")[0] in ("layers", "word_hidden", "roles", "bias"):
                value = torch.tensor(value)
                if ".qkv." in name:
                    # The attention's scale is folded into the queries there.
                    value[:WIDTH] *= 32 ** 0.5
                state[name] = value.reshape(state[name].shape)
        self.load_state_dict(state)
        for name in ("pieces", "positions", "shapes", "norm"):
            getattr(self.encoder, name).load_state_dict(getattr(shipped, name).state_dict())

    def forward(self, ids, shapes, mask, first, last, p=.1, p_head=.2):
        """The vectors of the pieces, of the words, and what the heads read of these."""
        e = self.encoder
        x = e.pieces(ids) + e.positions.weight[:ids.shape[1]] + e.shapes(shapes)
        x = F.dropout(e.norm(x), p, self.training)
        for layer in e.layers:
            x = layer(x, mask, p)
        words = of_words(x, first, last)
        h = F.dropout(words, p_head, self.training)
        return x, words, F.dropout(F.relu(self.word_hidden(h)), p_head, self.training)

    def arguments(self, h):
        """Scores [b, words, words] of the second word being the actor, and the recipient, of the act that the first tells."""
        t_a, t_r, m_a, m_r = self.roles(h).split(ROLE, -1)
        scale = ROLE ** -0.5
        return (t_a @ m_a.transpose(1, 2) * scale + self.bias[0]).float(), (t_r @ m_r.transpose(1, 2) * scale + self.bias[1]).float()


def of_words(x, first, last):
    """A word is the mean of its first and last piece."""
    take = lambda i: x.gather(1, i.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
    return (take(first) + take(last)) * .5


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
    for name in [k for k in arrays if k.endswith(".scale") and k.removesuffix("scale") + "weight" in arrays]:
        key = name.removesuffix("scale") + "weight"
        arrays[key] = arrays[key].astype(np.float32) * arrays[name].reshape(-1, *[1] * (arrays[key].ndim - 1))
    return arrays


def load_reader(run):
    """What a run has trained, as it reads."""
    state = torch.load(run + "/last.pt")["model"]
    n_layers = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers."))
    reader = ActReader(len(state["encoder.pieces.weight"]), len(json.load(open(run + "/acts.json"))), n_layers)
    reader.load(state)
    return reader.eval()


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


def admitted(act, index):
    """The numbers of the labels that are right for an act: its own, or all of the types that readers accept, and none where they are unsure."""
    if "admits" not in act:
        return (index.get(act["label"], 0),)
    types = tuple(number for label, number in index.items() if label.split("/")[0] in act["admits"])
    return types if act["sure"] else (0,) + types


def loss_of_labels(scores, right):
    """The mean loss where any of the labels that are `right` would do."""
    return (scores.logsumexp(-1) - scores.masked_fill(~right, -1e4).logsumexp(-1)).mean()


def targets(sentences, index, n):
    """Labels and flags of words, and the triggers (sentence, word) with the words that are their actors and recipients."""
    b = len(sentences)
    labels, flags = torch.zeros(b, n, len(index), dtype=torch.bool), torch.zeros(b, n, len(FLAGS))
    labels[..., 0] = True
    triggers, actors, recipients = [], [], []
    for i, s in enumerate(sentences):
        for act in s["acts"]:
            for w in act["words"]:
                labels[i, w] = False
                labels[i, w, admitted(act, index)] = True
                for f in act["flags"]:
                    flags[i, w, FLAGS.index(f)] = 1
            if act["actors"] is None:
                continue
            for w in act["words"]:
                triggers.append((i, w))
                for heads, out in zip(heads_of(s, act), (actors, recipients)):
                    row = torch.zeros(n)
                    row[sorted(heads)] = 1
                    out.append(row)
    return labels, flags, triggers, actors, recipients


def heads_of(s, act):
    """The head words of an act's actors and of its recipients; both are both where each does it to the other."""
    sides = [set(act["actors"]), set(act["recipients"])]
    if act["mutual"]:
        sides = [sides[0] | sides[1]] * 2
    return [{m[3] for m in s["mentions"] if m[0] in side} for side in sides]


def loss_of(model, batcher, sentences, index, rng):
    (ids, shapes, mask, first, last, exists), _ = batcher(sentences, rng)
    _, _, h = model(ids, shapes, mask, first, last)
    scores = model.words(h).float()
    n_labels = len(index)
    labels, flags, triggers, actors, recipients = targets(sentences, index, h.shape[1])
    parts = dict(words=loss_of_labels(scores[..., :n_labels][exists], labels[exists]) * 8)
    told = ~labels[..., 0]
    if told.any():
        parts["flags"] = F.binary_cross_entropy_with_logits(scores[..., n_labels:][told], flags[told])
    if triggers:
        who, whom = model.arguments(h)
        rows, words = torch.tensor(triggers).T
        known = exists[rows].float()
        bce = lambda scores, gold: (F.binary_cross_entropy_with_logits(scores[rows, words], torch.stack(gold), reduction="none") * known).sum() / len(triggers)
        parts["who"], parts["whom"] = bce(who, actors) * .5, bce(whom, recipients) * .5
    return sum(parts.values()), {k: v.item() for k, v in parts.items()}


@torch.no_grad()
def narrowed(model, batcher, sentences, feed):
    """Narrows the layers to `feed` numbers each: those that, at their usual size, move the outcome most."""
    layers = model.encoder.layers
    sums = [torch.zeros(layer.up.out_features) for layer in layers]
    hooks = [
        layer.up.register_forward_hook(lambda _, __, out, k=k: sums[k].add_(F.gelu(out.float(), approximate="tanh").square().sum((0, 1))))
        for k, layer in enumerate(layers)
    ]
    model.eval()
    for chunk in batches(random.Random(0).sample(sentences, min(3000, len(sentences))), 2500, random.Random(0)):
        (ids, shapes, mask, first, last, _), _ = batcher(chunk)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            model(ids, shapes, mask, first, last)
    for hook in hooks:
        hook.remove()
    effect = [size.sqrt() * layer.down.weight.norm(dim=0) for size, layer in zip(sums, layers)]
    model.encoder.narrow([e.topk(feed).indices.sort().values for e in effect])
    for e in effect:
        kept = e.topk(feed).values.square().sum() / e.square().sum()
        print(f"narrowed to {feed} of {len(e)}, {kept:.4f} of the effect kept", flush=True)


def root(label):
    kind = label.split("/")[0]
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


def root_scores(scores, labels):
    """Probabilities by root type from label scores; "O" first."""
    roots = ["O"] + sorted({root(l) for l in labels} - {"O"})
    to = torch.tensor([roots.index(root(l)) for l in labels])
    p = scores.softmax(-1)
    return roots, torch.zeros(*p.shape[:-1], len(roots)).index_add_(-1, to, p)


@torch.no_grad()
def evaluate(model, batcher, held, labels):
    """F1 of words that tell an act, and one of the right type; how often whoever acts is found and nobody else, and how often wrongly."""
    model.eval()
    c, n_flags = Counter(), Counter()
    for chunk in batches(held, 2500, random.Random(0)):
        (ids, shapes, mask, first, last, _), _ = batcher(chunk)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            _, _, h = model(ids, shapes, mask, first, last)
        out = model.words(h.float()).float()
        roots, p = root_scores(out[..., :len(labels)], labels)
        best = p.argmax(-1)
        who, whom = model.arguments(h.float())
        for i, s in enumerate(chunk):
            gold = {w: act for act in s["acts"] for w in act["words"]}
            n = len(s["words"])
            for w in range(n):
                f, g = roots[best[i, w]], {root(label) for label in gold[w].get("admits", [gold[w]["label"]])} if w in gold else set()
                if w in gold and not gold[w].get("sure", True):
                    continue
                c["gold"] += bool(g)
                c["found"] += f != "O"
                c["spotted"] += f != "O" and bool(g)
                c["right"] += f in g
            for act in s["acts"]:
                if act["actors"] is None:
                    continue
                w = act["words"][0]
                for heads, scores, name in zip(heads_of(s, act), (who, whom), ("who", "whom")):
                    found = set((scores[i, w, :n] > 0).nonzero().flatten().tolist())
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
    model.train()
    return figures


def read_data(path):
    """The sentences to learn from; those set aside; those of the labelled articles, set aside too."""
    sentences = [json.loads(line) for line in open(path, encoding="utf-8")]
    sentences = [s for s in sentences if 0 < len(s["words"]) <= 110]
    for s in sentences:
        s["ner"] = []
    held = [s for s in sentences if ".held." in s["from"]]
    articles = [s for s in sentences if s["from"] == "articles"]
    away = {id(s) for s in held + articles}
    return [s for s in sentences if id(s) not in away], held, articles


def all_labels():
    return ["O"] + [label for kind in sorted(MODES) for label in [kind] + [f"{kind}/{mode}" for mode in sorted(MODES[kind])]]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--weights", required=True)
    a.add_argument("--encoder", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--epochs", type=int, default=4)
    a.add_argument("--rate", type=float, default=1e-4)
    a.add_argument("--batch", type=int, default=700)
    a.add_argument("--rounded", type=float, default=.9)
    a.add_argument("--start", help="the folder of a run, or shipped weights")
    a.add_argument("--share", type=float, default=1, help="of the sentences that are not of the press, a pass")
    a.add_argument("--feed", type=int)
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args()
    os.makedirs(a.out, exist_ok=True)
    torch.manual_seed(0)
    torch.set_num_threads(a.threads)
    rng = random.Random(0)
    training, held, articles = read_data(a.data)
    labels = all_labels()
    index = {l: i for i, l in enumerate(labels)}
    json.dump(labels, open(a.out + "/acts.json", "w"))
    shipped, pieces = load_encoder(a.weights)
    batcher = Batcher({}, WordPiece(pieces), None)
    model = ActReader(len(pieces), len(labels))
    if a.start and a.start.endswith(".weights"):
        model.load_shipped(read_weights(a.start), shipped)
    elif a.start:
        model.load(torch.load(a.start + "/last.pt")["model"])
    else:
        model.load_pretrained(a.encoder + "/model.safetensors", shipped)
    resumed = torch.load(a.out + "/last.pt") if os.path.exists(a.out + "/last.pt") else None
    if resumed:
        model.load(resumed["model"])
    elif a.feed:
        narrowed(model, batcher, training, a.feed)
    for name in ("pieces", "positions", "shapes", "norm"):
        getattr(model.encoder, name).requires_grad_(False)
    print(len(training), "sentences to learn from,", len(held), "held,", len(labels), "labels", flush=True)
    slow = [p for p in model.encoder.parameters() if p.requires_grad]
    fast = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [dict(params=slow, lr=a.rate, weight_decay=.01), dict(params=fast, lr=a.rate * 10, weight_decay=.01)]
    optimiser = torch.optim.AdamW(groups, betas=(.9, .98), fused=True)
    rates, step, epoch, spent = [g["lr"] for g in groups], 0, 0, 0.0
    if resumed:
        optimiser.load_state_dict(resumed["optimiser"])
        step, epoch, spent = resumed["step"], resumed["epoch"], resumed["spent"]
    began = time.time() - spent
    model.train()
    while epoch < a.epochs:
        rng.seed(epoch)
        # The codebook's negatives are many and short: a third of them a pass.
        todo = [s for s in training if s["from"] != "codebook" or s["acts"] or rng.random() < .33]
        if a.share < 1:
            todo = [s for s in todo if s["from"] == "press" or rng.random() < a.share]
        todo = batches(todo, a.batch, rng)
        running = Counter()
        for k, chunk in enumerate(todo):
            progress = (epoch + k / len(todo)) / a.epochs
            factor = min(1, (step + 1) / 100) * (1 - progress)
            for g, rate in zip(optimiser.param_groups, rates):
                g["lr"] = rate * factor
            Linear.quantised = progress > a.rounded
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, parts = loss_of(model, batcher, chunk, index, rng)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            running.update(parts)
            if k % 100 == 99:
                losses = {name: round(v / 100, 3) for name, v in running.items()}
                print(f"pass {epoch} {k + 1}/{len(todo)} {losses} minutes {(time.time() - began) / 60:.1f}", flush=True)
                running = Counter()
        epoch += 1
        torch.save(dict(model=model.state_dict(), optimiser=optimiser.state_dict(), step=step, epoch=epoch, spent=time.time() - began), a.out + "/last.tmp")
        os.replace(a.out + "/last.tmp", a.out + "/last.pt")
        Linear.quantised = False
        for name, away in (("marked", held), ("articles", articles)):
            print("EVAL after pass", epoch, name, evaluate(model, batcher, away, labels), flush=True)


if __name__ == "__main__":
    main()
