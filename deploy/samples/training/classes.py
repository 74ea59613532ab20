"""Training of class-conditional denoisers on drawings that the shipped autoencoder encodes once."""

import torch

import autoencoder
import diffusion
import trainer
import world

LABEL_DROPOUT = 0.1


def encode_drawings(vae, scaling_factor, count, rng):
    """Scaled latents of fresh drawings, as means and deviations, and their labels."""
    labels = torch.arange(count) % len(world.CLASSES)
    means, deviations = [], []
    for part in labels.split(256):
        mean, deviation = autoencoder.encode_scaled(vae, scaling_factor, world.draw_classes(part, rng))
        means.append(mean)
        deviations.append(deviation)
    return torch.cat(means), torch.cat(deviations), labels


def run(architecture, parser):
    """Trains an architecture whose forward takes (x, t, y) and that knows the number of its null class."""
    parser.add_argument("--vae", default="../shapes-vae")
    parser.add_argument("--drawings", type=int, default=12288, help="of each process")
    parser.add_argument("--start", help="weights (safetensors) to begin with")
    args = parser.parse_args()
    args.architecture = architecture
    trainer.run(train, args)


def train(args, team):
    model = args.architecture()
    if args.start:
        model.load_state_dict(autoencoder.single_precision(args.start))
    model.to(args.device)

    def prepare(rng):
        bank = encode_drawings(*autoencoder.load(args.vae), args.drawings, rng)
        mean, deviation, labels = (part.to(args.device) for part in bank)
        process = diffusion.Process()

        def losses():
            rows = torch.randint(len(labels), (args.batch,), generator=rng).to(args.device)
            x0 = mean[rows] + deviation[rows] * torch.randn(mean[rows].shape, generator=rng).to(args.device)
            dropped = (torch.rand(args.batch, generator=rng) < LABEL_DROPOUT).to(args.device)
            y = torch.where(dropped, model.null_class, labels[rows])
            return process.loss(lambda x, t: model(x, t, y), x0, rng)

        return losses

    trainer.fit(args, team, model, prepare)
