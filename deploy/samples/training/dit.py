"""A small class-conditional diffusion transformer (DiT, adaLN-Zero; Peebles and Xie 2023) over the shapes latents.

Parameter names are those of the official checkpoints. `python dit.py --minutes 45` trains (and resumes) it on latents
of drawings that the shipped autoencoder encodes first.
"""

import argparse
import copy
import math
import os
import time

import torch
from torch import nn
from torch.nn import functional as F

import autoencoder
import diffusion
import parallel
import world

CONFIG = {"_class_name": "DiT", "input_size": 8, "patch_size": 2, "in_channels": autoencoder.LATENT_CHANNELS,
          "hidden_size": 192, "depth": 7, "num_heads": 6, "num_classes": len(world.CLASSES), "learn_sigma": True}
LABEL_DROPOUT = 0.1
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


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        q, k, v = self.qkv(x).view(n, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(2, 3) * (width // self.heads) ** -0.5).softmax(dim=3)
        return self.proj((weights.to(v.dtype) @ v).transpose(1, 2).reshape(n, tokens, width))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))


def modulation(width, parts):
    return nn.Sequential(nn.SiLU(), nn.Linear(width, parts * width))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attn, self.mlp = Attention(width, heads), Mlp(width)
        self.adaLN_modulation = modulation(width, 6)

    def forward(self, x, c):
        shift_a, scale_a, gate_a, shift_m, scale_m, gate_m = self.adaLN_modulation(c).chunk(6, dim=1)
        x = x + gate_a[:, None] * self.attn(modulate(x, shift_a, scale_a))
        return x + gate_m[:, None] * self.mlp(modulate(x, shift_m, scale_m))


class TimestepEmbedder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(FREQUENCIES, width), nn.SiLU(), nn.Linear(width, width))

    def forward(self, t):
        half = FREQUENCIES // 2
        angles = t[:, None].float() * torch.exp(-math.log(10000) * torch.arange(half) / half)
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


class DiT(nn.Module):
    def __init__(self, config=None):
        super().__init__()
        config = config or CONFIG
        width, self.patch, channels = config["hidden_size"], config["patch_size"], config["in_channels"]
        self.side, self.null_class = config["input_size"] // self.patch, config["num_classes"]
        self.x_embedder = PatchEmbedder(channels, self.patch, width)
        self.t_embedder, self.y_embedder = TimestepEmbedder(width), LabelEmbedder(self.null_class, width)
        self.pos_embed = nn.Parameter(position_table(width, self.side), requires_grad=False)
        self.blocks = nn.ModuleList([Block(width, config["num_heads"]) for _ in range(config["depth"])])
        self.final_layer = FinalLayer(width, self.patch ** 2 * 2 * channels)
        self._initialise()

    def _initialise(self):
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.xavier_uniform_(self.x_embedder.proj.weight.view(len(self.x_embedder.proj.weight), -1))
        nn.init.zeros_(self.x_embedder.proj.bias)
        for weight in (self.y_embedder.embedding_table.weight, self.t_embedder.mlp[0].weight,
                       self.t_embedder.mlp[2].weight):
            nn.init.normal_(weight, std=0.02)
        zero = [block.adaLN_modulation[1] for block in self.blocks]
        for layer in [*zero, self.final_layer.adaLN_modulation[1], self.final_layer.linear]:
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x, t, y):
        """Noisy latents (n, 4, 8, 8), timesteps (n,), labels (n,) to (n, 8, 8, 8): noise, then variance share."""
        c = self.t_embedder(t) + self.y_embedder(y)
        tokens = self.x_embedder(x) + self.pos_embed
        for block in self.blocks:
            tokens = block(tokens, c)
        patches = self.final_layer(tokens, c).view(len(x), self.side, self.side, self.patch, self.patch, -1)
        pixels = self.side * self.patch
        return patches.permute(0, 5, 1, 3, 2, 4).reshape(len(x), -1, pixels, pixels)


@torch.no_grad()
def encode_drawings(model, scaling_factor, count, rng):
    """Scaled latents of fresh drawings, as means and deviations, and their labels."""
    labels = torch.arange(count) % len(world.CLASSES)
    means, deviations = [], []
    for part in labels.split(256):
        mean, logvar = model.encode(world.as_input(world.draw_classes(part, rng)))
        means.append(mean * scaling_factor)
        deviations.append((0.5 * logvar).exp() * scaling_factor)
    return torch.cat(means), torch.cat(deviations), labels


def learning_rate(step, spent, minutes, peak):
    """A short warm-up, then a cosine over the time given, down to a hundredth."""
    return peak * min(1.0, (step + 1) / 300) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, spent / (60 * minutes)))))


def train(args, team):
    torch.manual_seed(args.seed)
    rng = torch.Generator().manual_seed(1000 * args.seed + team.rank)
    model = DiT()
    average = copy.deepcopy(model)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=args.lr, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    step, spent = 0, 0.0
    if os.path.exists(args.checkpoint):
        saved = torch.load(args.checkpoint)
        model.load_state_dict(saved["model"]), average.load_state_dict(saved["ema"])
        optimiser.load_state_dict(saved["optimiser"])
        step, spent = saved["step"], saved["spent"]
        rng.manual_seed(1000 * args.seed + 10 * step + team.rank)
    encoder, scaling_factor = autoencoder.load(args.vae)
    mean, deviation, labels = encode_drawings(encoder, scaling_factor, args.drawings, rng)
    print(f"{sum(p.numel() for p in trained)} parameters, {len(labels)} drawings, latents std {mean.std():.3f}, "
          f"posterior std {deviation.mean():.3f}, from step {step}", flush=True)
    process, started, losses = diffusion.Process(), time.time() - spent, []
    while spent < 60 * args.minutes:
        chosen = torch.randint(len(labels), (args.batch,), generator=rng)
        x0 = mean[chosen] + deviation[chosen] * torch.randn(mean[chosen].shape, generator=rng)
        dropped = torch.rand(args.batch, generator=rng) < LABEL_DROPOUT
        y = torch.where(dropped, model.null_class, labels[chosen])
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, spent, args.minutes, args.lr)
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            simple, bound = process.loss(model, x0, y, rng)
        optimiser.zero_grad()
        (simple + bound).backward()
        spent = team.average(trained, time.time() - started)
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        step += 1
        losses.append((simple.item(), bound.item()))
        with torch.no_grad():
            for slow, fast in zip(average.parameters(), model.parameters()):
                slow.lerp_(fast, 1 - min(args.ema, step / (step + 20)))
        if team.rank > 0:
            continue
        if step % 100 == 0:
            simple, bound = torch.tensor(losses).mean(dim=0).tolist()
            losses.clear()
            print(f"step {step} seconds {spent:.0f} noise {simple:.4f} bound {bound:.5f}", flush=True)
        if step % 500 == 0 or spent >= 60 * args.minutes:
            torch.save({"model": model.state_dict(), "ema": average.state_dict(),
                        "optimiser": optimiser.state_dict(), "step": step, "spent": spent}, args.checkpoint)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--vae", default="../shapes-vae")
    options.add_argument("--checkpoint", default="shapes-dit.pt")
    options.add_argument("--minutes", type=float, default=45)
    options.add_argument("--batch", type=int, default=64)
    options.add_argument("--lr", type=float, default=1.2e-3)
    options.add_argument("--ema", type=float, default=0.999)
    options.add_argument("--drawings", type=int, default=12288)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    chosen = options.parse_args()
    parallel.run(train, chosen)
