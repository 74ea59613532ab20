"""A small GenTron (Chen et al. 2024): text by cross-attention and, pooled, by adaLN; in models of videos attention between frames.

Conventions where the paper is silent: no norm before cross-attention and no gate after it; attention between frames on a plain norm
plus sines and cosines of the frame's number; a row without motion sees its own frame alone. `python gentron.py --minutes 40` trains
(and resumes) pictures, `python gentron.py --video --start ../shapes-gentron --minutes 40` videos from their weights.
"""

import torch
from torch import nn
from torch.nn import functional as F

import autoencoder
import captions
import diffusion
import trainer
import world
from blocks import FinalLayer, Attention, Mlp, PatchEmbedder, TimestepEmbedder, attend, initialise, modulate, modulation, position_table, unpatchify
from text import CONFIG as TEXT, TextEncoder

CONFIG = {"_class_name": "GenTron", "sample_size": 8, "patch_size": 2, "in_channels": autoencoder.LATENT_CHANNELS, "hidden_size": 160,
          "depth": 7, "heads": 5, "clip_dim": TEXT["hidden_size"], "clip_tokens": captions.TOKENS}
VIDEO = {**CONFIG, "frames": captions.FRAMES, "fps": 4}
TEXT_DROPOUT, MOTION_FREE = 0.1, 0.15


