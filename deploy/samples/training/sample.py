"""Samples a shipped model by DDIM and writes the pictures side by side (PNG): a look at what training has reached.

`python sample.py gentron "a small red circle at the top on a gray background" ...`, `python sample.py dit`. The pictures of the fleet
itself are judged by `deploy/genfleet samples report`.
"""

import argparse

import torch
from PIL import Image

import autoencoder
import captions
import diffusion
import diffussm
import dit
import ship
import world


def sheet(pictures, columns):
    """uint8 pictures (n, 3, 64, 64) in rows of `columns`."""
    rows = len(pictures) // columns
    grid = pictures[:rows * columns].reshape(rows, columns, 3, world.SIZE, world.SIZE).permute(0, 3, 1, 4, 2)
    return Image.fromarray(grid.reshape(rows * world.SIZE, columns * world.SIZE, 3).numpy())


def class_noise(model, scale, count):
    """The guided noise of the first classes."""
    y = torch.arange(count) % len(world.CLASSES)
    none = torch.full_like(y, model.null_class)

    def predict(x, t):
        out = model(torch.cat([x, x]), t.repeat(2), torch.cat([y, none]))[:, :x.shape[1]]
        told, untold = out.chunk(2)
        return untold + scale * (told - untold)

    return predict


def caption_noise(model, scale, words, motion_scale):
    """The guided noise of captions; of clips by motion-free guidance."""
    n, ids = len(words), captions.encode(words)
    yes, no = torch.ones(n, dtype=torch.bool), torch.zeros(n, dtype=torch.bool)

    def predict(x, t):
        if x.dim() == 4:
            told, untold = model(torch.cat([x, x]), t.repeat(2), ids.repeat(2, 1), torch.cat([yes, no])).chunk(2)
            return untold + scale * (told - untold)
        out = model(torch.cat([x, x, x]), t.repeat(3), ids.repeat(3, 1), torch.cat([yes, no, no]), torch.cat([yes, yes, no]))
        told, untold, still = out.chunk(3)
        return still + scale * (told - untold) + motion_scale * (untold - still)

    return predict


@torch.no_grad()
def main(args):
    torch.set_num_threads(args.threads)
    vae, scaling_factor = autoencoder.load(args.vae)
    rng, folder = torch.Generator().manual_seed(args.seed), args.folder or f"../shapes-{args.model}"
    if args.model.startswith("gentron"):
        model = ship.load_captioned(folder)
        frames, words = model.transformer.config.get("frames"), args.captions
        x = torch.randn(len(words), 4, *([frames] if frames else []), 8, 8, generator=rng)
        predict = caption_noise(model, args.guidance, words, args.motion)
    else:
        model = ship.load({"dit": dit.DiT, "diffussm": diffussm.DiffuSSM}[args.model](), f"{folder}/model.safetensors")
        frames, x = None, torch.randn(args.count, 4, 8, 8, generator=rng)
        predict = class_noise(model, args.guidance, args.count)
    x = diffusion.Process(diffusion.respaced(args.steps), x.dim()).sample(predict, x)
    if frames:
        x = x.transpose(1, 2).flatten(0, 1)
    decoded = torch.cat([vae.decode(part / scaling_factor) for part in x.split(64)])
    sheet(((decoded / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8), frames or min(8, len(x))).save(args.png)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("model", choices=("dit", "diffussm", "gentron", "gentron-video"))
    options.add_argument("captions", nargs="*", default=["a large yellow star on the left on a navy background"])
    options.add_argument("--folder")
    options.add_argument("--vae", default="../shapes-vae")
    options.add_argument("--steps", type=int, default=30)
    options.add_argument("--guidance", type=float, default=4.0)
    options.add_argument("--motion", type=float, default=1.0)
    options.add_argument("--count", type=int, default=64)
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--png", default="sheet.png")
    main(options.parse_intermixed_args())
