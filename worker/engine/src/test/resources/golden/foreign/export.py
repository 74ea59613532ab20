"""Someone's own denoiser, exported from PyTorch in three forms, with the numbers that PyTorch itself samples.

    pip install torch onnx onnxscript safetensors && python export.py

The names of inputs and outputs are the exporter's own, on purpose: the manifest says which is which.
"""

import math

import torch
from safetensors.torch import save_file
from torch import nn

CLASSES, NULL, SIDE, CHANNELS, WIDTH = 5, 5, 8, 4, 24
torch.manual_seed(11)


class Denoiser(nn.Module):
    """Two convolutions around a shift by time and class; predicts the noise."""

    def __init__(self):
        super().__init__()
        self.time = nn.Sequential(nn.Linear(16, WIDTH), nn.SiLU(), nn.Linear(WIDTH, WIDTH))
        self.classes = nn.Embedding(CLASSES + 1, WIDTH)
        self.enter = nn.Conv2d(CHANNELS, WIDTH, 3, padding=1)
        self.middle = nn.Conv2d(WIDTH, WIDTH, 3, padding=1)
        self.leave = nn.Conv2d(WIDTH, CHANNELS, 3, padding=1)

    def forward(self, noisy, when, what):
        frequencies = torch.exp(-math.log(1000.0) * torch.arange(8) / 8)
        angles = when.float().reshape(-1, 1) * frequencies
        shift = self.time(torch.cat([angles.cos(), angles.sin()], 1)) + self.classes(what)
        hidden = nn.functional.silu(self.enter(noisy) + shift[:, :, None, None])
        return self.leave(nn.functional.silu(self.middle(hidden))) + 0.9 * noisy


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(CHANNELS, 3, 2, stride=2)

    def forward(self, z):
        return torch.tanh(self.up(z))


def ddim(model, label, seed, steps, scale):
    """Deterministic DDIM over 1000 linear betas, respaced as the official DiT code does."""
    abar = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0)
    stride, kept, position = 999 / (steps - 1), [], 0.0
    for _ in range(steps):
        kept.append(round(position))
        position += stride
    x = torch.randn(1, CHANNELS, SIDE, SIDE, generator=torch.Generator().manual_seed(seed))
    for k in reversed(range(steps)):
        a, before = abar[kept[k]], abar[kept[k - 1]] if k else torch.tensor(1.0, dtype=torch.float64)
        when = torch.tensor([kept[k]] * 2)
        conditional, unconditional = model(torch.cat([x, x]), when, torch.tensor([label, NULL])).chunk(2)
        noise = unconditional + scale * (conditional - unconditional)
        start = (x.double() - (1 - a).sqrt() * noise.double()) / a.sqrt()
        x = (before.sqrt() * start + (1 - before).sqrt() * noise.double()).float()
    return x


model, decoder = Denoiser().eval(), Decoder().eval()
pair = (torch.randn(2, CHANNELS, SIDE, SIDE), torch.tensor([7, 900]), torch.tensor([1, NULL]))
names = {"input_names": ["noisy", "when", "what"], "output_names": ["noise"], "dynamo": False, "opset_version": 17}
with torch.no_grad():
    dynamic = {name: {0: "rows"} for name in ["noisy", "when", "what", "noise"]}
    torch.onnx.export(model, pair, "any_batch.onnx", dynamic_axes=dynamic, **names)
    torch.onnx.export(model, pair, "batch_of_two.onnx", **names)
    once = (pair[0], torch.tensor(7), pair[2])
    dynamic_once = {name: {0: "rows"} for name in ["noisy", "what", "noise"]}
    torch.onnx.export(model, once, "one_timestep.onnx", dynamic_axes=dynamic_once, **names)
    torch.onnx.export(
        decoder, (pair[0][:1],), "decoder.onnx", input_names=["z"], output_names=["rgb"],
        dynamic_axes={"z": {0: "n"}, "rgb": {0: "n"}}, dynamo=False, opset_version=17)
    latents = ddim(model, 3, 42, 10, 2.5)
    save_file({"latents": latents, "pixels": decoder(latents / 0.5)}, "sampled.safetensors")
