"""Writes a checkpoint as the 8-bit weights the program embeds.

    python export.py CHECKPOINT_FOLDER ../models/english.weights
    python export.py CHECKPOINT_FOLDER ../models/acts.weights --acts
    python export.py CHECKPOINT_FOLDER ../models/acts.weights --head modes

The third puts one head in its place among the weights that are there.

Format, little-endian: `POLYNLP1`, u32 number of arrays; for each: u16 length and bytes of its name, u8 kind (0 i8, 1 f32, 2 text, 3 u32),
u8 number of dimensions, u32 each; u64 offset from the start of the file, u64 length in bytes. Then the arrays, each on a 64-byte
boundary. A linear layer `x` is `x.weight` (i8, outputs by inputs), `x.scale` (f32 per output) and `x.bias` (f32 per output).
"""
import json
import struct
import sys

import numpy as np
import torch

from model import FEED, REL, WIDTH


class Writer:
    """Arrays to be written, in order."""

    def __init__(self):
        self.arrays = []

    def text(self, name, lines):
        self.arrays.append((name, 2, [], "\n".join(lines).encode()))

    def floats(self, name, a):
        self.arrays.append((name, 1, list(a.shape), np.ascontiguousarray(a, dtype="<f4").tobytes()))

    def rows(self, name, a):
        scale = np.maximum(np.abs(a).max(1), 1e-8) / 127
        q = np.rint(a / scale[:, None]).clip(-127, 127).astype(np.int8)
        self.arrays.append((name + ".weight", 0, list(q.shape), q.tobytes()))
        self.floats(name + ".scale", scale)

    def lexicon(self, name, keys, rows):
        """Rows by key, in ascending order; one scale a column."""
        self.arrays.append((name + ".keys", 3, list(keys.shape), keys.astype("<u4").tobytes()))
        scale = np.maximum(np.abs(rows).max(0), 1e-8) / 127
        self.arrays.append((name + ".rows", 0, list(rows.shape), np.rint(rows / scale).astype(np.int8).tobytes()))
        self.floats(name + ".scale", scale)

    def linear(self, name, weight, bias):
        self.rows(name, weight)
        self.floats(name + ".bias", bias)


