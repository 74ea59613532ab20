"""The small KL autoencoder that the sample models share: 64 x 64 RGB to 4 x 8 x 8 latents and back.

Structure and parameter names are those of diffusers' AutoencoderKL, so any program that reads Stable Diffusion's
autoencoder reads this one. `python autoencoder.py --minutes 25` trains (and resumes) it; with `--decoder ../shapes-vae`
it goes on with the shipped decoder alone, so that denoisers of its latents stay as they are.
"""

import json

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

import trainer
import world

LATENT_CHANNELS = 4
LEFT_OVER = 0.25  # most of the noise, in deviations of the latents, with which a decoder that is trained alone must do
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


@torch.no_grad()
def encode_scaled(model, scaling_factor, pictures):
    """Latents of uint8 pictures as denoisers know them: means and deviations."""
    mean, logvar = model.encode(world.as_input(pictures))
    return mean * scaling_factor, (0.5 * logvar).exp() * scaling_factor


def psnr(pictures, decoded):
    """Peak signal to noise of each picture in dB, after clamping to what can be shown."""
    error = ((pictures - decoded.clamp(-1, 1)) / 2).square().mean(dim=(1, 2, 3))
    return -10 * error.clamp_min(1e-10).log10()


def edges(pictures):
    return pictures.diff(dim=2), pictures.diff(dim=3)


def faintness(pictures):
    """Weights of pictures, mean 1: objects that are small or hardly differ from their background count as much."""
    weight = 1 / pictures.std(dim=(2, 3)).square().mean(dim=1).sqrt().clamp_min(0.05)
    return weight / weight.mean()


def losses(model, pictures, rng, kl_weight, noise):
    """Absolute and squared error, the same of the edges, and a light pull of the latents towards N(0, 1). Each row's latents get up
    to so much more noise."""
    mean, logvar = model.encode(pictures)
    deviation = (0.5 * logvar).exp() + noise * torch.rand(len(mean), 1, 1, 1, generator=rng).to(mean.device)
    latents = mean + deviation * torch.randn(mean.shape, generator=rng).to(mean.device)
    decoded = model.decode(latents.to(pictures.dtype))
    error, weight = decoded - pictures, faintness(pictures)[:, None, None, None]
    kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).mean()
    return {"pixels": (weight * (error.abs() + 2 * error.square())).mean(),
            "edges": 0.5 * sum((weight * edge.abs()).mean() for edge in edges(error)), "kl": kl_weight * kl}


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


def train(args, team):
    model, noise = Autoencoder(), 0.0
    if args.decoder:
        shipped, scaling_factor = load(args.decoder)
        model.load_state_dict(shipped.state_dict())
        model.encoder.requires_grad_(False), model.quant_conv.requires_grad_(False)
        noise = LEFT_OVER / scaling_factor
    model.to(args.device)

    def prepare(rng):
        pool = world.draw_world(args.pool, rng)

        def draw():
            fresh = world.draw_world(max(5, args.batch // 4), rng)  # the pool is renewed as it is used
            pool[torch.randint(len(pool), (len(fresh),), generator=rng)] = fresh
            pictures = world.as_input(pool[torch.randint(len(pool), (args.batch,), generator=rng)])
            return losses(model, pictures.to(args.device), rng, args.kl, noise)

        return draw

    trainer.fit(args, team, model, prepare)


if __name__ == "__main__":
    parser = trainer.options("shapes-vae.pt", minutes=25, batch=16, lr=2e-3, ema=0.998)
    parser.add_argument("--decoder", help="a shipped autoencoder, to go on with its decoder alone, from noisier latents")
    parser.add_argument("--kl", type=float, default=3e-4)
    parser.add_argument("--pool", type=int, default=10000, help="drawings of each process")
    trainer.run(train, parser.parse_args())
