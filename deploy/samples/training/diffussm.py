"""A small DiffuSSM (Yan et al. 2024): an hourglass around a gated bidirectional state space, without attention and without patches.

Conventions where the paper is silent: two neighbours of a row are one token of the dense layers (M = 2), activations are GELU (tanh),
modulation has shift, scale and gate, and the state space is S4D (Gu et al. 2022) by zero-order hold. `python diffussm.py --minutes 30`
trains (and resumes) it on the 64 classes.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

import autoencoder
import classes
import trainer
import world
from blocks import FinalLayer, LabelEmbedder, TimestepEmbedder, initialise, modulate, modulation, position_table

CONFIG = {"_class_name": "DiffuSSM", "sample_size": 8, "in_channels": autoencoder.LATENT_CHANNELS, "hidden_size": 128, "depth": 6,
          "num_classes": len(world.CLASSES)}
GROUPED, PAIRS = 2, 8


class StateSpace(nn.Module):
    """The kernel of a diagonal state space (S4D, Gu et al. 2022, equations 3 and 6), one for each channel."""

    def __init__(self, width):
        super().__init__()
        self.log_dt = nn.Parameter(math.log(1e-2) + torch.rand(width) * math.log(1e2))  # lengths of 64: from 1e-2 to 1
        self.log_A_real = nn.Parameter(torch.full((width, PAIRS), math.log(0.5)))
        self.A_imag = nn.Parameter(math.pi * torch.arange(PAIRS).float().repeat(width, 1))
        self.C = nn.Parameter(torch.randn(width, PAIRS, 2) * 0.5 ** 0.5)
        self.D = nn.Parameter(torch.randn(width))

    def forward(self, length):
        """(width, length), the skip connection in its first value."""
        decay, turn = -self.log_A_real.exp(), self.A_imag
        dt, after = self.log_dt.exp()[:, None], torch.arange(length, device=turn.device)
        a = torch.complex(decay, turn)
        weights = torch.view_as_real(torch.view_as_complex(self.C) * ((a * dt).exp() - 1) / a)[:, :, None]
        angles = (turn * dt)[:, :, None] * after  # real functions: on a CPU many times as fast as the complex exponential
        waves = weights[..., 0] * angles.cos() - weights[..., 1] * angles.sin()
        kernel = 2 * (((decay * dt)[:, :, None] * after).exp() * waves).sum(dim=1)
        return torch.cat([kernel[:, :1] + self.D[:, None], kernel[:, 1:]], dim=1)


def convolve(u, forward, backward):
    """u (n, length, width) with both kernels (width, length), concatenated to (n, length, 2 * width): the sums over what came before
    and over what comes after, as products with Toeplitz matrices, which for short sequences trains faster than Fourier transforms."""
    n, length, width = u.shape
    nothing = torch.zeros(width, length - 1, device=u.device)
    before = torch.cat([forward.flip(1), nothing], dim=1).unfold(1, length, 1).flip(1)  # [t, s] is forward[t - s]
    after = torch.cat([nothing, backward], dim=1).unfold(1, length, 1).flip(1)  # [t, s] is backward[s - t]
    mixed = torch.cat([before, after], dim=1).to(u.dtype) @ u.permute(2, 1, 0)  # (width, 2 * length, n)
    return mixed.view(width, 2, length, n).permute(3, 2, 1, 0).reshape(n, length, 2 * width)


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.w0, self.w1 = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.w2, self.w3 = nn.Linear(2 * width, 2 * width), nn.Linear(2 * width, width)
        self.up = nn.Linear(width, GROUPED * width)
        self.down = nn.Module()
        self.down.weight = nn.Parameter(torch.empty(GROUPED, 2 * width // GROUPED, 2 * width))
        self.down.bias = nn.Parameter(torch.zeros(GROUPED, 2 * width // GROUPED))
        nn.init.xavier_uniform_(self.down.weight.view(2 * width, 2 * width))
        self.ssm_fwd, self.ssm_bwd = StateSpace(width), StateSpace(width)
        self.adaLN_modulation = modulation(width, 3)

    def forward(self, z, c):
        def activate(x):
            return F.gelu(x, approximate="tanh")

        shift, scale, gate = self.adaLN_modulation(c).chunk(3, dim=1)
        n, tokens, width = z.shape
        narrow = modulate(z, shift, scale)
        wide = activate(self.up(activate(self.w0(narrow)))).view(n, GROUPED * tokens, width)
        with torch.autocast(z.device.type, enabled=False):
            kernels = self.ssm_fwd(wide.shape[1]), self.ssm_bwd(wide.shape[1])
        mixed = convolve(wide, *kernels).view(n, tokens, GROUPED, 2 * width)
        mixed = torch.einsum("ntgi,goi->ntgo", mixed, self.down.weight.to(mixed.dtype)) + self.down.bias.to(mixed.dtype)
        mixed = activate(mixed).reshape(n, tokens, 2 * width)
        return z + gate[:, None] * self.w3(activate(self.w2(mixed)) * activate(self.w1(narrow)))


class DiffuSSM(nn.Module):
    def __init__(self, config=None):
        super().__init__()
        config = config or CONFIG
        width, channels, self.side = config["hidden_size"], config["in_channels"], config["sample_size"]
        self.null_class = config["num_classes"]
        self.x_embedder = nn.Linear(GROUPED * channels, width)
        self.t_embedder, self.y_embedder = TimestepEmbedder(width), LabelEmbedder(self.null_class, width)
        self.register_buffer("places", position_table(width, self.side)[:, ::GROUPED], persistent=False)
        self.blocks = nn.ModuleList(Block(width) for _ in range(config["depth"]))
        self.final_layer = FinalLayer(width, GROUPED * channels)
        initialise(self, (self.y_embedder.embedding_table.weight, self.t_embedder.mlp[0].weight, self.t_embedder.mlp[2].weight),
                   [*(block.adaLN_modulation[1] for block in self.blocks), self.final_layer.adaLN_modulation[1], self.final_layer.linear])

    def forward(self, x, t, y):
        """Latents (n, 4, 8, 8), timesteps (n,), labels (n,) to the noise, shaped like the latents."""
        c = self.t_embedder(t) + self.y_embedder(y)
        cells = x.flatten(2).transpose(1, 2)  # (n, 64, 4), rows after each other
        z = self.x_embedder(cells.reshape(len(x), cells.shape[1] // GROUPED, -1)) + self.places
        for block in self.blocks:
            z = block(z, c)
        out = self.final_layer(z, c)
        return out.reshape(len(x), -1, x.shape[1]).transpose(1, 2).reshape(x.shape)


if __name__ == "__main__":
    classes.run(DiffuSSM, trainer.options("shapes-diffussm.pt", minutes=30, batch=64, lr=1.5e-3))
