"""The training loop of all models: AdamW, a cosine, an exponential moving average, checkpoints to go on from.

On a CPU several single-threaded processes average their gradients (parallel.py), on a GPU there is one.
"""

import argparse
import copy
import math
import os
import time

import torch
from torch import nn

import parallel


def options(checkpoint, minutes, batch, lr, ema=0.999):
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", default=checkpoint)
    parser.add_argument("--minutes", type=float, default=minutes, help="of training in all, earlier runs included")
    parser.add_argument("--batch", type=int, default=batch, help="rows of each process")
    parser.add_argument("--lr", type=float, default=lr)
    parser.add_argument("--ema", type=float, default=ema)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--processes", type=int, default=2, help="on a CPU")
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    return parser


def learning_rate(step, spent, minutes, peak):
    """A short warm-up, then a cosine over the time given, down to a hundredth."""
    return peak * min(1.0, (step + 1) / 300) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, spent / (60 * minutes)))))


def fit(args, team, model, prepare):
    """Trains a model. prepare(rng) returns a function without arguments that draws a batch and returns its losses, named; their
    sum goes down. A checkpoint holds everything to go on from, and the losses so far, a line for each hundred steps."""
    rng = torch.Generator().manual_seed(1000 * args.seed + team.rank)
    average = copy.deepcopy(model)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=args.lr, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    step, spent, curve = 0, 0.0, []
    if os.path.exists(args.checkpoint):
        saved = torch.load(args.checkpoint, map_location=args.device)
        model.load_state_dict(saved["model"]), average.load_state_dict(saved["ema"])
        optimiser.load_state_dict(saved["optimiser"])
        step, spent, curve = saved["step"], saved["spent"], saved["curve"]
        rng.manual_seed(1000 * args.seed + 10 * step + team.rank)
    losses = prepare(rng)
    started, recent = time.time() - spent, []
    print(f"{sum(p.numel() for p in trained)} parameters, from step {step}", flush=True)
    while spent < 60 * args.minutes:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, spent, args.minutes, args.lr)
        with torch.autocast(args.device, torch.bfloat16, enabled=args.bf16):
            parts = losses()
        optimiser.zero_grad()
        sum(parts.values()).backward()
        spent = team.average(trained, time.time() - started)
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        step += 1
        with torch.no_grad():
            keep = min(args.ema, step / (step + 20))
            torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)
        recent.append([part.item() for part in parts.values()])
        if team.rank > 0:
            continue
        if step % 100 == 0:
            means = torch.tensor(recent).mean(dim=0).tolist()
            recent.clear()
            curve.append({"step": step, "seconds": round(spent), **dict(zip(parts, means))})
            print(" ".join(f"{name} {value:.5g}" for name, value in curve[-1].items()), flush=True)
        if step % 500 == 0 or spent >= 60 * args.minutes:
            torch.save({"model": model.state_dict(), "ema": average.state_dict(), "optimiser": optimiser.state_dict(),
                        "step": step, "spent": spent, "curve": curve}, args.checkpoint)


def run(train, args):
    """Runs train(args, team)."""
    torch.manual_seed(args.seed)
    if args.device == "cpu":
        parallel.run(train, args)
    else:
        train(args, parallel.Alone())
