"""A small class-conditional diffusion transformer (DiT, adaLN-Zero; Peebles and Xie 2023) over the shapes latents.

Parameter names are those of the official checkpoints. `python dit.py --minutes 45` trains (and resumes) it on latents
of drawings that the shipped autoencoder encodes first.
"""

from torch import nn

import autoencoder
import classes
import trainer
import world
from blocks import Attention, FinalLayer, LabelEmbedder, Mlp, PatchEmbedder, TimestepEmbedder, initialise, modulate, modulation, position_table, unpatchify

CONFIG = {"_class_name": "DiT", "input_size": 8, "patch_size": 2, "in_channels": autoencoder.LATENT_CHANNELS,
          "hidden_size": 192, "depth": 7, "num_heads": 6, "num_classes": len(world.CLASSES), "learn_sigma": True}


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attn, self.mlp = Attention(width, heads), Mlp(width)
        self.adaLN_modulation = modulation(width, 6)

    def forward(self, x, c):
        shift_a, scale_a, gate_a, shift_m, scale_m, gate_m = self.adaLN_modulation(c).chunk(6, dim=1)
        x = x + gate_a[:, None] * self.attn(modulate(x, shift_a, scale_a))
        return x + gate_m[:, None] * self.mlp(modulate(x, shift_m, scale_m))


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
        initialise(self, (self.y_embedder.embedding_table.weight, self.t_embedder.mlp[0].weight, self.t_embedder.mlp[2].weight),
                   [*(block.adaLN_modulation[1] for block in self.blocks), self.final_layer.adaLN_modulation[1], self.final_layer.linear])

    def forward(self, x, t, y):
        """Noisy latents (n, 4, 8, 8), timesteps (n,), labels (n,) to (n, 8, 8, 8): noise, then variance share."""
        c = self.t_embedder(t) + self.y_embedder(y)
        tokens = self.x_embedder(x) + self.pos_embed
        for block in self.blocks:
            tokens = block(tokens, c)
        return unpatchify(self.final_layer(tokens, c), self.side, self.patch)


if __name__ == "__main__":
    classes.run(DiT, trainer.options("shapes-dit.pt", minutes=45, batch=64, lr=1.2e-3))
