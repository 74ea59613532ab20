"""The world of shapes: pictures that a program can draw, caption and judge, so no data set is needed.

A scene is a background and one or two objects. Lengths are fractions of the canvas, y grows downwards, shapes are
given in units of their radius, and edges are anti-aliased by 4 x 4 samples a pixel.
"""

import torch
from torch.nn import functional as F

SIZE = 64
COLOURS = {"red": (230, 38, 38), "green": (38, 191, 64), "blue": (51, 89, 242), "yellow": (250, 217, 38),
           "purple": (153, 64, 204), "orange": (255, 140, 26), "cyan": (26, 204, 217), "white": (247, 247, 247)}
BACKGROUNDS = {"black": (13, 13, 18), "gray": (115, 115, 122), "navy": (20, 26, 77), "brown": (89, 56, 31)}
SHAPES = ("circle", "square", "triangle", "diamond", "ring", "cross", "star", "heart")
CLASSES = [f"{colour} {shape}" for colour in COLOURS for shape in SHAPES]

SMALL, LARGE, PAIRED = 0.12, 0.21, 0.15  # radii
PLACES = (0.29, 0.50, 0.71)
APART = 0.45  # of the two centres of a pair
SAMPLES = 4  # a side of a pixel
REACH = 1.21  # no shape reaches further from its centre, in radii

COLOUR_RGB = torch.tensor(list(COLOURS.values()), dtype=torch.float32)
BACKGROUND_RGB = torch.tensor(list(BACKGROUNDS.values()), dtype=torch.float32)


def _star(x, y, outer=1.1, inner=0.45):
    """Folds the plane into one tenth of the star, where its edge is one straight line from tip to notch."""
    tenth = torch.pi / 5
    angle = torch.atan2(x, -y)  # from the tip that points up
    angle = (torch.remainder(angle + tenth, 2 * tenth) - tenth).abs()
    radius = torch.hypot(x, y)
    along, across = radius * torch.cos(angle), radius * torch.sin(angle)
    notch = torch.tensor(tenth)
    edge_along, edge_across = inner * torch.cos(notch) - outer, inner * torch.sin(notch)
    return edge_along * across - edge_across * (along - outer) >= 0


def _heart(x, y):
    x, y = 1.15 * x, 0.1 - 1.15 * y
    return (x * x + y * y - 1) ** 3 <= x * x * y ** 3


_INSIDE = {
    "circle": lambda x, y: x * x + y * y <= 1,
    "square": lambda x, y: torch.maximum(x.abs(), y.abs()) <= 0.88,
    "triangle": lambda x, y: (y <= 0.7) & (0.866 * x.abs() - 0.5 * y <= 0.55),
    "diamond": lambda x, y: x.abs() + y.abs() <= 1.2,
    "ring": lambda x, y: (x * x + y * y <= 1) & (x * x + y * y >= 0.56 ** 2),
    "cross": lambda x, y: (torch.minimum(x.abs(), y.abs()) <= 0.33) & (torch.maximum(x.abs(), y.abs()) <= 1),
    "star": _star,
    "heart": _heart,
}


def coverage(shape, radius, x, y, size=SIZE):
    """How much of each pixel an object covers: (n,) shape numbers, radii and centres to (n, size, size) in 0..1."""
    window = int(2 * REACH * radius.max() * size) + 2  # only pixels near the object are sampled
    left, top = ((centre - REACH * radius).mul(size).floor().long() for centre in (x, y))
    ticks = (torch.arange(window * SAMPLES) + 0.5) / SAMPLES
    u = ((left[:, None] + ticks) / size - x[:, None]) / radius[:, None]
    v = ((top[:, None] + ticks) / size - y[:, None]) / radius[:, None]
    covered = torch.zeros(len(shape), size + 2 * window, size + 2 * window)
    pixels = torch.arange(window, 2 * window)
    for number, name in enumerate(SHAPES):
        for part in (shape == number).nonzero().flatten().split(16):  # keeps the samples of one part in the cache
            inside = _INSIDE[name](*torch.broadcast_tensors(u[part, None, :], v[part, :, None])).float()
            rows, columns = top[part, None, None] + pixels[:, None], left[part, None, None] + pixels
            covered[part[:, None, None], rows, columns] = F.avg_pool2d(inside[:, None], SAMPLES)[:, 0]
    return covered[:, window:-window, window:-window]


