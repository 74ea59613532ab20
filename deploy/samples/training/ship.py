"""Turns training checkpoints into the files that are shipped: half-precision weights, configs, references, loss curves.

`python ship.py vae` after autoencoder.py, `decoder` after its decoder alone was trained on, then `dit`, `diffussm`, `gentron` or
`gentron-video` after the training of each.
"""

import argparse
import json
import os

import torch
from PIL import Image, ImageDraw
from safetensors.torch import save_file

import autoencoder
import captions
import diffussm
import dit
import gentron
import text
import world
from autoencoder import single_precision

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
def fit_colours(model, scaling_factor, drawings):
    """The linear map from scaled latents to the mean colours (-1..1) of their 8 x 8 pixels that is best over the first half of some
    drawings, as importers read it, and how far what it gives for the other half correlates with the colours there."""
    latents = torch.cat([model.encode(part)[0] for part in drawings.split(64)]) * scaling_factor
    inputs = torch.cat([latents, torch.ones_like(latents[:, :1])], dim=1)
    half = len(drawings) // 2

    def rows(values, part):
        return values[part].permute(0, 2, 3, 1).flatten(0, 2)

    colours = torch.nn.functional.avg_pool2d(drawings, drawings.shape[3] // latents.shape[3])
    first, second = slice(half), slice(half, None)
    solution = torch.linalg.lstsq(rows(inputs, first), rows(colours, first)).solution
    guessed, true = (values.flatten() for values in (rows(inputs, second) @ solution, rows(colours, second)))
    correlation = torch.corrcoef(torch.stack([guessed, true]))[0, 1].item()
    weights = [[round(value, 4) for value in row] for row in solution.tolist()]
    return {"weights": weights[:-1], "bias": weights[-1]}, correlation


@torch.no_grad()
def ship_colours(folder):
    """Adds the map to the configuration of a shipped autoencoder."""
    model, scaling_factor = autoencoder.load(folder)
    drawings = world.as_input(world.draw_world(2048, torch.Generator().manual_seed(8)))
    factors, correlation = fit_colours(model, scaling_factor, drawings)
    write_json(f"{folder}/config.json", {**autoencoder.config(scaling_factor), "rgb_factors": factors})
    print(f"correlation of the linear map's colours with those of other drawings {correlation:.2f}")


@torch.no_grad()
def ship_autoencoder(saved, folder):
    model = autoencoder.Autoencoder()
    model.load_state_dict(saved["ema"])
    drawings = world.as_input(world.draw_world(1024, torch.Generator().manual_seed(7)))
    write_json(f"{folder}/config.json", autoencoder.config(round(balance(model, drawings), 5)))
    write_autoencoder(model, folder)
    ship_colours(folder)


def ship_decoder(saved, folder):
    """The weights of an autoencoder whose encoder is the one shipped before: what is known of its latents stays as it is."""
    model = autoencoder.Autoencoder()
    model.load_state_dict(saved["ema"])
    write_autoencoder(model, folder)


@torch.no_grad()
def write_autoencoder(model, folder):
    write_half(f"{folder}/diffusion_pytorch_model.safetensors", model.state_dict())
    model, scaling_factor = autoencoder.load(folder)
    latent = model.encode(world.as_input(world.draw_classes(torch.tensor([39]), torch.Generator().manual_seed(5))))[0]
    save_file({"latent": latent * scaling_factor, "decoded": model.decode(latent)}, f"{folder}/reference.safetensors")
    mean, worst, centre, spread = autoencoder.measure(model, 1024)
    print(f"scaling factor {scaling_factor}, psnr mean {mean:.2f} worst {worst:.2f}, "
          f"scaled latents mean {centre * scaling_factor:.3f} std {spread * scaling_factor:.3f}")


def ship_denoiser(saved, folder, config):
    write_json(f"{folder}/config.json", config)
    write_json(f"{folder}/scheduler_config.json", SCHEDULER)
    draw_curve(saved["curve"], f"{folder}/training.png")


def latents(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(5))


def ship_classes(architecture, config):
    def ship(saved, folder):
        ship_denoiser(saved, folder, config)
        write_json(f"{folder}/labels.json", {str(number): name for number, name in enumerate(world.CLASSES)})
        write_half(f"{folder}/model.safetensors", saved["ema"])
        model = load(architecture(), f"{folder}/model.safetensors")
        x, t, y = latents(2, 4, 8, 8), torch.tensor([17, 801]), torch.tensor([39, model.null_class])
        save_file({"x": x, "t": t, "y": y, "out": model(x, t, y).contiguous()}, f"{folder}/reference.safetensors")

    return ship


def ship_captions(config):
    def ship(saved, folder):
        ship_denoiser(saved, folder, config)
        parts = {"text": {}, "transformer": {}}
        for name, weight in saved["ema"].items():
            part, name = name.split(".", 1)
            parts[part][name] = weight
        write_half(f"{folder}/model.safetensors", parts["transformer"])
        os.makedirs(f"{folder}/text_encoder", exist_ok=True)
        write_json(f"{folder}/text_encoder/config.json", text.CONFIG)
        write_half(f"{folder}/text_encoder/model.safetensors", parts["text"])
        os.makedirs(f"{folder}/tokenizer", exist_ok=True)
        write_json(f"{folder}/tokenizer/tokenizer.json", captions.tokenizer_json())
        write_json(f"{folder}/tokenizer/tokenizer_config.json",
                   {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": captions.TOKENS, "pad_token": captions.SPECIAL[0],
                    "unk_token": captions.SPECIAL[1], "bos_token": captions.SPECIAL[2], "eos_token": captions.END})
        write_reference(load_captioned(folder), folder)

    return ship


def write_reference(model, folder):
    words = ["a large yellow star on the left on a navy background", "a red circle above a blue cross on a gray background"]
    ids, t, motion, shape = captions.encode(words), torch.tensor([17, 801]), None, (2, 4, 8, 8)
    if "frames" in model.transformer.config:
        shape, motion = (2, 4, captions.FRAMES, 8, 8), torch.tensor([True, False])
    x, (hidden, pooled) = latents(*shape), model.text(ids)
    tensors = {"x": x, "t": t, "input_ids": ids, "hidden": hidden, "pooled": pooled,
               "out": model(x, t, ids, torch.tensor([True, True]), motion)}
    if motion is not None:
        tensors["motion"] = motion.float()
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, f"{folder}/reference.safetensors")


