"""Trains the reader; resumable; a checkpoint and an evaluation after every epoch.

    python train.py --data ../../shared/data --prepared FOLDER --encoder FOLDER_WITH_model.safetensors_AND_vocab.txt --out FOLDER \
        (--epochs 10 | --minutes 90) [--layers 6] [--teacher RUN --start RUN --plain FILE.conllu]

With a teacher (the folder of a finished run, of any depth) the classes the teacher finds likely count as much as the gold ones; sentences
without gold (`--plain`, as `polybius annotate` writes them) learn from the teacher alone. `--start` begins from the weights of another run.

The learning rate falls linearly to zero over the epochs (or the minutes); the last fifth trains through 8-bit rounding.
"""
import argparse
import json
import os
import random
import time
from collections import Counter

import torch
import torch.nn.functional as F

import names as names_module
from model import Linear, Reader
from prepare import read_bio, read_conllu, spaces, spans
from wordpiece import CLS, MASK, N_SHAPES, SEP, WordPiece, load_vocabulary, shape

TASKS = ("upos", "xpos", "feats", "ner")
WEIGHTS = (1.0, .7, .7, 1.0)


def class_lists(sentences):
    out = {}
    for key, least in (("upos", 1), ("xpos", 1), ("feats", 3), ("rel", 3)):
        n = Counter(v for s in sentences if key in s for v in s[key])
        out[key] = sorted(v for v in n if n[v] >= least)
    n = Counter(v[2:] for s in sentences for v in s["ner"] if v not in "O?")
    out["ner"] = ["O"] + [p + k for k in sorted(k for k in n if n[k] >= 20) for p in ("B-", "I-")]
    return out


class Batcher:
    def __init__(self, classes, wordpiece, names):
        self.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in classes.items()}
        self.wordpiece, self.names = wordpiece, names

    def augment(self, s, rng):
        """The same sentence with other names, other case, without its final stop."""
        words, ner = list(s["words"]), s["ner"]
        if rng.random() < .35:
            people = {}
            for start, end, kind in spans(ner):
                if rng.random() < .4:
                    continue
                n = end - start
                if any(w == "-" or not w[:1].isupper() or not w.isalpha() for w in words[start:end]):
                    continue
                tagged = [s["xpos"][i] for i in range(start, end)] if "xpos" in s else None
                if tagged and kind != "NORP" and any(x != "NNP" for x in tagged):
                    continue
                new = None
                if kind == "PERSON" and n <= 3:
                    key = words[end - 1]
                    if key not in people:
                        people[key] = (self.names.person(rng), self.names.surname(rng))
                    full, last = people[key]
                    new = last[-1:] if n == 1 else [full[0]] + [rng.choice(self.names.surnames) for _ in range(n - 2)] + last[-1:]
                elif kind == "GPE" and n == 1:
                    new = self.names.country(rng) if rng.random() < .5 else self.names.city(rng)
                elif kind == "NORP" and n == 1 and (not tagged or tagged[0] == "JJ"):
                    new = [rng.choice(self.names.demonyms)]
                if new and len(new) == n and not any("-" in w for w in new):
                    words[start:end] = new
        r = rng.random()
        if r < .02:
            words = [w.lower() for w in words]
        elif r < .04:
            words = [w.upper() for w in words]
        elif r < .055:
            words = [w[:1].upper() + w[1:] for w in words]
        s = dict(s, words=words)
        if "head" in s and rng.random() < .05 and len(words) > 3 and words[-1] in ".?!" and len(words) not in s["head"]:
            s = {k: v[:-1] if isinstance(v, list) else v for k, v in s.items()}
        return s

    def __call__(self, sentences, mask_rng=None):
        b = len(sentences)
        n = max(len(s["words"]) for s in sentences)
        rows = []
        for s in sentences:
            ids, shapes, first, last = [CLS], [0], [], []
            space = s["space"]
            for i, w in enumerate(s["words"]):
                pieces = self.wordpiece(w)
                first.append(len(ids))
                ids += pieces
                shapes += [shape(w, i == 0 or space[i - 1], space[i])] * len(pieces)
                last.append(len(ids) - 1)
            if mask_rng:
                for k in range(1, len(ids)):
                    if mask_rng.random() < .04:
                        ids[k] = MASK
            rows.append((ids + [SEP], shapes + [1], first, last))
        m = max(len(r[0]) for r in rows)
        ids, shapes = torch.zeros(b, m, dtype=torch.long), torch.zeros(b, m, dtype=torch.long)
        mask, words = torch.zeros(b, m, dtype=torch.bool), torch.zeros(b, n, dtype=torch.bool)
        first, last = torch.zeros(b, n, dtype=torch.long), torch.zeros(b, n, dtype=torch.long)
        gold = {k: torch.full((b, n), -100) for k in TASKS + ("head", "rel")}
        for i, (s, r) in enumerate(zip(sentences, rows)):
            k, w = len(r[0]), len(r[2])
            ids[i, :k], shapes[i, :k], mask[i, :k], words[i, :w] = torch.tensor(r[0]), torch.tensor(r[1]), True, True
            first[i, :w], last[i, :w] = torch.tensor(r[2]), torch.tensor(r[3])
            for task in TASKS + ("rel",):
                if task in s and task in self.index:
                    gold[task][i, :w] = torch.tensor([self.index[task].get(v, -100) for v in s[task]])
            if "head" in s:
                gold["head"][i, :w] = torch.tensor(s["head"])
        return (ids, shapes, mask, first, last, words), gold


