"""The small KL autoencoder that the sample models share: 64 x 64 RGB to 4 x 8 x 8 latents and back.

Structure and parameter names are those of diffusers' AutoencoderKL, so any program that reads Stable Diffusion's
autoencoder reads this one. `python autoencoder.py --minutes 25` trains (and resumes) it.
"""

import argparse
import json
import math
import os
import time

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

import parallel
import world

LATENT_CHANNELS = 4
CHANNELS = (16, 32, 64, 96)
GROUPS = 8


def norm(channels):
    return nn.GroupNorm(GROUPS, channels, eps=1e-6)


def conv(inputs, outputs):
    return nn.Conv2d(inputs, outputs, 3, padding=1)


class Resnet(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.norm1, self.conv1 = norm(inputs), conv(inputs, outputs)
        self.norm2, self.conv2 = norm(outputs), conv(outputs, outputs)
        if inputs != outputs:
            self.conv_shortcut = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.conv2(F.silu(self.norm2(h)))
        return h + (self.conv_shortcut(x) if hasattr(self, "conv_shortcut") else x)


class Attention(nn.Module):
    """One head over all positions."""

    def __init__(self, channels):
        super().__init__()
        self.group_norm = norm(channels)
        self.to_q, self.to_k, self.to_v = (nn.Linear(channels, channels) for _ in range(3))
        self.to_out = nn.ModuleList([nn.Linear(channels, channels)])

    def forward(self, x):
        tokens = self.group_norm(x).flatten(2).transpose(1, 2)
        h = F.scaled_dot_product_attention(self.to_q(tokens), self.to_k(tokens), self.to_v(tokens))
        return x + self.to_out[0](h).transpose(1, 2).reshape(x.shape)


class Mid(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.resnets = nn.ModuleList([Resnet(channels, channels), Resnet(channels, channels)])
        self.attentions = nn.ModuleList([Attention(channels)])

    def forward(self, x):
        return self.resnets[1](self.attentions[0](self.resnets[0](x)))


class Downsample(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2)

    def forward(self, x):
        return self.conv(F.pad(x, (0, 1, 0, 1)))


class Upsample(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = conv(channels, channels)

    def forward(self, x):
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Level(nn.Module):
    """Resnets at one resolution, then perhaps a change of resolution."""

    def __init__(self, inputs, outputs, resnets, **sampler):
        super().__init__()
        self.resnets = nn.ModuleList([Resnet(inputs if i == 0 else outputs, outputs) for i in range(resnets)])
        for name, module in sampler.items():
            setattr(self, name, nn.ModuleList([module]))

    def forward(self, x):
        for part in self.children():
            for module in part:
                x = module(x)
        return x


class Encoder(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv_in = conv(3, channels[0])
        self.down_blocks = nn.ModuleList()
        for i, width in enumerate(channels):
            sampler = {} if i == len(channels) - 1 else {"downsamplers": Downsample(width)}
            self.down_blocks.append(Level(channels[max(i - 1, 0)], width, 1, **sampler))
        self.mid_block = Mid(channels[-1])
        self.conv_norm_out, self.conv_out = norm(channels[-1]), conv(channels[-1], 2 * LATENT_CHANNELS)

    def forward(self, x):
        x = self.conv_in(x)
        for block in self.down_blocks:
            x = block(x)
        return self.conv_out(F.silu(self.conv_norm_out(self.mid_block(x))))


class Decoder(nn.Module):
    def __init__(self, channels):
        super().__init__()
        widths = channels[::-1]
        self.conv_in = conv(LATENT_CHANNELS, widths[0])
        self.mid_block = Mid(widths[0])
        self.up_blocks = nn.ModuleList()
        for i, width in enumerate(widths):
            sampler = {} if i == len(widths) - 1 else {"upsamplers": Upsample(width)}
            self.up_blocks.append(Level(widths[max(i - 1, 0)], width, 2, **sampler))
        self.conv_norm_out, self.conv_out = norm(channels[0]), conv(channels[0], 3)

    def forward(self, z):
        x = self.mid_block(self.conv_in(z))
        for block in self.up_blocks:
            x = block(x)
        return self.conv_out(F.silu(self.conv_norm_out(x)))


class Autoencoder(nn.Module):
    def __init__(self, channels=CHANNELS):
        super().__init__()
        self.encoder, self.decoder = Encoder(channels), Decoder(channels)
        self.quant_conv = nn.Conv2d(2 * LATENT_CHANNELS, 2 * LATENT_CHANNELS, 1)
        self.post_quant_conv = nn.Conv2d(LATENT_CHANNELS, LATENT_CHANNELS, 1)

    def encode(self, pictures):
        """Mean and log variance of the latents of pictures in -1..1, both (n, 4, h / 8, w / 8)."""
        mean, logvar = self.quant_conv(self.encoder(pictures)).float().chunk(2, dim=1)
        return mean, logvar.clamp(-30, 20)

    def decode(self, latents):
        """Pictures (about -1..1) of latents that are not scaled."""
        return self.decoder(self.post_quant_conv(latents)).float()


def config(scaling_factor, channels=CHANNELS):
    return {"_class_name": "AutoencoderKL", "act_fn": "silu", "block_out_channels": list(channels),
            "down_block_types": ["DownEncoderBlock2D"] * len(channels), "in_channels": 3,
            "latent_channels": LATENT_CHANNELS, "layers_per_block": 1, "mid_block_add_attention": True,
            "norm_num_groups": GROUPS, "out_channels": 3, "sample_size": world.SIZE,
            "scaling_factor": scaling_factor, "up_block_types": ["UpDecoderBlock2D"] * len(channels),
            "use_post_quant_conv": True, "use_quant_conv": True}


def single_precision(path):
    """Shipped weights in float32."""
    return {name: weight.float() for name, weight in load_file(path).items()}


def load(folder):
    """The shipped autoencoder in float32, and its scaling factor."""
    with open(f"{folder}/config.json") as file:
        described = json.load(file)
    model = Autoencoder(tuple(described["block_out_channels"]))
    model.load_state_dict(single_precision(f"{folder}/diffusion_pytorch_model.safetensors"))
    return model.eval().requires_grad_(False), described["scaling_factor"]


def psnr(pictures, decoded):
    """Peak signal to noise of each picture in dB, after clamping to what can be shown."""
    error = ((pictures - decoded.clamp(-1, 1)) / 2).square().mean(dim=(1, 2, 3))
    return -10 * error.clamp_min(1e-10).log10()


def edges(pictures):
    return pictures.diff(dim=2), pictures.diff(dim=3)


def faintness(pictures):
    """Weights of pictures, mean 1: objects that are small or hardly differ from their background count as much."""
    weight = 1 / pictures.std(dim=(2, 3)).square().mean(dim=1).sqrt().clamp_min(0.05)
    return (weight / weight.mean())[:, None, None, None]


def loss(model, pictures, rng, kl_weight):
    """Absolute and squared error, the same of the edges, and a light pull of the latents towards N(0, 1)."""
    mean, logvar = model.encode(pictures)
    latents = mean + (0.5 * logvar).exp() * torch.randn(mean.shape, generator=rng)
    decoded = model.decode(latents.to(pictures.dtype))
    error, weight = decoded - pictures, faintness(pictures)
    crisp = sum((weight * edge.abs()).mean() for edge in edges(error))
    kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).mean()
    total = (weight * (error.abs() + 2 * error.square())).mean() + 0.5 * crisp + kl_weight * kl
    return total, error.square().mean(), kl


@torch.no_grad()
def measure(model, count=512, seed=999):
    """PSNR on fresh drawings, and the spread of their latents (mean, std over all values)."""
    pictures = world.as_input(world.draw_world(count, torch.Generator().manual_seed(seed)))
    scores, latents = [], []
    for part in pictures.split(64):
        mean, _ = model.encode(part)
        scores.append(psnr(part, model.decode(mean)))
        latents.append(mean)
    scores, latents = torch.cat(scores), torch.cat(latents)
    return scores.mean().item(), scores.min().item(), latents.mean().item(), latents.std().item()


def learning_rate(step, spent, minutes, peak):
    """A short warm-up, then a cosine over the time given, down to a hundredth."""
    warm = min(1.0, (step + 1) / 100)
    return peak * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, spent / (60 * minutes)))))


