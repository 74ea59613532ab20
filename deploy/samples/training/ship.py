"""Turns training checkpoints into the files that are shipped: half-precision weights, configs and references.

`python ship.py vae` after autoencoder.py, `python ship.py dit` after dit.py.
"""

import argparse
import json
import os

import torch
from safetensors.torch import load_file, save_file

import autoencoder
import dit
import world

# The forward process alone: without a class, sampling is the official DiT's.
SCHEDULER = {"beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear", "num_train_timesteps": 1000,
             "prediction_type": "epsilon"}


def write_json(path, value):
    with open(path, "w") as file:
        json.dump(value, file, indent=2)
        file.write("\n")


def write_half(path, weights):
    save_file({name: weight.half().contiguous() for name, weight in weights.items()}, path, {"format": "pt"})


@torch.no_grad()
def balance(model, pictures):
    """Gives every latent channel mean 0 and the same deviation, inside the two 1x1 convolutions, so no decoded
    picture changes. Returns the scaling factor that makes that deviation 1."""
    means = torch.cat([model.encode(part)[0] for part in pictures.split(64)])
    centre, spread = means.mean(dim=(0, 2, 3)), means.std(dim=(0, 2, 3))
    gain = means.std() / spread
    channels = autoencoder.LATENT_CHANNELS
    weight, bias = model.quant_conv.weight, model.quant_conv.bias
    weight[:channels] *= gain[:, None, None, None]
    bias[:channels] = (bias[:channels] - centre) * gain
    bias[channels:] += 2 * gain.log()
    model.post_quant_conv.bias += model.post_quant_conv.weight[:, :, 0, 0] @ centre
    model.post_quant_conv.weight /= gain[None, :, None, None]
    return 1 / means.std().item()


@torch.no_grad()
def ship_autoencoder(checkpoint, folder):
    model = autoencoder.Autoencoder()
    model.load_state_dict(torch.load(checkpoint)["ema"])
    drawings = world.as_input(world.draw_world(1024, torch.Generator().manual_seed(7)))
    scaling_factor = round(balance(model, drawings), 5)
    os.makedirs(folder, exist_ok=True)
    write_json(f"{folder}/config.json", autoencoder.config(scaling_factor))
    write_half(f"{folder}/diffusion_pytorch_model.safetensors", model.state_dict())
    model, _ = autoencoder.load(folder)
    latent = model.encode(world.as_input(world.draw_classes(torch.tensor([39]), torch.Generator().manual_seed(5))))[0]
    save_file({"latent": latent * scaling_factor, "decoded": model.decode(latent)}, f"{folder}/reference.safetensors")
    mean, worst, centre, spread = autoencoder.measure(model, 1024)
    print(f"scaling factor {scaling_factor}, psnr mean {mean:.2f} worst {worst:.2f}, "
          f"scaled latents mean {centre * scaling_factor:.3f} std {spread * scaling_factor:.3f}")


@torch.no_grad()
def ship_dit(checkpoint, folder):
    os.makedirs(folder, exist_ok=True)
    write_json(f"{folder}/config.json", dit.CONFIG)
    write_json(f"{folder}/labels.json", {str(number): name for number, name in enumerate(world.CLASSES)})
    write_json(f"{folder}/scheduler_config.json", SCHEDULER)
    write_half(f"{folder}/model.safetensors", torch.load(checkpoint)["ema"])
    model = load_dit(folder)
    x = torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(5))
    t, y = torch.tensor([17, 801]), torch.tensor([39, model.null_class])
    save_file({"x": x, "t": t, "y": y, "out": model(x, t, y).contiguous()}, f"{folder}/reference.safetensors")


def load_dit(folder):
    """The shipped transformer in float32."""
    with open(f"{folder}/config.json") as file:
        model = dit.DiT(json.load(file))
    weights = load_file(f"{folder}/model.safetensors")
    model.load_state_dict({name: weight.float() for name, weight in weights.items()})
    return model.eval().requires_grad_(False)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("what", choices=("vae", "dit"))
    options.add_argument("--checkpoint")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    ship = {"vae": ship_autoencoder, "dit": ship_dit}[chosen.what]
    ship(chosen.checkpoint or f"shapes-{chosen.what}.pt", f"../shapes-{chosen.what}")