def fits(s):
    return len(s["words"]) <= 110


def batches(sentences, size, rng):
    order = sorted(sentences, key=lambda s: len(s["words"]) + rng.random() * 3)
    out, current = [], []
    for s in order:
        if current and (len(current) + 1) * len(s["words"]) > size:
            out.append(current)
            current = []
        current.append(s)
    out.append(current)
    rng.shuffle(out)
    return out


def divergence(student, teacher, mask):
    """How far the student's classes are from the teacher's, over the words that exist."""
    p = F.log_softmax(teacher.float()[mask], -1)
    return F.kl_div(F.log_softmax(student[mask], -1), p, log_target=True, reduction="batchmean")


def taught_loss(model, teacher, inputs, heads):
    """The student's distance from the teacher; `heads` are the gold heads, or -100 where the teacher's are to be used."""
    tags, arcs, rel_head, rel_dep = model(*inputs)
    with torch.no_grad():
        t_tags, t_arcs, t_head, t_dep = teacher(*inputs)
    words = inputs[5]
    heads = torch.where(heads >= 0, heads, t_arcs.argmax(-1))
    loss, start = 0, 0
    for task, weight in zip(TASKS, WEIGHTS):
        part = slice(start, start + model.sizes[task])
        loss = loss + weight * divergence(tags[..., part], t_tags[..., part], words)
        start += model.sizes[task]
    loss = loss + divergence(arcs, t_arcs, words)
    loss = loss + divergence(model.relations(rel_head, rel_dep, heads), teacher.relations(t_head, t_dep, heads), words)
    return loss, (tags, arcs, rel_head, rel_dep)


def total_loss(model, gold, outputs):
    tags, arcs, rel_head, rel_dep = outputs
    loss, start = 0, 0
    for task, weight in zip(TASKS, WEIGHTS):
        size = model.sizes[task]
        if (gold[task] >= 0).any():
            loss = loss + weight * F.cross_entropy(tags[..., start:start + size].flatten(0, 1), gold[task].flatten(), ignore_index=-100)
        start += size
    if (gold["head"] >= 0).any():
        relations = model.relations(rel_head, rel_dep, gold["head"].clamp(min=0))
        loss = loss + F.cross_entropy(arcs.flatten(0, 1), gold["head"].flatten()) + F.cross_entropy(relations.flatten(0, 1), gold["rel"].flatten())
    return loss