def train(args, team):
    rng = torch.Generator().manual_seed(1000 * args.seed + team.rank)
    torch.manual_seed(args.seed)
    model = Autoencoder()
    average = Autoencoder()
    average.load_state_dict(model.state_dict())
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.lr, betas=(0.9, 0.99), weight_decay=1e-3, fused=True)
    step, spent = 0, 0.0
    if os.path.exists(args.checkpoint):
        saved = torch.load(args.checkpoint)
        model.load_state_dict(saved["model"]), average.load_state_dict(saved["ema"])
        optimiser.load_state_dict(saved["optimiser"])
        step, spent = saved["step"], saved["spent"]
        rng.manual_seed(1000 * args.seed + 10 * step + team.rank)
    pool = world.draw_world(args.pool, rng)
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(pool)} drawings, from step {step}", flush=True)
    started = time.time() - spent
    while spent < 60 * args.minutes:
        fresh = world.draw_world(max(5, args.batch // 4), rng)  # the pool is renewed as it is used
        pool[torch.randint(len(pool), (len(fresh),), generator=rng)] = fresh
        pictures = world.as_input(pool[torch.randint(len(pool), (args.batch,), generator=rng)])
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, spent, args.minutes, args.lr)
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            total, error, kl = loss(model, pictures, rng, args.kl)
        optimiser.zero_grad()
        total.backward()
        spent = team.average(list(model.parameters()), time.time() - started)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        with torch.no_grad():
            for slow, fast in zip(average.parameters(), model.parameters()):
                slow.lerp_(fast, 1 - min(0.998, step / (step + 20)))
        if team.rank > 0:
            continue
        if step % 20 == 0:
            print(f"step {step} seconds {spent:.0f} loss {total.item():.4f} mse {error.item():.5f} kl {kl.item():.3f}",
                  flush=True)
        if step % 400 == 0 or spent >= 60 * args.minutes:
            torch.save({"model": model.state_dict(), "ema": average.state_dict(),
                        "optimiser": optimiser.state_dict(), "step": step, "spent": spent}, args.checkpoint)
            mean, worst, centre, spread = measure(average)
            print(f"measured step {step} psnr mean {mean:.2f} worst {worst:.2f} latents mean {centre:.3f} "
                  f"std {spread:.3f}", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--checkpoint", default="shapes-vae.pt")
    options.add_argument("--minutes", type=float, default=25)
    options.add_argument("--batch", type=int, default=16)
    options.add_argument("--lr", type=float, default=2e-3)
    options.add_argument("--kl", type=float, default=3e-4)
    options.add_argument("--pool", type=int, default=10000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    chosen = options.parse_args()
    parallel.run(train, chosen)