class CrossAttention(nn.Module):
    def __init__(self, width, heads, text_width):
        super().__init__()
        self.heads = heads
        self.q, self.kv, self.proj = nn.Linear(width, width), nn.Linear(text_width, 2 * width), nn.Linear(width, width)

    def forward(self, x, text, mask):
        n, tokens, width = x.shape
        q = self.q(x).view(n, tokens, self.heads, -1).transpose(1, 2)
        k, v = self.kv(text).view(n, text.shape[1], 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        return self.proj(attend(q, k, v, mask[:, None, None]).transpose(1, 2).reshape(n, tokens, width))


class FrameAttention(nn.Module):
    """Attention of a place to itself in other frames."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x, positions, mask):
        n, frames, tokens, width = x.shape
        x = F.layer_norm(x, (width,), eps=1e-6) + positions[None, :, None]
        q, k, v = self.qkv(x).view(n, frames, tokens, 3, self.heads, -1).permute(3, 0, 2, 4, 1, 5)
        mixed = attend(q, k, v, mask)
        return self.proj(mixed.permute(0, 3, 1, 2, 4).reshape(n, frames, tokens, width))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, heads = config["hidden_size"], config["heads"]
        self.attn, self.mlp = Attention(width, heads), Mlp(width)
        self.cross_attn = CrossAttention(width, heads, config["clip_dim"])
        if "frames" in config:
            self.temp_attn = FrameAttention(width, heads)
        self.adaLN_modulation = modulation(width, 6)

    def forward(self, x, c, text, mask, time=None):
        """x is (n * frames, tokens, width); what there is of each row is repeated over its frames."""
        n, frames = len(c), len(x) // len(c)
        shift_a, scale_a, gate_a, shift_m, scale_m, gate_m = self.adaLN_modulation(c).repeat_interleave(frames, dim=0).chunk(6, dim=1)
        x = x + gate_a[:, None] * self.attn(modulate(x, shift_a, scale_a))
        tokens = x.shape[1:]
        x = x.reshape(n, -1, tokens[1])
        x = x + self.cross_attn(x, text, mask)
        if time:
            x = x.view(n, frames, *tokens)
            x = x + self.temp_attn(x, *time)
        x = x.reshape(n * frames, *tokens)
        return x + gate_m[:, None] * self.mlp(modulate(x, shift_m, scale_m))


class GenTron(nn.Module):
    def __init__(self, config=None):
        super().__init__()
        self.config = config = config or CONFIG
        width, patch, channels = config["hidden_size"], config["patch_size"], config["in_channels"]
        self.side = config["sample_size"] // patch
        self.x_embedder = PatchEmbedder(channels, patch, width)
        self.t_embedder = TimestepEmbedder(width)
        self.pooled_embedder = nn.ModuleDict({"mlp": nn.Sequential(nn.Linear(config["clip_dim"], width), nn.SiLU(), nn.Linear(width, width))})
        self.blocks = nn.ModuleList(Block(config) for _ in range(config["depth"]))
        self.final_layer = FinalLayer(width, patch ** 2 * channels)
        self.register_buffer("places", position_table(width, self.side), persistent=False)
        rates = 10000.0 ** (-torch.arange(width // 2, dtype=torch.float64) / (width // 2))
        angles = torch.arange(config.get("frames", 1))[:, None] * rates
        self.register_buffer("order", torch.cat([angles.sin(), angles.cos()], dim=1).float(), persistent=False)
        zero = [layer for block in self.blocks for layer in (block.adaLN_modulation[1], block.cross_attn.proj)]
        zero += [block.temp_attn.proj for block in self.blocks if hasattr(block, "temp_attn")]
        initialise(self, (self.t_embedder.mlp[0].weight, self.t_embedder.mlp[2].weight),
                   [*zero, self.final_layer.adaLN_modulation[1], self.final_layer.linear])

    def forward(self, x, t, text, mask, pooled, motion=None):
        """Latents (n, 4, 8, 8) or (n, 4, frames, 8, 8), timesteps (n,), token vectors, their mask (n, tokens, true where there is
        a word), the caption's vector, and whether a row has motion (n,) to the noise, shaped like the latents."""
        c = self.t_embedder(t) + self.pooled_embedder["mlp"](pooled)
        pictures, time = x, None
        if x.dim() == 5:
            frames = x.shape[2]
            own = torch.eye(frames, dtype=torch.bool, device=x.device)
            time = self.order[:frames], (own | motion[:, None, None])[:, None, None]
            pictures = x.transpose(1, 2).flatten(0, 1)
        tokens = self.x_embedder(pictures) + self.places
        for block in self.blocks:
            tokens = block(tokens, c, text, mask, time)
        out = self.final_layer(tokens, c.repeat_interleave(len(tokens) // len(c), dim=0))
        out = unpatchify(out, self.side, self.config["patch_size"])
        return out.view(len(x), -1, *out.shape[1:]).transpose(1, 2) if x.dim() == 5 else out


class Captioned(nn.Module):
    """Text encoder and transformer, trained together."""

    def __init__(self, config=None):
        super().__init__()
        self.text, self.transformer = TextEncoder(), GenTron(config)

    def forward(self, x, t, ids, told, motion=None):
        """told (n,): false in rows that see zeros in place of the text."""
        tokens, pooled = self.text(ids)
        return self.transformer(x, t, tokens * told[:, None, None], ids != 0, pooled * told[:, None], motion)


def encode_scenes(vae, scaling_factor, painter, kinds, count):
    """Scaled latents of fresh scenes as means and deviations (count, frames, 4, 8, 8), token ids, and how faint the scenes are."""
    means, deviations, ids, faint = [], [], [], []
    for kind, share in kinds:
        for start in range(0, round(count * share), 32):
            words, pictures = captions.paint([kind() for _ in range(32)])
            mean, deviation = autoencoder.encode_scaled(vae, scaling_factor, pictures)
            means.append(mean.view(32, -1, *mean.shape[1:]))
            deviations.append(deviation.view_as(means[-1]))
            ids.append(captions.encode(words))
            faint.append(autoencoder.faintness(world.as_input(pictures)).view(32, -1).mean(dim=1))
    return torch.cat(means), torch.cat(deviations), torch.cat(ids), torch.cat(faint)


def train(args, team):
    model = Captioned(VIDEO if args.video else CONFIG)
    if args.video:
        model.text.load_state_dict(autoencoder.single_precision(f"{args.start}/text_encoder/model.safetensors"))
        missing, _ = model.transformer.load_state_dict(autoencoder.single_precision(f"{args.start}/model.safetensors"), strict=False)
        assert all("temp_attn" in name for name in missing), missing
    model.to(args.device)

    def prepare(rng):
        painter = captions.Painter(captions.HeldOut(), rng)
        kinds = [(painter.clip, 1.0)] if args.video else [(painter.one, 0.45), (painter.two, 0.55)]
        *bank, faint = encode_scenes(*autoencoder.load(args.vae), painter, kinds, args.scenes)
        mean, deviation, ids = (part.to(args.device) for part in bank)
        chances = faint.square()  # what is small or hardly differs from its background is learned last, so it is shown more often
        process = diffusion.Process(dimensions=5 if args.video else 4)

        def losses():
            rows = torch.multinomial(chances, args.batch, replacement=True, generator=rng).to(args.device)
            x0 = mean[rows] + deviation[rows] * torch.randn(mean[rows].shape, generator=rng).to(args.device)
            told = (torch.rand(args.batch, generator=rng) >= TEXT_DROPOUT).to(args.device)
            if not args.video:
                return process.loss(lambda x, t: model(x, t, ids[rows], told), x0[:, 0], rng)
            motion = (torch.rand(args.batch, generator=rng) >= MOTION_FREE).to(args.device)
            middle = x0[:, captions.FRAMES // 2 - 1, None].expand_as(x0)  # without motion a clip is its middle, all the time
            x0 = torch.where(motion[:, None, None, None, None], x0, middle).transpose(1, 2)
            return process.loss(lambda x, t: model(x, t, ids[rows], told, motion), x0, rng, args.lean, args.most)

        return losses

    trainer.fit(args, team, model, prepare)


if __name__ == "__main__":
    parser = trainer.options("shapes-gentron.pt", minutes=40, batch=64, lr=1e-3)
    parser.add_argument("--vae", default="../shapes-vae")
    parser.add_argument("--video", action="store_true")
    parser.add_argument("--start", default="../shapes-gentron", help="with --video: the pictures' weights")
    # Which way things go shows through all but the heaviest noise, so only there it can be learned from the caption.
    parser.add_argument("--lean", type=float, default=1.0, help="of videos: timesteps t are drawn in proportion to t ** lean")
    parser.add_argument("--most", type=float, default=30.0, help="of videos: errors count 1 / alpha bar, at most so much")
    parser.add_argument("--scenes", type=int, default=20480, help="of each process")
    trainer.run(train, parser.parse_args())