@torch.no_grad()
def evaluate(model, batcher, classes, trees, entities):
    model.eval()
    c = Counter()
    upos_size = model.sizes["upos"]
    for chunk in batches(trees, 3000, random.Random(0)):
        inputs, gold = batcher(chunk)
        tags, arcs, rel_head, rel_dep = model(*inputs)
        heads = arcs.argmax(-1)
        relations = model.relations(rel_head, rel_dep, heads).argmax(-1)
        known = inputs[5]
        right = (heads == gold["head"]) & known
        c["words"] += known.sum().item()
        c["upos"] += ((tags[..., :upos_size].argmax(-1) == gold["upos"]) & known).sum().item()
        c["uas"] += right.sum().item()
        c["las"] += (right & (relations == gold["rel"])).sum().item()
    figures = {k: round(100 * c[k] / c["words"], 2) for k in ("upos", "uas", "las")}
    start = sum(model.sizes[k] for k in ("upos", "xpos", "feats"))
    for name, sentences, fold in entities:
        tp = n_gold = n_found = 0
        for chunk in batches(sentences, 3000, random.Random(0)):
            inputs, _ = batcher(chunk)
            best = model(*inputs)[0][..., start:start + model.sizes["ner"]].argmax(-1)
            for s, row in zip(chunk, best):
                found = {(a, b, fold(k)) for a, b, k in spans([classes["ner"][i] for i in row[:len(s["words"])]]) if fold(k)}
                true = {(a, b, fold(k)) for a, b, k in spans(s["gold"]) if fold(k)}
                tp, n_gold, n_found = tp + len(found & true), n_gold + len(true), n_found + len(found)
        figures[name] = (round(100 * tp / max(1, n_found), 1), round(100 * tp / n_gold, 1), round(200 * tp / (n_found + n_gold), 1))
    model.train()
    return figures


COARSE = {"PERSON": "PER", "PER": "PER", "Person": "PER", "ORG": "ORG", "Organization": "ORG", "GPE": "LOC", "LOC": "LOC", "Location": "LOC",
          "FAC": "FAC", "Facility": "FAC"}


def three(kind):
    kind = COARSE.get(kind)
    return kind if kind != "FAC" else None