def write_arrays(path, fill):
    """Writes the arrays that `fill` gives to the Writer it is called with."""
    writer = Writer()
    fill(writer)
    head = b"POLYNLP1" + struct.pack("<I", len(writer.arrays))
    size = len(head) + sum(2 + len(name.encode()) + 2 + 4 * len(dims) + 16 for name, _, dims, _ in writer.arrays)
    offset, body, table = (size + 63) // 64 * 64, [], b""
    for name, kind, dims, data in writer.arrays:
        encoded = name.encode()
        table += struct.pack("<H", len(encoded)) + encoded + struct.pack("<BB", kind, len(dims)) + struct.pack(f"<{len(dims)}I", *dims)
        table += struct.pack("<QQ", offset, len(data))
        padded_data = data + b"\0" * (-len(data) % 64)
        body.append(padded_data)
        offset += len(padded_data)
    with open(path, "wb") as out:
        out.write((head + table).ljust((size + 63) // 64 * 64, b"\0") + b"".join(body))
    print(path, offset, "bytes")


def encoder(folder, w):
    labels = json.load(open(folder + "/labels.json"))
    state = {k: v.float().numpy() for k, v in torch.load(folder + "/last.pt", map_location="cpu")["model"].items()}
    w.text("pieces", labels["pieces"])
    for task, classes in labels["classes"].items():
        w.text("labels." + task, classes)
    w.rows("pieces", state["pieces.weight"])
    w.rows("positions", state["positions.weight"])
    w.floats("shapes", state["shapes.weight"])
    w.floats("norm.weight", state["norm.weight"])
    w.floats("norm.bias", state["norm.bias"])
    layers(state, w)
    heads(labels, state, w)


def acts(folder, w):
    """The reader of acts: what `acts.py`, `words.py`, `across.py`, `happened.py` and `modes.py` trained, without the embeddings, which are the encoder's."""
    state = {k.removeprefix("encoder."): v.float().numpy() for k, v in torch.load(folder + "/last.pt", map_location="cpu")["model"].items()}
    w.text("labels", json.load(open(folder + "/acts.json")))
    layers(state, w)
    for name in ("word_hidden", "roles"):
        w.linear(name, state[name + ".weight"], state[name + ".bias"])
    w.floats("bias", state["bias"])
    words = torch.load(folder + "/words.pt", weights_only=False)
    heads = (("type_hidden", "dense", "hidden"), ("types", "dense", "out"), ("pair_hidden", "pairs", "hidden"), ("pair", "pairs", "out"))
    for name, head, layer in heads:
        w.linear(name, words[head][layer + ".weight"].numpy(), words[head][layer + ".bias"].numpy())
    w.text("kinds", words["kinds"])
    w.lexicon("lexicon", *words["words"])
    w.lexicon("sides.lexicon", *words["sides"])
    w.floats("mix", words["mix"].reshape(-1))
    for name in ("happened", "modes"):
        head(folder, name, w)
    across = {k: v.numpy() for k, v in torch.load(folder + "/across.pt").items()}
    w.floats("across.alone", across["alone"])
    w.floats("across.apart", across["apart"].reshape(-1))
    for name in ("hidden", "roles"):
        w.linear("across." + name, across[name + ".weight"], across[name + ".bias"])


def head(folder, name, w):
    """A head on a word's vectors: a hidden layer and what it says."""
    state = torch.load(f"{folder}/{name}.pt")
    for part, layer in ((name + "_hidden", "hidden"), (name, "out")):
        w.linear(part, state[layer + ".weight"].numpy(), state[layer + ".bias"].numpy())


def replace_head(folder, name, path):
    """The weights in `path` with the head that `folder` has under this name."""
    data, at, kept = open(path, "rb").read(), 12, []
    for _ in range(struct.unpack_from("<I", data, 8)[0]):
        n = struct.unpack_from("<H", data, at)[0]
        own, at = data[at + 2:at + 2 + n].decode(), at + 2 + n
        kind, n_dims = data[at], data[at + 1]
        dims = list(struct.unpack_from(f"<{n_dims}I", data, at + 2))
        offset, length = struct.unpack_from("<QQ", data, at + 2 + 4 * n_dims)
        at += 18 + 4 * n_dims
        if own.split(".")[0] not in (name, name + "_hidden"):
            kept.append((own, kind, dims, data[offset:offset + length]))

    def fill(w):
        w.arrays += kept
        head(folder, name, w)

    write_arrays(path, fill)


def layers(state, w):
    n_layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    for i in range(n_layers):
        p = f"layers.{i}."
        weight, bias = state[p + "qkv.weight"].copy(), state[p + "qkv.bias"].copy()
        # The attention's 1/sqrt(32) is folded into the queries.
        weight[:WIDTH] /= 32 ** 0.5
        bias[:WIDTH] /= 32 ** 0.5
        w.linear(p + "qkv", weight, bias)
        for name in ("out", "up", "down"):
            w.linear(p + name, state[p + name + ".weight"], state[p + name + ".bias"])
        for name in ("norm1", "norm2"):
            w.floats(p + name + ".weight", state[p + name + ".weight"])
            w.floats(p + name + ".bias", state[p + name + ".bias"])


def heads(labels, state, w):
    for name in ("tags", "mlp", "arc"):
        w.linear(name, state[name + ".weight"], state[name + ".bias"])
    # The relation head is laid out input by input, padded to a multiple of eight relations, so that the scores of one head are a
    # sum of contiguous rows.
    n = len(labels["classes"]["rel"])
    padded = (n + 7) // 8 * 8
    weight = np.zeros((REL + 1, padded, REL), np.float32)
    bias = np.zeros((REL + 1, padded), np.float32)
    weight[:, :n] = state["rel.weight"].reshape(n, REL + 1, REL).transpose(1, 0, 2)
    bias[:, :n] = state["rel.bias"].reshape(n, REL + 1).T
    w.linear("rel", weight.reshape(-1, REL), bias.reshape(-1))


if __name__ == "__main__":
    if "--head" in sys.argv:
        replace_head(sys.argv[1], sys.argv[sys.argv.index("--head") + 1], sys.argv[2])
    else:
        fill = acts if "--acts" in sys.argv else encoder
        write_arrays(sys.argv[2], lambda w: fill(sys.argv[1], w))
