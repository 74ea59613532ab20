"""One DiT forward in PyTorch eager, and PyTorch's own ONNX export of it, for comparison with the graph that genfleet's importer
emits from the same checkpoint; deploy/benchmarks/dit-forward runs all of them.

    python dit_s2_torch.py CHECKPOINT.safetensors [--heads 6] [--threads 2]
        [--rounds 30]                      time it
        [--serve]                          run once for each line read, and answer with milliseconds: elapsed, of processor
        [--loop]                           for each line "pictures steps" read, sample so many in batches of 8 with guidance and
                                           DDIM, and answer with seconds
        [--export FILE.onnx [--legacy]]    export it at batch 2, with the exporter of today or with the older one

The forward is written from the paper (Peebles and Xie 2023) with PyTorch's fused attention and layer norms.
"""

import argparse
import math
import statistics
import sys
import time

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F


class DiT(nn.Module):
    def __init__(self, weights, heads):
        super().__init__()
        self.w = nn.ParameterDict({key.replace(".", "_"): nn.Parameter(value.float(), requires_grad=False)
                                   for key, value in weights.items()})
        self.heads, self.width = heads, weights["pos_embed"].shape[2]
        self.depth = 1 + max(int(key.split(".")[1]) for key in weights if key.startswith("blocks."))
        self.patch = weights["x_embedder.proj.weight"].shape[-1]
        self.grid = math.isqrt(weights["pos_embed"].shape[1])

    def linear(self, x, key):
        key = key.replace(".", "_")
        return F.linear(x, self.w[key + "_weight"], self.w[key + "_bias"])

    def modulate(self, x, shift, scale):
        return F.layer_norm(x, [self.width], eps=1e-6) * (1 + scale[:, None]) + shift[:, None]

    def forward(self, latents, timesteps, class_labels):
        rates = torch.exp(-math.log(10000) * torch.arange(128) / 128)
        angles = timesteps[:, None].float() * rates
        time_waves = torch.cat([angles.cos(), angles.sin()], dim=1)
        c = self.linear(F.silu(self.linear(time_waves, "t_embedder.mlp.0")), "t_embedder.mlp.2")
        c = F.silu(c + F.embedding(class_labels, self.w["y_embedder_embedding_table_weight"]))
        x = F.conv2d(latents, self.w["x_embedder_proj_weight"], self.w["x_embedder_proj_bias"], stride=self.patch)
        x = x.flatten(2).transpose(1, 2) + self.w["pos_embed"]
        n, tokens, width = x.shape[0], self.grid ** 2, self.width
        for i in range(self.depth):
            block = f"blocks.{i}"
            parts = self.linear(c, block + ".adaLN_modulation.1").chunk(6, dim=1)
            qkv = self.linear(self.modulate(x, parts[0], parts[1]), block + ".attn.qkv")
            q, k, v = qkv.view(n, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, tokens, width)
            x = x + parts[2][:, None] * self.linear(mixed, block + ".attn.proj")
            hidden = F.gelu(self.linear(self.modulate(x, parts[3], parts[4]), block + ".mlp.fc1"), approximate="tanh")
            x = x + parts[5][:, None] * self.linear(hidden, block + ".mlp.fc2")
        shift, scale = self.linear(c, "final_layer.adaLN_modulation.1").chunk(2, dim=1)
        x = self.linear(self.modulate(x, shift, scale), "final_layer.linear")
        side = self.grid * self.patch
        x = x.view(n, self.grid, self.grid, self.patch, self.patch, -1).permute(0, 5, 1, 3, 2, 4)
        return x.reshape(n, -1, side, side)


def export(model, inputs, file, legacy):
    names = {"input_names": ["latents", "timesteps", "class_labels"], "output_names": ["prediction"]}
    with torch.no_grad():
        if legacy:
            torch.onnx.export(model, inputs, file, opset_version=17, dynamo=False, **names)
        else:
            torch.onnx.export(model, inputs, file, dynamo=True, external_data=True, verbose=False, **names)


def timed(model, inputs):
    """Elapsed and processor time of one forward, in milliseconds."""
    begun, worked = time.perf_counter(), time.process_time()
    model(*inputs)
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)


def serve(model, inputs):
    print("ready", flush=True)
    for _ in sys.stdin:
        print(*timed(model, inputs), flush=True)


def sample(model, pictures, steps, scale=4.0, batch=8):
    """Seconds of deterministic DDIM (Song et al. 2021, equation 12) with classifier-free guidance."""
    signal = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0)
    side, null = model.grid * model.patch, model.w["y_embedder_embedding_table_weight"].shape[0] - 1
    begun = time.perf_counter()
    for start in range(0, pictures, batch):
        count = min(batch, pictures - start)
        x = torch.randn(count, 4, side, side)
        labels = torch.cat([torch.arange(count), torch.full([count], null)])
        for step in reversed(range(steps)):
            here = signal[step * 1000 // steps].item()
            there = 1.0 if step == 0 else signal[(step - 1) * 1000 // steps].item()
            times = torch.full([2 * count], float(step * 1000 // steps))
            with_class, without = model(torch.cat([x, x]), times, labels)[:, :4].chunk(2)
            noise = without + scale * (with_class - without)
            clean = (x - math.sqrt(1 - here) * noise) / math.sqrt(here)
            x = math.sqrt(there) * clean + math.sqrt(1 - there) * noise
    return time.perf_counter() - begun


def loop(model):
    print("ready", flush=True)
    for line in sys.stdin:
        print(sample(model, *map(int, line.split())), flush=True)


def measure(model, inputs, rounds):
    times = [timed(model, inputs)[0] for _ in range(rounds + 3)][3:]
    print(f"torch {torch.__version__} eager: min {min(times):.1f} ms, median {statistics.median(times):.1f} ms")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("checkpoint")
    options.add_argument("--export", help="file to write PyTorch's ONNX export to")
    options.add_argument("--legacy", action="store_true")
    options.add_argument("--serve", action="store_true")
    options.add_argument("--loop", action="store_true")
    options.add_argument("--heads", type=int, default=6)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    model = DiT(load_file(chosen.checkpoint), chosen.heads).eval()
    side = model.grid * model.patch
    latents = torch.randn(2, 4, side, side, generator=torch.Generator().manual_seed(4))
    inputs = latents, torch.tensor([999.0, 962.0]), torch.tensor([0, 7])
    if chosen.export:
        export(model, inputs, chosen.export, chosen.legacy)
        return
    with torch.inference_mode():
        if chosen.serve:
            serve(model, inputs)
        elif chosen.loop:
            loop(model)
        else:
            measure(model, inputs, chosen.rounds)


if __name__ == "__main__":
    main()
