"""Makes the files in this folder, with PyTorch 2.13: python make.py (only when they are to change; the build never does)."""

import argparse
import collections
import os
import zipfile

import torch
from safetensors.torch import save_file

torch.manual_seed(7)


class Call:
    """Pickles as a call of os.system."""

    def __reduce__(self):
        return os.system, ("echo called",)


def some(*shape):
    return torch.randn(*shape)


flat = collections.OrderedDict(
    [
        ("embed.weight", some(4, 6)),
        ("half.weight", some(3, 5).half()),
        ("brain.weight", some(5, 3).bfloat16()),
        ("double.weight", some(2, 2).double()),
        ("scale", torch.tensor(0.5)),
        ("steps", torch.arange(3)),
        ("flags", torch.tensor([True, False])),
        ("none", torch.zeros(0, 4)),
        ("parameter", torch.nn.Parameter(some(7))),
    ]
)
shared = some(4, 6)
flat["tied.a"] = shared
flat["tied.b"] = shared[2:]  # same storage, another offset
flat["column"] = some(6, 1).t().t()  # strides of a side of 1 are free
save_file({k: v.detach().clone().contiguous() for k, v in flat.items()}, "flat.safetensors")

legacy = {"_use_new_zipfile_serialization": False}
torch.save(flat, "flat.pt")
torch.save(flat, "flat_legacy.pt", **legacy)
torch.save(flat, "flat_protocol4.pt", pickle_protocol=4)
torch.save(flat, "flat_legacy_protocol5.pt", pickle_protocol=5, **legacy)

optimizer = {"state": {0: {"step": torch.tensor(3.0), "exp_avg": some(4, 6)}}, "param_groups": [{"lr": 1e-4}]}
args = argparse.Namespace(model="DiT-XL/2", results_dir="out", cfg=[1.5, None, True])
for name, options in (("train.pt", {}), ("train_legacy.pt", legacy)):
    torch.save(
        {
            "model": {"module._orig_mod." + k: v + 1 if v.is_floating_point() else v for k, v in flat.items()},
            "ema": {"module._orig_mod." + k: v for k, v in flat.items()},
            "opt": optimizer,
            "args": args,
        },
        name,
        **options,
    )

torch.save({"model": flat, "args": Call()}, "call_beside.pt")
torch.save({"model": flat, "args": Call()}, "call_beside_legacy.pt", **legacy)
torch.save({"model": Call(), "args": args}, "call_as_model.pt")
torch.save(Call(), "call_alone.pt")
torch.save(Call(), "call_alone_legacy.pt", **legacy)
torch.save({"weight": some(4, 6), "turned": some(4, 6).t()}, "turned.pt")
torch.save({"weight": some(4, 6), "sparse": some(4, 6).to_sparse()}, "sparse.pt")
torch.save({"weight": some(4, 6), "complex": torch.randn(2, dtype=torch.complex64)}, "complex.pt")
torch.save(torch.nn.Linear(2, 2), "module.pt")
torch.save({"eight": some(4).to(torch.float8_e4m3fn), "sixteen": torch.tensor([1, 2], dtype=torch.uint16)}, "newer_types.pt")
torch.jit.script(torch.nn.Linear(2, 2)).save("program.pt")

with zipfile.ZipFile("flat.pt") as plain, zipfile.ZipFile("compressed.pt", "w", zipfile.ZIP_DEFLATED) as packed:
    for record in plain.namelist():
        packed.writestr(zipfile.ZipInfo(record, (1980, 1, 1, 0, 0, 0)), plain.read(record), zipfile.ZIP_DEFLATED)
with zipfile.ZipFile("flat.pt") as plain, zipfile.ZipFile("restored.pt", "w", zipfile.ZIP_STORED) as packed:
    for record in plain.namelist():
        packed.writestr(zipfile.ZipInfo(record, (1980, 1, 1, 0, 0, 0)), plain.read(record))
