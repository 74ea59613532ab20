"""Gaussian diffusion: the training loss and the samplers (Ho et al. 2020; Nichol and Dhariwal 2021; Song et al. 2021).

Linear betas 1e-4..0.02 over 1000 steps, noise prediction, variance learned as a share between two bounds in the log.
"""

import math

import torch

STEPS = 1000
BETAS = torch.linspace(1e-4, 0.02, STEPS, dtype=torch.float64)


def respaced(steps):
    """`steps` timesteps evenly over the thousand, both ends kept, ascending."""
    stride = (STEPS - 1) / max(1, steps - 1)
    return sorted({round(i * stride) for i in range(steps)})


class Process:
    """The tables of the thousand steps, or of a subset of them, for latents of so many dimensions (n, channels, ...)."""

    def __init__(self, timesteps=range(STEPS), dimensions=4):
        self.timesteps, self.dimensions = torch.tensor(list(timesteps)), dimensions
        self.signal = torch.cumprod(1 - BETAS, 0)[self.timesteps]  # alpha bar
        self.before = torch.cat([torch.ones(1, dtype=torch.float64), self.signal[:-1]])
        beta = 1 - self.signal / self.before
        variance = beta * (1 - self.before) / (1 - self.signal)
        self.log_low = torch.cat([variance[1:2], variance[1:]]).log()  # the first would be log 0
        self.log_high = beta.log()
        self.from_x0 = beta * self.before.sqrt() / (1 - self.signal)
        self.from_x = (1 - self.before) * (1 - beta).sqrt() / (1 - self.signal)

    def _at(self, table, k):
        return table.to(k.device)[k].float().view(-1, *[1] * (self.dimensions - 1))

    def _log_variance(self, share, k):
        share = (share + 1) / 2
        return share * self._at(self.log_high, k) + (1 - share) * self._at(self.log_low, k)

    def _x0(self, x, noise, k):
        signal = self._at(self.signal, k)
        return (x - (1 - signal).sqrt() * noise) / signal.sqrt()

    def _mean(self, x, noise, k):
        return self._at(self.from_x0, k) * self._x0(x, noise, k) + self._at(self.from_x, k) * x

    def loss(self, predict, x0, rng, lean=0.0, most=1.0):
        """Squared error of the noise that predict(x, t) finds and, where it also gives the variance's share, the variational bound
        (bits a value) for the variance alone. Timesteps t are spread over the rows, evenly or in proportion to t ** lean. Errors count
        1 / alpha bar, at most `most`: what little is left of the signal counts more where noise hides it."""
        n, steps = len(x0), len(self.timesteps)
        share = (torch.arange(n) + torch.rand(n, generator=rng)) / n
        k = (steps * share ** (1 / (1 + lean))).long().clamp_max(steps - 1)
        noise, k = torch.randn(x0.shape, generator=rng).to(x0.device), k.to(x0.device)
        signal = self._at(self.signal, k)
        x = signal.sqrt() * x0 + (1 - signal).sqrt() * noise
        out = predict(x, self.timesteps.to(k.device)[k]).float()
        if out.shape == x.shape:
            return {"noise": ((noise - out).square() * (1 / signal).clamp_max(most)).mean()}
        predicted, share = out.chunk(2, dim=1)
        log_true, log_learned = self._at(self.log_low, k), self._log_variance(share, k)
        apart = (self._mean(x, noise, k) - self._mean(x, predicted.detach(), k)).square()
        kl = 0.5 * (log_learned - log_true - 1 + (log_true - log_learned).exp() + apart * (-log_learned).exp())
        return {"noise": (noise - predicted).square().mean(), "bound": kl.mean() / math.log(2)}

    @torch.no_grad()
    def sample(self, predict, x):
        """Denoises x by DDIM without noise of its own; predict(x, t) gives the guided noise."""
        for step in reversed(range(len(self.timesteps))):
            k = torch.full((len(x),), step)
            noise, before = predict(x, self.timesteps[k]), self._at(self.before, k)
            x = before.sqrt() * self._x0(x, noise, k) + (1 - before).sqrt() * noise
        return x