def load(model, path):
    """A shipped network in float32."""
    model.load_state_dict(single_precision(path))
    return model.eval().requires_grad_(False)


def load_captioned(folder):
    """Shipped text encoder and transformer in float32."""
    with open(f"{folder}/config.json") as file:
        model = gentron.Captioned(json.load(file))
    load(model.text, f"{folder}/text_encoder/model.safetensors")
    load(model.transformer, f"{folder}/model.safetensors")
    return model.eval().requires_grad_(False)


def draw_curve(curve, path, width=480, height=240, margin=36):
    """The noise's loss over training steps, both axes logarithmic."""
    steps, losses = (torch.tensor([point[name] for point in curve]).double().log10() for name in ("step", "noise"))
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)

    def place(values, low, high, start, end):
        return (start + (values - low) / (high - low) * (end - start)).tolist()

    low, high = losses.min().item() - 0.05, losses.max().item() + 0.05
    for value in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5):
        if low < (level := torch.tensor(value).log10().item()) < high:
            y = place(torch.tensor(level), low, high, height - margin, margin / 2)
            pen.line([(margin, y), (width - 12, y)], "#dddddd")
            pen.text((4, y - 6), f"{value:g}", "#555555")
    for value in (100, 200, 500, 1000, 2000, 5000, 10000):
        if steps.min() <= (level := torch.tensor(value).double().log10()) <= steps.max():
            x = place(level, steps.min(), steps.max(), margin, width - 12)
            pen.line([(x, margin / 2), (x, height - margin)], "#dddddd")
            pen.text((x - 10, height - margin + 6), f"{value:g}", "#555555")
    pen.line(list(zip(place(steps, steps.min(), steps.max(), margin, width - 12),
                      place(losses, low, high, height - margin, margin / 2))), "#3359f2", 2)
    pen.text((width - 250, height - 16), "squared error of the noise, by training step", "#555555")
    picture.save(path)


SHIPPED = {"vae": ship_autoencoder, "decoder": ship_decoder, "dit": ship_classes(dit.DiT, dit.CONFIG),
           "diffussm": ship_classes(diffussm.DiffuSSM, diffussm.CONFIG),
           "gentron": ship_captions(gentron.CONFIG), "gentron-video": ship_captions(gentron.VIDEO)}

if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("what", choices=SHIPPED)
    options.add_argument("--checkpoint")
    options.add_argument("--out")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    folder = chosen.out or f"../shapes-{'vae' if chosen.what == 'decoder' else chosen.what}"
    os.makedirs(folder, exist_ok=True)
    SHIPPED[chosen.what](torch.load(chosen.checkpoint or f"shapes-{chosen.what}.pt", map_location="cpu"), folder)