def paint(background, objects, size=SIZE):
    """Pictures (n, 3, size, size) as uint8; objects is a list of (colour, shape, radius, x, y), each of length n."""
    picture = BACKGROUND_RGB[background][:, :, None, None].expand(-1, -1, size, size)
    for colour, shape, radius, x, y in objects:
        covered = coverage(shape, radius, x, y, size)[:, None]
        picture = picture + covered * (COLOUR_RGB[colour][:, :, None, None] - picture)
    return picture.round().to(torch.uint8)


def as_input(pictures):
    """uint8 pictures to the -1..1 that networks see."""
    return pictures.float() / 127.5 - 1


def _near(value, spread, rng):
    return value + spread * (2 * torch.rand(value.shape, generator=rng) - 1)


def draw_classes(labels, rng):
    """Pictures of class labels (n,): large, near the centre, on a random background."""
    n = len(labels)
    background = torch.randint(len(BACKGROUNDS), (n,), generator=rng)
    radius = LARGE * _near(torch.ones(n), 0.08, rng)
    x, y = _near(torch.full((2, n), 0.5), 0.03, rng)
    return paint(background, [(labels // len(SHAPES), labels % len(SHAPES), radius, x, y)])


def _draw_anywhere(n, rng):
    """One object of any size between small and large at any place: what a moving object passes through."""
    radius = 0.11 + 0.12 * torch.rand(n, generator=rng)
    x, y = 0.22 + 0.56 * torch.rand(2, n, generator=rng)
    return _draw_one(n, radius, x, y, rng)


def _draw_placed(n, rng):
    """One object of a named size at a named place."""
    radius = torch.tensor([SMALL, LARGE])[torch.randint(2, (n,), generator=rng)] * _near(torch.ones(n), 0.08, rng)
    places = torch.tensor(PLACES)
    x, y = (_near(places[torch.randint(3, (n,), generator=rng)], 0.03, rng) for _ in range(2))
    return _draw_one(n, radius, x, y, rng)


def _draw_one(n, radius, x, y, rng):
    labels = torch.randint(len(CLASSES), (n,), generator=rng)
    background = torch.randint(len(BACKGROUNDS), (n,), generator=rng)
    return paint(background, [(labels // len(SHAPES), labels % len(SHAPES), radius, x, y)])


def _draw_pair(n, rng):
    """Two objects of different colours, one left of or above the other."""
    first = torch.randint(len(COLOURS), (n,), generator=rng)
    second = (first + torch.randint(1, len(COLOURS), (n,), generator=rng)) % len(COLOURS)
    shapes = torch.randint(len(SHAPES), (2, n), generator=rng)
    background = torch.randint(len(BACKGROUNDS), (n,), generator=rng)
    radius = PAIRED * _near(torch.ones(n), 0.08, rng)
    middle = _near(torch.full((2, n), 0.5), 0.03, rng)
    beside = torch.randint(2, (n,), generator=rng)
    half = APART / 2 * torch.stack([beside, 1 - beside])
    (x1, y1), (x2, y2) = middle - half, middle + half
    return paint(background, [(first, shapes[0], radius, x1, y1), (second, shapes[1], radius, x2, y2)])


def draw_world(n, rng):
    """A mixture of everything in the world, shuffled."""
    pair, anywhere, central = int(0.25 * n), int(0.2 * n), int(0.2 * n)
    labels = torch.randint(len(CLASSES), (central,), generator=rng)
    pictures = torch.cat([_draw_pair(pair, rng), _draw_anywhere(anywhere, rng), draw_classes(labels, rng),
                          _draw_placed(n - pair - anywhere - central, rng)])
    return pictures[torch.randperm(n, generator=rng)]
