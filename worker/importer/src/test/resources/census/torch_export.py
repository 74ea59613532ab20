"""Makes torch_legacy.onnx and torch_dynamo.onnx beside this file (PyTorch 2.13, onnx 1.23, onnxscript 0.7): one small network,
random weights, through both of PyTorch's exporters. Only what a runtime does not need is taken out."""

from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 16, 3, stride=2, padding=1)
        self.depth = nn.Conv2d(16, 16, 3, padding=1, groups=4)
        self.norm = nn.GroupNorm(4, 16)
        self.qkv = nn.Linear(16, 48)
        self.out = nn.Linear(16, 16)
        self.ln = nn.LayerNorm(16)
        self.fc1 = nn.Linear(16, 64)
        self.fc2 = nn.Linear(64, 16)
        self.last = nn.Conv2d(16, 3, 1)
        self.emb = nn.Embedding(11, 16)

    def forward(self, x, labels):
        x = self.conv(x)
        x = x + self.depth(F.silu(self.norm(x)))
        b, c, h, w = x.shape
        t = x.flatten(2).transpose(1, 2) + self.emb(labels)[:, None]
        q, k, v = self.qkv(t).reshape(b, h * w, 3, 2, 8).permute(2, 0, 3, 1, 4)
        t = t + self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, h * w, c))
        t = t + self.fc2(F.gelu(self.fc1(self.ln(t)), approximate="tanh"))
        x = t.transpose(1, 2).reshape(b, c, h, w)
        return self.last(F.interpolate(x, scale_factor=2.0, mode="nearest"))


def clean(message):
    for field, value in list(message.ListFields()):
        if field.name in ("doc_string", "metadata_props"):
            message.ClearField(field.name)
        elif field.message_type is not None:
            for each in value if field.is_repeated else [value]:
                clean(each)


def main():
    folder = Path(__file__).parent
    torch.manual_seed(0)
    net = Net().eval()
    example = (torch.randn(2, 4, 8, 12), torch.tensor([1, 2]))
    names = {"input_names": ["x", "labels"], "output_names": ["y"]}
    torch.onnx.export(
        net, example, folder / "torch_legacy.onnx", dynamo=False, opset_version=17, **names,
        dynamic_axes={"x": {0: "batch", 2: "height"}, "labels": {0: "batch"}, "y": {0: "batch", 2: "out_height"}})
    torch.onnx.export(
        net, example, dynamo=True, opset_version=18, **names,
        dynamic_shapes={"x": {0: "batch", 2: "height"}, "labels": {0: "batch"}},
    ).save(folder / "torch_dynamo.onnx")
    for name in ("torch_legacy.onnx", "torch_dynamo.onnx"):
        model = onnx.load(folder / name)
        clean(model)
        del model.graph.value_info[:]
        onnx.save(model, folder / name)


if __name__ == "__main__":
    main()
