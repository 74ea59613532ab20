"""Scenes in words: what the caption models are told, and how it becomes token ids."""

import json

import torch

import world

PLACES = {"on the left": (0.29, 0.50), "on the right": (0.71, 0.50), "at the top": (0.50, 0.29),
          "at the bottom": (0.50, 0.71), "in the center": (0.50, 0.50)}
SIZES = {"small": world.SMALL, "large": world.LARGE}
RELATIONS = {"left of": (1, 0), "above": (0, 1)}  # the way from the first object to the second
DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
PACES = {"moving": 0.5, "drifting": 0.25}  # of the canvas, from the first frame to the last
FRAMES = 8

WORDS = sorted({word for phrase in ("a on background of standing still", *world.COLOURS, *world.BACKGROUNDS, *world.SHAPES,
                                    *PLACES, *SIZES, *RELATIONS, *DIRECTIONS, *PACES) for word in phrase.split()})
SPECIAL = ("<|pad|>", "<|unk|>", "<|startoftext|>")
END = "<|endoftext|>"  # the largest id, which is how CLIP finds the end
VOCABULARY = {word: number for number, word in enumerate([*SPECIAL, *WORDS, END])}
TOKENS = 16  # the longest caption has 14 with both ends


def encode(captions):
    """Token ids (n, TOKENS) with start and end, padded with 0."""
    ids = torch.zeros(len(captions), TOKENS, dtype=torch.long)
    for row, caption in zip(ids, captions):
        numbers = [VOCABULARY[word] for word in (SPECIAL[2], *caption.split(), END)]
        row[:len(numbers)] = torch.tensor(numbers)
    return ids


def tokenizer_json():
    """The same as Hugging Face tokenizers' tokenizer.json: lower case, split at spaces and punctuation, one id a word."""
    special = [{"id": VOCABULARY[token], "content": token, "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False, "special": True} for token in (*SPECIAL, END)]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
            "post_processor": {"type": "TemplateProcessing",
                               "single": [{"SpecialToken": {"id": SPECIAL[2], "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                                          {"SpecialToken": {"id": END, "type_id": 0}}],
                               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                               "special_tokens": {token: {"id": token, "ids": [VOCABULARY[token]], "tokens": [token]}
                                                  for token in (SPECIAL[2], END)}},
            "decoder": None,
            "model": {"type": "WordLevel", "vocab": VOCABULARY, "unk_token": SPECIAL[1]}}


class HeldOut:
    """Colours of shapes and relations of colours that training never shows."""

    def __init__(self, path="../held-out.json"):
        with open(path) as file:
            content = json.load(file)
        self.objects, self.relations = set(content["objects"]), set(content["relations"])

    def hides(self, colour, shape):
        return f"{colour} {shape}" in self.objects


class Painter:
    """Scenes at random, as pictures and captions, without what is held out."""

    def __init__(self, held_out, rng):
        self.held_out, self.rng = held_out, rng

    def _pick(self, values):
        values = list(values)
        return values[torch.randint(len(values), (1,), generator=self.rng).item()]

    def _object(self, *other_than):
        while True:
            colour, shape = self._pick(world.COLOURS), self._pick(world.SHAPES)
            if colour not in other_than and not self.held_out.hides(colour, shape):
                return colour, shape

    def _near(self, value, spread, count=1):
        return value + spread * (2 * torch.rand(count, generator=self.rng) - 1)

    def _radius(self, size):
        return size * self._near(1.0, 0.08)

    def one(self):
        """(caption, background, [(colour, shape, radius, x, y)]) of one object at a named place."""
        (colour, shape), size, place, background = self._object(), self._pick(SIZES), self._pick(PLACES), self._pick(world.BACKGROUNDS)
        x, y = (self._near(centre, 0.03) for centre in PLACES[place])
        caption = f"a {size} {colour} {shape} {place} on a {background} background"
        return caption, background, [(colour, shape, self._radius(SIZES[size]), x, y)]

    def two(self):
        """The same of two objects of different colours side by side or one above the other."""
        while True:
            first, relation = self._object(), self._pick(RELATIONS)
            second = self._object(first[0])
            if f"{first[0]} {relation} {second[0]}" not in self.held_out.relations:
                break
        background, radius = self._pick(world.BACKGROUNDS), self._radius(world.PAIRED)
        middle = torch.stack([self._near(0.5, 0.03), self._near(0.5, 0.03)])
        half = world.APART / 2 * torch.tensor(RELATIONS[relation])[:, None]
        caption = f"a {' '.join(first)} {relation} a {' '.join(second)} on a {background} background"
        return caption, background, [(*first, radius, *(middle - half)), (*second, radius, *(middle + half))]

    def clip(self):
        """The same of one moving object, its centre a list of one for each frame."""
        (colour, shape), size, background = self._object(), self._pick(SIZES), self._pick(world.BACKGROUNDS)
        pace = self._pick([*PACES, *PACES, "standing still"])
        direction = self._pick(DIRECTIONS)
        way = PACES.get(pace, 0.0) * torch.tensor(DIRECTIONS[direction], dtype=torch.float32)
        centre = torch.stack([self._near(0.5, 0.03), self._near(0.5, 0.03)])
        x, y = centre + way[:, None] * (torch.arange(FRAMES) / (FRAMES - 1) - 0.5)
        words = pace if pace not in PACES else f"{pace} {direction}"
        caption = f"a {size} {colour} {shape} {words} on a {background} background"
        return caption, background, [(colour, shape, self._radius(SIZES[size]), x, y)]


def paint(scenes):
    """Captions, and pictures (n, 3, 64, 64) as uint8, of scenes with equally many objects and frames; a scene's frames follow each
    other."""
    colours, shapes, backgrounds = list(world.COLOURS), list(world.SHAPES), list(world.BACKGROUNDS)
    frames = len(scenes[0][2][0][3])

    def each(values):
        return torch.tensor(values).repeat_interleave(frames)

    objects = []
    for parts in zip(*(objects for _, _, objects in scenes)):
        objects.append((each([colours.index(part[0]) for part in parts]), each([shapes.index(part[1]) for part in parts]),
                        torch.cat([part[2] for part in parts]).repeat_interleave(frames),
                        torch.cat([part[3] for part in parts]), torch.cat([part[4] for part in parts])))
    background = each([backgrounds.index(background) for _, background, _ in scenes])
    return [caption for caption, _, _ in scenes], world.paint(background, objects)
