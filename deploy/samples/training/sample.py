"""Samples every class with the shipped weights, judges the pictures and writes a contact sheet (PNG)."""

import argparse
import time

import torch
from PIL import Image

import autoencoder
import diffusion
import ship
import world
from judge import Judge


def sheet(pictures, columns):
    """uint8 pictures (n, 3, 64, 64) in rows of `columns`."""
    rows = len(pictures) // columns
    grid = pictures.reshape(rows, columns, 3, world.SIZE, world.SIZE).permute(0, 3, 1, 4, 2)
    return Image.fromarray(grid.reshape(rows * world.SIZE, columns * world.SIZE, 3).numpy())


@torch.no_grad()
def main(args):
    torch.set_num_threads(args.threads)
    vae, scaling_factor = autoencoder.load(args.vae)
    model = ship.load_dit(args.dit)
    labels = torch.arange(len(world.CLASSES)).repeat(args.rounds)
    rng = torch.Generator().manual_seed(args.seed)
    started = time.time()
    process = diffusion.Process(diffusion.respaced(args.steps))
    latents = process.sample(model, labels, rng, args.guidance, args.sampler, args.guided_channels)
    decoded = vae.decode(latents / scaling_factor)
    pictures = ((decoded / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8)
    said, overlap = Judge()(pictures)
    shapes = len(world.SHAPES)
    print(f"{args.sampler} {args.steps} steps guidance {args.guidance} on {args.guided_channels}: "
          f"right {(said == labels).float().mean():.3f} colour {(said // shapes == labels // shapes).float().mean():.3f} "
          f"shape {(said % shapes == labels % shapes).float().mean():.3f} overlap mean {overlap.mean():.3f} "
          f"worst {overlap.min():.3f} seconds {time.time() - started:.1f}")
    if args.png:
        sheet(pictures[:128], 16).save(args.png)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--vae", default="../shapes-vae")
    options.add_argument("--dit", default="../shapes-dit")
    options.add_argument("--steps", type=int, default=50)
    options.add_argument("--guidance", type=float, default=4.0)
    options.add_argument("--guided-channels", type=int, default=3)
    options.add_argument("--sampler", choices=("ddpm", "ddim"), default="ddpm")
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--png")
    main(options.parse_args())
