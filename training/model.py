"""The network: a three-layer encoder with case, and heads for tags, trees and entities.

Every matrix product is a `Linear` that can act as the 8-bit product of the Rust side will act (weights per output channel,
activations per row), so that the last part of training sees the rounding it will be judged with.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, N_HEADS, FEED = 384, 12, 1536
ARC, REL = 256, 64


def round_through(x):
    return x + (x.round() - x).detach()


class Linear(nn.Linear):
    quantised = False

    def forward(self, x):
        if not Linear.quantised:
            return super().forward(x)
        with torch.autocast("cpu", enabled=False):
            w = self.weight
            w_scale = w.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            x = x.float()
            x_scale = x.detach().abs().amax(-1, keepdim=True).clamp(min=1e-8) / 127
            w = round_through(w / w_scale) * w_scale
            x = round_through(x / x_scale) * x_scale
        return F.linear(x, w, self.bias)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.out = Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Linear(WIDTH, FEED)
        self.down = Linear(FEED, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask, p):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, N_HEADS, WIDTH // N_HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :], dropout_p=p if self.training else 0.0)
        x = self.norm1(x + F.dropout(self.out(a.transpose(1, 2).reshape(b, n, WIDTH)), p, self.training))
        y = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(y, p, self.training))


class Reader(nn.Module):
    def __init__(self, n_pieces, n_shapes, sizes, n_layers=3):
        """sizes: number of classes of upos, xpos, feats, ner, rel."""
        super().__init__()
        self.sizes = sizes
        self.pieces = nn.Embedding(n_pieces, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(n_shapes, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(n_layers))
        self.tags = Linear(WIDTH, sizes["upos"] + sizes["xpos"] + sizes["feats"] + sizes["ner"])
        self.mlp = Linear(WIDTH, 2 * ARC + 2 * REL)
        self.arc = Linear(ARC, ARC)
        self.rel = Linear(REL, sizes["rel"] * (REL + 1))
        self.rel.weight.data.mul_(0.3)

    def narrow(self, kept):
        """Leaves, layer by layer, only these of the numbers between its feed-forward halves."""
        for layer, rows in zip(self.layers, kept):
            up, down = Linear(WIDTH, len(rows)), Linear(len(rows), WIDTH)
            up.weight.data, up.bias.data = layer.up.weight.data[rows], layer.up.bias.data[rows]
            down.weight.data, down.bias.data = layer.down.weight.data[:, rows], layer.down.bias.data
            layer.up, layer.down = up, down

    def load_run(self, state):
        """Takes the weights of a run that may have fewer tags or fewer layers; the rest keeps what it has."""
        own = self.state_dict()
        for name, value in state.items():
            if name in own:
                own[name][tuple(slice(0, n) for n in value.shape)] = value
        self.load_state_dict(own)

    def load_pretrained(self, path, kept):
        from safetensors.torch import load_file
        t = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        self.pieces.weight.data.copy_(t["embeddings.word_embeddings.weight"][kept])
        self.positions.weight.data.copy_(t["embeddings.position_embeddings.weight"])
        self.shapes.weight.data.copy_(t["embeddings.token_type_embeddings.weight"][:1].expand_as(self.shapes.weight))
        pairs = [(self.norm, "embeddings.LayerNorm")]
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                qkv = [t[p + f"attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, kind).data.copy_(torch.cat(qkv))
            pairs += [(layer.out, p + "attention.output.dense"), (layer.norm1, p + "attention.output.LayerNorm"),
                      (layer.up, p + "intermediate.dense"), (layer.down, p + "output.dense"), (layer.norm2, p + "output.LayerNorm")]
        for module, name in pairs:
            module.weight.data.copy_(t[name + ".weight"])
            module.bias.data.copy_(t[name + ".bias"])

    def forward(self, ids, shapes, mask, first, last, words, p=0.1, p_head=0.25):
        """ids, shapes, mask: [b, pieces]; first, last: piece index of each word, [b, words]; words: which words exist.
        Returns tag logits [b, w, *], arc scores [b, w, w + 1] (column 0 is the root) and the parts of the relation scores."""
        n = ids.shape[1]
        x = self.pieces(ids) + self.positions.weight[:n] + self.shapes(shapes)
        x = F.dropout(self.norm(x), p, self.training)
        for layer in self.layers:
            x = layer(x, mask, p)
        take = lambda i: x.gather(1, i.unsqueeze(-1).expand(-1, -1, WIDTH))
        h = (take(first) + take(last)) * 0.5
        h = F.dropout(h, p, self.training)
        tags = self.tags(h)
        with_root = torch.cat([x[:, :1], h], 1)
        m = F.dropout(F.relu(self.mlp(with_root)), p_head, self.training)
        arc_head, arc_dep, rel_head, rel_dep = m.split([ARC, ARC, REL, REL], -1)
        arcs = self.arc(arc_dep[:, 1:]) @ arc_head.transpose(1, 2)
        exists = torch.cat([torch.ones_like(words[:, :1]), words], 1)
        arcs = arcs.float().masked_fill(~exists[:, None, :], -1e4)
        return tags.float(), arcs, rel_head, self.rel(rel_dep[:, 1:])

    def relations(self, rel_head, rel_dep, heads):
        g = rel_head.gather(1, heads.unsqueeze(-1).expand(-1, -1, REL))
        u = rel_dep.view(*rel_dep.shape[:2], self.sizes["rel"], REL + 1)
        return ((u[..., :REL] * g.unsqueeze(2)).sum(-1) + u[..., REL]).float()
