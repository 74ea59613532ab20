"""A small text encoder with the structure and the names of transformers' CLIPTextModel (Radford et al. 2021, section 2.4)."""

import torch
from torch import nn

import captions
from blocks import attend

CONFIG = {"architectures": ["CLIPTextModel"], "model_type": "clip_text_model", "hidden_act": "quick_gelu", "hidden_size": 128,
          "intermediate_size": 512, "num_hidden_layers": 2, "num_attention_heads": 4, "layer_norm_eps": 1e-5,
          "max_position_embeddings": captions.TOKENS, "vocab_size": len(captions.VOCABULARY),
          "bos_token_id": captions.VOCABULARY["<|startoftext|>"], "eos_token_id": captions.VOCABULARY[captions.END],
          "pad_token_id": 0}


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x):
        n, tokens, width = x.shape
        causal = torch.ones(tokens, tokens, dtype=torch.bool, device=x.device).tril()
        q, k, v = (layer(x).view(n, tokens, self.heads, -1).transpose(1, 2) for layer in (self.q_proj, self.k_proj, self.v_proj))
        return self.out_proj(attend(q, k, v, causal).transpose(1, 2).reshape(n, tokens, width))


class Mlp(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x):
        x = self.fc1(x)
        return self.fc2(x * torch.sigmoid(1.702 * x))


class Layer(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, epsilon = config["hidden_size"], config["layer_norm_eps"]
        self.layer_norm1, self.layer_norm2 = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)
        self.self_attn = Attention(width, config["num_attention_heads"])
        self.mlp = Mlp(width, config["intermediate_size"])

    def forward(self, x):
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class TextModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config["hidden_size"]
        self.embeddings = nn.ModuleDict({"token_embedding": nn.Embedding(config["vocab_size"], width),
                                         "position_embedding": nn.Embedding(config["max_position_embeddings"], width)})
        self.encoder = nn.ModuleDict({"layers": nn.ModuleList(Layer(config) for _ in range(config["num_hidden_layers"]))})
        self.final_layer_norm = nn.LayerNorm(width, config["layer_norm_eps"])
        for table in self.embeddings.values():
            nn.init.normal_(table.weight, std=0.02 if table is not self.embeddings["token_embedding"] else 0.5)

    def forward(self, ids):
        x = self.embeddings["token_embedding"](ids) + self.embeddings["position_embedding"].weight[:ids.shape[1]]
        for layer in self.encoder["layers"]:
            x = layer(x)
        x = self.final_layer_norm(x)
        return x, x[torch.arange(len(ids), device=ids.device), ids.argmax(dim=1)]


class TextEncoder(nn.Module):
    """(n, tokens) ids to vectors of the tokens (n, tokens, width) and of the whole caption (n, width)."""

    def __init__(self, config=None):
        super().__init__()
        self.text_model = TextModel(config or CONFIG)

    def forward(self, ids):
        return self.text_model(ids)
