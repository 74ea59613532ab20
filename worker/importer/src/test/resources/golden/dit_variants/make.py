"""Writes one small random DiT with the forward of a plain PyTorch module for each conditioning of Peebles and Xie 2023, section
3.2, that was never published: weights as NAME.safetensors, inputs and output as NAME_io.safetensors. Needs torch, safetensors.

    python make.py
"""

import math

import torch
from safetensors.torch import save_file
from torch import nn

WIDTH, DEPTH, HEADS, PATCH, SIDE, CHANNELS, ROWS = 32, 2, 4, 2, 8, 4, 3
GRID = SIDE // PATCH


class Attention(nn.Module):
    """Softmax attention, head by head."""

    def mix(self, q, k, v):
        heads = []
        for q, k, v in zip(q.chunk(HEADS, -1), k.chunk(HEADS, -1), v.chunk(HEADS, -1)):
            scores = q @ k.transpose(1, 2) / math.sqrt(WIDTH // HEADS)
            heads.append(torch.exp(scores) / torch.exp(scores).sum(-1, keepdim=True) @ v)
        return self.proj(torch.cat(heads, -1))


class SelfAttention(Attention):
    def __init__(self):
        super().__init__()
        self.qkv, self.proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        return self.mix(*self.qkv(x).chunk(3, -1))


class CrossAttention(Attention):
    def __init__(self):
        super().__init__()
        self.q_linear, self.kv_linear = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        self.proj = nn.Linear(WIDTH, WIDTH)

    def forward(self, x, context):
        return self.mix(self.q_linear(x), *self.kv_linear(context).chunk(2, -1))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        return self.fc2(nn.functional.gelu(self.fc1(x), approximate="tanh"))


def norm(adaptive):
    return nn.LayerNorm(WIDTH, eps=1e-6, elementwise_affine=not adaptive)


class Block(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.norm1, self.attn, self.norm2, self.mlp = norm(kind == "adaln"), SelfAttention(), norm(kind == "adaln"), Mlp()
        if kind == "adaln":
            self.adaLN_modulation = nn.Sequential(nn.SiLU(), nn.Linear(WIDTH, 4 * WIDTH))
        if kind == "cross_attention":
            self.norm_cross, self.cross_attn = norm(False), CrossAttention()

    def forward(self, x, time, label):
        if hasattr(self, "adaLN_modulation"):
            shift1, scale1, shift2, scale2 = self.adaLN_modulation(time + label)[:, None].chunk(4, -1)
            x = x + self.attn(self.norm1(x) * (1 + scale1) + shift1)
            return x + self.mlp(self.norm2(x) * (1 + scale2) + shift2)
        x = x + self.attn(self.norm1(x))
        if hasattr(self, "cross_attn"):
            x = x + self.cross_attn(self.norm_cross(x), torch.stack([time, label], 1))
        return x + self.mlp(self.norm2(x))


class Dit(nn.Module):
    def __init__(self, kind, labels, out):
        super().__init__()
        self.kind = kind
        self.pos_embed = nn.Parameter(torch.zeros(1, GRID * GRID, WIDTH))
        self.x_embedder = nn.ModuleDict({"proj": nn.Conv2d(CHANNELS, WIDTH, PATCH, stride=PATCH)})
        self.t_embedder = nn.ModuleDict({"mlp": nn.Sequential(nn.Linear(256, WIDTH), nn.SiLU(), nn.Linear(WIDTH, WIDTH))})
        self.y_embedder = nn.ModuleDict({"embedding_table": nn.Embedding(labels, WIDTH)})
        self.blocks = nn.ModuleList(Block(kind) for _ in range(DEPTH))
        self.final_layer = nn.ModuleDict({"norm_final": norm(kind == "adaln"), "linear": nn.Linear(WIDTH, PATCH ** 2 * out)})
        if kind == "adaln":
            self.final_layer["adaLN_modulation"] = nn.Sequential(nn.SiLU(), nn.Linear(WIDTH, 2 * WIDTH))

    def forward(self, x, t, y):
        angles = t[:, None] * torch.exp(-math.log(10000) * torch.arange(128, dtype=torch.float32) / 128)
        time = self.t_embedder["mlp"](torch.cat([angles.cos(), angles.sin()], -1))
        label = self.y_embedder["embedding_table"](y)
        x = self.x_embedder["proj"](x).flatten(2).transpose(1, 2) + self.pos_embed
        if self.kind == "in_context":
            x = torch.cat([x, time[:, None], label[:, None]], 1)
        for block in self.blocks:
            x = block(x, time, label)
        x = self.final_layer["norm_final"](x[:, :GRID * GRID])
        if self.kind == "adaln":
            shift, scale = self.final_layer["adaLN_modulation"](time + label)[:, None].chunk(2, -1)
            x = x * (1 + scale) + shift
        x = self.final_layer["linear"](x).view(len(x), GRID, GRID, PATCH, PATCH, -1)
        return torch.einsum("nhwpqc->nchpwq", x).reshape(len(x), -1, SIDE, SIDE)


def main():
    for kind, labels, out in (("adaln", 6, 8), ("cross_attention", 5, 8), ("in_context", 6, 4)):
        torch.manual_seed(7)
        dit = Dit(kind, labels, out).eval()
        for parameter in dit.parameters():
            nn.init.normal_(parameter, std=0.7 / math.sqrt(parameter.shape[-1]) if parameter.dim() > 1 else 0.3)
        x, t, y = torch.randn(ROWS, CHANNELS, SIDE, SIDE), torch.tensor([999.0, 37.5, 0.0]), torch.tensor([0, 4, labels - 1])
        with torch.no_grad():
            result = dit(x, t, y)
        save_file(dit.state_dict(), kind + ".safetensors")
        save_file({"x": x, "t": t, "y": y, "out": result.contiguous()}, kind + "_io.safetensors")
        print(kind, list(result.shape), float(result.std()))


if __name__ == "__main__":
    main()
