"""Layers that the denoisers share, named as in the official DiT checkpoints (Peebles and Xie 2023)."""

import math

import torch
from torch import nn
from torch.nn import functional as F

FREQUENCIES = 256


def position_table(width, side):
    """(1, side * side, width): the first half encodes the column, the second the row; sines before cosines."""
    rates = 10000.0 ** (-torch.arange(width // 4, dtype=torch.float64) / (width // 4))
    angles = torch.arange(side, dtype=torch.float64)[:, None] * rates
    line = torch.cat([angles.sin(), angles.cos()], dim=1)
    columns, rows = line[None].expand(side, -1, -1), line[:, None].expand(-1, side, -1)
    return torch.cat([columns, rows], dim=2).reshape(1, side * side, width).float()


def modulate(x, shift, scale):
    return F.layer_norm(x, x.shape[-1:], eps=1e-6) * (1 + scale[:, None]) + shift[:, None]


def attend(q, k, v, mask=None):
    """Attention over the last two dimensions (..., tokens, width); mask is true where a key counts. On a CPU and for few tokens this
    trains faster than PyTorch's fused form."""
    scores = q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    return scores.softmax(dim=-1).to(v.dtype) @ v


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        q, k, v = self.qkv(x).view(n, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        return self.proj(attend(q, k, v).transpose(1, 2).reshape(n, tokens, width))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))


def modulation(width, parts):
    return nn.Sequential(nn.SiLU(), nn.Linear(width, parts * width))


class TimestepEmbedder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(FREQUENCIES, width), nn.SiLU(), nn.Linear(width, width))

    def forward(self, t):
        half = FREQUENCIES // 2
        angles = t[:, None].float() * torch.exp(-math.log(10000) * torch.arange(half, device=t.device) / half)
        return self.mlp(torch.cat([angles.cos(), angles.sin()], dim=1))


class LabelEmbedder(nn.Module):
    def __init__(self, classes, width):
        super().__init__()
        self.embedding_table = nn.Embedding(classes + 1, width)  # the last row means: no class

    def forward(self, y):
        return self.embedding_table(y)


class PatchEmbedder(nn.Module):
    def __init__(self, channels, patch, width):
        super().__init__()
        self.proj = nn.Conv2d(channels, width, patch, stride=patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class FinalLayer(nn.Module):
    def __init__(self, width, outputs):
        super().__init__()
        self.linear, self.adaLN_modulation = nn.Linear(width, outputs), modulation(width, 2)

    def forward(self, x, c):
        return self.linear(modulate(x, *self.adaLN_modulation(c).chunk(2, dim=1)))


def unpatchify(patches, side, patch):
    """(n, side * side, patch * patch * channels) to (n, channels, side * patch, side * patch)."""
    pixels = patches.view(len(patches), side, side, patch, patch, -1).permute(0, 5, 1, 3, 2, 4)
    return pixels.reshape(len(patches), -1, side * patch, side * patch)


def initialise(model, small, zero):
    """Xavier everywhere, a normal of 0.02 for embeddings, zeros for what must begin as nothing."""
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
    for weight in small:
        nn.init.normal_(weight, std=0.02)
    for layer in zero:
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
