"""Says which class a picture shows, by comparing it with drawings of every shape at many sizes and places."""

import torch

import world

RADII = [world.LARGE * factor for factor in (0.88, 0.94, 1.0, 1.06, 1.12)]
OFFSETS = torch.arange(-3, 3.01, 1.0) / world.SIZE


class Judge:
    """Templates of large shapes near the centre."""

    def __init__(self):
        shape, radius, x, y = torch.meshgrid(torch.arange(float(len(world.SHAPES))), torch.tensor(RADII), 0.5 + OFFSETS,
                                             0.5 + OFFSETS, indexing="ij")
        self.shape = shape.flatten().long()
        self.templates = world.coverage(self.shape, radius.flatten(), x.flatten(), y.flatten()).flatten(1)
        self.energy = self.templates.square().sum(dim=1)

    def __call__(self, pictures):
        """Class numbers and overlaps (0..1, soft intersection over union) of uint8 pictures (n, 3, 64, 64)."""
        pixels = pictures.float()
        frame = torch.cat([pixels[:, :, :4].flatten(2), pixels[:, :, -4:].flatten(2)], dim=2).mean(dim=2)
        background = world.BACKGROUND_RGB[torch.cdist(frame, world.BACKGROUND_RGB).argmin(dim=1)]
        away = (pixels - background[:, :, None, None]).flatten(2)
        difference = away.square().sum(dim=1)
        core = (difference >= 0.5 * difference.quantile(0.97, dim=1, keepdim=True)).float()
        object_rgb = (pixels.flatten(2) * core[:, None]).sum(dim=2) / core.sum(dim=1, keepdim=True)
        colour = torch.cdist(object_rgb, world.COLOUR_RGB).argmin(dim=1)
        towards = world.COLOUR_RGB[colour] - background
        mask = (away * towards[:, :, None]).sum(dim=1) / towards.square().sum(dim=1, keepdim=True)
        mask = mask.clamp(0, 1)
        shared = mask @ self.templates.T
        overlap = shared / (mask.square().sum(dim=1, keepdim=True) + self.energy - shared)
        best, which = overlap.max(dim=1)
        return colour * len(world.SHAPES) + self.shape[which], best