def entity_sets(data):
    out = []
    for name, path, w, l in (("worldwide", "worldwide_newswire_dev.iob2", 0, 1), ("uner", "uner_ewt-dev.iob2", 1, 2)):
        sentences = [dict(words=w_, gold=g, ner=["O"] * len(w_), space=spaces(w_)) for w_, g in read_bio(f"{data}/ner/{path}", w, l)]
        out.append((name, [s for s in sentences if fits(s)][::8 if name == "worldwide" else 2], three))
    return out


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--prepared", required=True)
    a.add_argument("--encoder", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--epochs", type=float)
    a.add_argument("--minutes", type=float)
    a.add_argument("--layers", type=int, default=3)
    a.add_argument("--batch", type=int, default=1100)
    a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--frames", type=int, default=2500)
    a.add_argument("--bf16", action="store_true")
    a.add_argument("--limit", type=int)
    a.add_argument("--teacher")
    a.add_argument("--start")
    a.add_argument("--plain", nargs="*", default=[])
    a = a.parse_args()
    os.makedirs(a.out, exist_ok=True)
    torch.manual_seed(0)
    rng = random.Random(0)
    sentences = [json.loads(line) for line in open(a.prepared + "/train.jsonl", encoding="utf-8")]
    for s in sentences:
        s.setdefault("space", spaces(s["words"]))
    sentences = [s for s in sentences if fits(s)]
    classes = class_lists(sentences)
    if a.limit:
        sentences = sentences[:a.limit]
    names = names_module.Names(a.data)
    pieces, kept = load_vocabulary(a.encoder + "/vocab.txt")
    batcher = Batcher(classes, WordPiece(pieces), names)
    json.dump(dict(classes=classes, pieces=pieces), open(a.out + "/labels.json", "w"))
    model = Reader(len(pieces), N_SHAPES, {k: len(v) for k, v in classes.items()}, a.layers)
    model.load_pretrained(a.encoder + "/model.safetensors", kept)
    print(len(sentences), "sentences", len(pieces), "pieces", {k: len(v) for k, v in classes.items()}, flush=True)
    own = [p for n, p in model.named_parameters() if n.startswith(("tags", "mlp", "arc", "rel"))]
    shapes = [model.shapes.weight]
    tables = [model.pieces.weight, model.positions.weight]
    apart = {id(p) for p in own + shapes + tables}
    groups = [dict(params=[p for p in model.parameters() if id(p) not in apart], lr=a.rate, weight_decay=.01),
              dict(params=tables, lr=a.rate / 2, weight_decay=0.0), dict(params=own, lr=a.rate * 8, weight_decay=.01),
              dict(params=shapes, lr=a.rate * 4, weight_decay=0.0)]
    if a.start:
        model.load_run(torch.load(a.start + "/last.pt")["model"])
    teacher = None
    if a.teacher:
        state = torch.load(a.teacher + "/last.pt")["model"]
        sizes = {k: len(v) for k, v in classes.items()}
        teacher = Reader(len(pieces), N_SHAPES, sizes, 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers.")))
        teacher.load_state_dict(state)
        teacher.eval()
    plain = [dict(words=s["words"], space=s["space"], ner=["?"] * len(s["words"])) for path in a.plain for s in read_conllu(path)]
    plain = [s for s in plain if fits(s)]
    optimiser = torch.optim.AdamW(groups, betas=(.9, .98), fused=True)
    rates = [g["lr"] for g in groups]
    trees = [s for s in read_conllu(a.data + "/ud/en_ewt-dev.conllu") if fits(s)][::2]
    for s in trees:
        s["ner"] = ["O"] * len(s["words"])
    entities = entity_sets(a.data)
    spent, epoch, step = 0.0, 0, 0
    if os.path.exists(a.out + "/last.pt"):
        state = torch.load(a.out + "/last.pt")
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        spent, epoch, step = state["spent"], state["epoch"], state["step"]
    began = time.time() - spent
    model.train()
    progress = 0.0
    while progress < 1:
        rng.seed(epoch)
        frames = []
        for _ in range(a.frames):
            words, labels = names_module.fill(names, rng)
            frames.append(dict(words=words, ner=labels, space=spaces(words)))
        todo = batches([batcher.augment(s, rng) for s in sentences] + frames + plain, a.batch, rng)
        running = 0.0
        for k, chunk in enumerate(todo):
            minutes = (time.time() - began) / 60
            progress = minutes / a.minutes if a.minutes else (epoch + k / len(todo)) / a.epochs
            if progress >= 1:
                break
            factor = min(1, (step + 1) / 200) * (1 - progress)
            for g, rate in zip(optimiser.param_groups, rates):
                g["lr"] = rate * factor
            Linear.quantised = progress > .8
            inputs, gold = batcher(chunk, rng)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
                if teacher:
                    taught, outputs = taught_loss(model, teacher, inputs, gold["head"])
                    loss = (taught + total_loss(model, gold, outputs)) / 2
                else:
                    loss = total_loss(model, gold, model(*inputs))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            running += loss.item()
            if k % 25 == 24:
                print(f"epoch {epoch} {k + 1}/{len(todo)} loss {running / 25:.3f} progress {progress:.3f} minutes {minutes:.1f}", flush=True)
                running = 0.0
        epoch += 1
        if a.epochs:
            progress = epoch / a.epochs
        state = dict(model=model.state_dict(), optimiser=optimiser.state_dict(), spent=time.time() - began, epoch=epoch, step=step)
        torch.save(state, a.out + "/last.tmp")
        os.replace(a.out + "/last.tmp", a.out + "/last.pt")
        quantised, Linear.quantised = Linear.quantised, False
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
            print("EVAL after epoch", epoch, evaluate(model, batcher, classes, trees, entities), flush=True)
        Linear.quantised = quantised


if __name__ == "__main__":
    main()
