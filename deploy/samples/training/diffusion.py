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
    """The tables of the thousand steps, or of a subset of them."""

    def __init__(self, timesteps=range(STEPS)):
        self.timesteps = torch.tensor(list(timesteps))
        self.signal = torch.cumprod(1 - BETAS, 0)[self.timesteps]  # alpha bar
        self.before = torch.cat([torch.ones(1, dtype=torch.float64), self.signal[:-1]])
        beta = 1 - self.signal / self.before
        variance = beta * (1 - self.before) / (1 - self.signal)
        self.log_low = torch.cat([variance[1:2], variance[1:]]).log()  # the first would be log 0
        self.log_high = beta.log()
        self.from_x0 = beta * self.before.sqrt() / (1 - self.signal)
        self.from_x = (1 - self.before) * (1 - beta).sqrt() / (1 - self.signal)

    def _at(self, table, k):
        return table[k].float()[:, None, None, None]

    def _log_variance(self, share, k):
        share = (share + 1) / 2
        return share * self._at(self.log_high, k) + (1 - share) * self._at(self.log_low, k)

    def _x0(self, x, noise, k):
        signal = self._at(self.signal, k)
        return (x - (1 - signal).sqrt() * noise) / signal.sqrt()

    def _mean(self, x, noise, k):
        return self._at(self.from_x0, k) * self._x0(x, noise, k) + self._at(self.from_x, k) * x

    def loss(self, model, x0, y, rng):
        """Squared error of the noise, and the variational bound (bits a value) for the variance alone."""
        k = torch.randint(len(self.timesteps), (len(x0),), generator=rng)
        noise = torch.randn(x0.shape, generator=rng)
        signal = self._at(self.signal, k)
        x = signal.sqrt() * x0 + (1 - signal).sqrt() * noise
        predicted, share = model(x, self.timesteps[k], y).float().chunk(2, dim=1)
        log_true, log_learned = self._at(self.log_low, k), self._log_variance(share, k)
        apart = (self._mean(x, noise, k) - self._mean(x, predicted.detach(), k)).square()
        kl = 0.5 * (log_learned - log_true - 1 + (log_true - log_learned).exp() + apart * (-log_learned).exp())
        return (noise - predicted).square().mean(), kl.mean() / math.log(2)

    @torch.no_grad()
    def sample(self, model, y, rng, guidance_scale, sampler="ddpm", guided_channels=3):
        """Latents (n, 4, 8, 8) for labels y by classifier-free guidance; sampler is ddpm or ddim (eta 0)."""
        x = torch.randn(len(y), 4, 8, 8, generator=rng)
        labels = torch.cat([y, torch.full_like(y, model.null_class)])
        for step in reversed(range(len(self.timesteps))):
            k = torch.full((len(y),), step)
            out = model(torch.cat([x, x]), self.timesteps[k].repeat(2), labels)
            (noise, share), unguided = out[:len(y)].chunk(2, dim=1), out[len(y):, :guided_channels]
            guided = unguided + guidance_scale * (noise[:, :guided_channels] - unguided)
            noise = torch.cat([guided, noise[:, guided_channels:]], dim=1)
            if sampler == "ddim":
                before = self._at(self.before, k)
                x = before.sqrt() * self._x0(x, noise, k) + (1 - before).sqrt() * noise
                continue
            mean = self._mean(x, noise, k)
            spread = (0.5 * self._log_variance(share, k)).exp() if step > 0 else 0.0
            x = mean + spread * torch.randn(x.shape, generator=rng)
        return x
