"""Trains the reader across sentences: of all words that are read together, which name who does an act and whom it is done to.

    python across.py POLYBIUS --weights ../models/english.weights --run RUN [--epochs 8]

Over the frozen vectors of the words that `acts.py` trained (RUN/last.pt), each sentence read alone. It compares an act with the words of
its own sentence and of those before and after, and points to one for each side, or to none. Learned from `press/`: the words that mean
whom a reader names in a fact, wherever they stand, are those that `polybius score articles --meant` prints; whichever of them it
points to is right. Written to RUN/across.pt for `export.py --acts`. Figures are of `articles/`, from which nothing is learned.
"""
import argparse
import os
import random
import time
from collections import Counter

import torch
import torch.nn as nn
import torch.nn.functional as F

import acts_prepare
from acts import load_encoder, load_reader
from features import NAMING
from model import WIDTH, Linear
from train import Batcher, batches, fits
from wordpiece import WordPiece

HERE = os.path.dirname(os.path.abspath(__file__))
ROLE, FARTHEST, MOST_PIECES = 64, 6, 256
SIDES = ("who", "whom")


class Across(nn.Module):
    """Who does an act, and to whom, among the words of sentences that follow each other."""

    def __init__(self):
        super().__init__()
        # How many sentences there are between the act and the word.
        self.apart = nn.Parameter(torch.zeros(2, 2 * FARTHEST + 1))
        # How much what the sentence alone tells counts.
        self.alone = nn.Parameter(torch.tensor([.5, .5]))
        self.hidden = Linear(WIDTH, WIDTH)
        self.roles = Linear(WIDTH, 4 * ROLE + 2)

    def forward(self, x, numbers):
        """Scores [b, 2, words, words] of the second word naming a side of the act that the first tells, and [b, 2, words] of none doing so."""
        h = F.dropout(F.relu(self.hidden(F.dropout(x, .3, self.training))), .2, self.training)
        told, named, none = self.roles(h).float().split((2 * ROLE, 2 * ROLE, 2), -1)
        b, n = numbers.shape
        told, named = (z.view(b, n, 2, ROLE).transpose(1, 2) for z in (told, named))
        apart = (numbers[:, None, :] - numbers[:, :, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        return told @ named.transpose(2, 3) * ROLE ** -.5 + self.apart[:, apart].transpose(0, 1), none.transpose(1, 2)


def labelled(polybius, folder):
    """Articles as lists of sentences; each act has the word that tells it, and the places (sentence, word) that mean its sides, None where nobody
    is found. Articles with sentences too long to learn from are left out."""
    meant = {(one["article"], one["n"]): one for one in acts_prepare.score(polybius, folder, "--meant")}
    for name, document, facts in acts_prepare.labelled(polybius, folder, {name for name, _ in meant}):
        acts = []
        places = {t["start"]: (k, at) for k, s in enumerate(document["sentences"])
                  for at, t in enumerate(document["tokens"][s["first_token"]:s["end_token"]])}
        for fact, (start, end) in facts:
            found = meant[name, fact["n"]]
            sides = [sorted(places[s] for s, _ in found[side] if s in places) or (None if fact.get(side) else []) for side in SIDES]
            # Where all act on each other, both sides are everybody.
            if fact.get("who") and not fact.get("whom") and len(fact["who"]) > 1:
                sides[1] = sides[0]
            acts.append(dict(label=fact["type"][0], start=start, end=end, actors=None, recipients=None, mutual=False, flags=[], sides=sides))
        out = list(acts_prepare.sentences(document, [], acts, "press"))
        for s in out:
            s.update(ner=[], upos=[token[2] for token in s["tokens"]], acts=[(acts_prepare.head_of(s, act["words"]), act["sides"]) for act in s["acts"]])
        if all(fits(s) for s in out):
            yield out


@torch.no_grad()
def read(articles, batcher, reader):
    """Gives each sentence the vectors of its words, read as the program reads them, and the number of its pieces."""
    Linear.quantised = True
    sentences = [s for article in articles for s in article]
    for chunk in batches(sentences, 3000, random.Random(0)):
        (ids, shapes, mask, first, last, _), _ = batcher(chunk)
        _, words, h = reader(ids, shapes, mask, first, last)
        who, whom = reader.arguments(h)
        for i, s in enumerate(chunk):
            n = len(s["words"])
            s["x"], s["n_pieces"] = words[i, :n].to(torch.bfloat16).clone(), int(mask[i].sum())
            s["alone"] = {w: (who[i, w, :n].clone(), whom[i, w, :n].clone()) for w, _ in s["acts"]}
    Linear.quantised = False


def windows(articles, rng=None):
    """Lists of (number, sentence, whether its acts are asked for): sentences that are read together, as the program takes them or cut
    elsewhere, and before them those that were read together last."""
    for article in articles:
        before, window, size, most = [], [], 0, MOST_PIECES if rng is None else rng.randrange(80, MOST_PIECES)
        for k, s in enumerate(article):
            if window and size + s["n_pieces"] > most:
                yield [(k, s, False) for k, s, _ in before] + window
                before, window, size, most = window, [], 0, MOST_PIECES
            window.append((k, s, True))
            size += s["n_pieces"]
        if window:
            yield [(k, s, False) for k, s, _ in before] + window


def together(chunk):
    """The vectors and numbers of several windows, whether a word may name somebody, and their acts: (window, word, [right words])."""
    n = max(sum(len(s["words"]) for _, s, _ in window) for window in chunk)
    x, numbers = torch.zeros(len(chunk), n, WIDTH), torch.zeros(len(chunk), n, dtype=torch.long)
    may, acts = torch.zeros(len(chunk), n, dtype=torch.bool), []
    for i, window in enumerate(chunk):
        begins, at = {}, 0
        for k, s, _ in window:
            begins[k] = at
            size = len(s["words"])
            x[i, at:at + size], numbers[i, at:at + size] = s["x"].float(), k
            may[i, at:at + size] = torch.tensor([upos in NAMING for upos in s["upos"]])
            at += size
        for k, s, is_asked in window:
            for word, sides in s["acts"] if is_asked else ():
                right = [None if side is None else [begins[q] + w for q, w in side if q in begins and (q, w) != (k, word)] for side in sides]
                acts.append((i, begins[k] + word, right, (k, s, word, begins[k])))
    return (x, numbers), may, acts


def scored(model, chunk):
    """For each act log probabilities [2, words + 1], the last that none of the words names the side."""
    inputs, may, acts = together(chunk)
    if not acts:
        return [], None
    scores, none = model(*inputs)
    rows, words = torch.tensor([a[0] for a in acts]), torch.tensor([a[1] for a in acts])
    scores, none = scores[rows, :, words], none[rows, :, words]
    alone = torch.zeros_like(scores)
    for row, (_, _, _, (_, s, word, begin)) in zip(alone, acts):
        row[:, begin:begin + len(s["words"])] = torch.stack(s["alone"][word])
    scores = scores + alone * model.alone[:, None]
    away = ~may[rows]
    away[torch.arange(len(acts)), words] = True
    scores = torch.cat([scores.masked_fill(away[:, None], -1e4), none[..., None]], -1).log_softmax(-1)
    return acts, scores


def loss_of(model, chunk):
    acts, scores = scored(model, chunk)
    losses = []
    for (_, _, right, _), p in zip(acts, scores):
        for side in (0, 1):
            if right[side] is not None:
                losses.append(-p[side, right[side] or [-1]].logsumexp(-1))
    return torch.stack(losses).clamp(max=12).mean() if losses else None


@torch.no_grad()
def evaluate(model, judged):
    model.eval()
    c = Counter()
    all_windows = list(windows(judged))
    for k in range(0, len(all_windows), 12):
        acts, scores = scored(model, all_windows[k:k + 12])
        for (_, _, right, (_, s, word, begin)), p in zip(acts, scores):
            for side, name in enumerate(SIDES):
                if right[side] is None:
                    continue
                own = range(begin, begin + len(s["words"]))
                kind = "none" if not right[side] else "near" if any(w in own for w in right[side]) else "far"
                top = p[side].argmax().item()
                c[name, kind] += 1
                c[name, kind, "right"] += top in (right[side] or [len(p[side]) - 1])
                c[name, kind, "mass"] += p[side, right[side] or [-1]].exp().sum().item()
                if kind != "none":
                    c[name, kind, "named"] += p[side, :-1].argmax().item() in right[side]
                if kind == "near":
                    c[name, kind, "alone"] += begin + s["alone"][word][side].argmax().item() in right[side]
    model.train()
    return {f"{name} {kind}": (n, *(f"{what} {c[name, kind, what] / n:.3f}" for what in ("right", "mass", "named", "alone") if c[name, kind, what]))
            for (name, kind), n in sorted((k, n) for k, n in c.items() if len(k) == 2)}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("polybius")
    a.add_argument("--weights", required=True)
    a.add_argument("--run", required=True)
    a.add_argument("--epochs", type=int, default=8)
    a.add_argument("--rate", type=float, default=5e-4)
    a.add_argument("--batch", type=int, default=12)
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(a.threads)
    shipped, pieces = load_encoder(a.weights)
    reader = load_reader(a.run)
    batcher = Batcher({}, WordPiece(pieces), None)
    kept = a.run + "/across_data.pt"
    if os.path.exists(kept):
        learned, judged = torch.load(kept, weights_only=False)
    else:
        learned, judged = (list(labelled(a.polybius, folder)) for folder in (HERE + "/press", HERE + "/articles"))
        for articles in (learned, judged):
            read(articles, batcher, reader)
        torch.save((learned, judged), kept)
    model = Across()
    optimiser = torch.optim.AdamW(model.parameters(), lr=a.rate, betas=(.9, .98), weight_decay=.02)
    rng, step, began = random.Random(0), 0, time.time()
    n_steps = a.epochs * (1 + len(list(windows(learned, random.Random(0)))) // a.batch)
    print(len(learned), "articles to learn from,", len(judged), "judged,", sum(p.numel() for p in model.parameters()), "numbers", flush=True)
    for epoch in range(a.epochs):
        todo = list(windows(learned, rng))
        todo.sort(key=lambda window: sum(s["n_pieces"] for _, s, _ in window) + rng.random() * 20)
        todo = [todo[k:k + a.batch] for k in range(0, len(todo), a.batch)]
        rng.shuffle(todo)
        total = n = 0
        for chunk in todo:
            for group in optimiser.param_groups:
                group["lr"] = a.rate * min(1, (step + 1) / 100) * max(0, 1 - step / n_steps)
            Linear.quantised = step > .85 * n_steps
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, chunk)
            step += 1
            if loss is None:
                continue
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total, n = total + loss.item(), n + 1
        Linear.quantised = False
        print("pass", epoch + 1, "loss", round(total / n, 4), evaluate(model, judged), f"minutes {(time.time() - began) / 60:.1f}", flush=True)
    torch.save(model.state_dict(), a.run + "/across.pt")


if __name__ == "__main__":
    main()
