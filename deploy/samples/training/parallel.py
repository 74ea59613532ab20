"""Training in several single-threaded processes that average their gradients once a step.

On a busy machine this loses far less than threads that wait for each other in every operation.
"""

import os

import torch
from torch import multiprocessing


class Team:
    """What one process knows of the others: its rank, and a place in shared memory to meet at."""

    def __init__(self, rank, shared, barrier):
        self.rank, self.shared, self.barrier = rank, shared, barrier

    def average(self, parameters, scalar):
        """Replaces every gradient by its mean over the team; returns the mean of a number given by each."""
        gradients = [p.grad for p in parameters]
        mine = torch.cat([g.flatten() for g in gradients] + [torch.tensor([scalar])])
        self.shared[self.rank, :len(mine)] = mine
        self.barrier.wait()
        mean = self.shared[:, :len(mine)].mean(dim=0)
        self.barrier.wait()
        for gradient, part in zip(gradients, mean[:-1].split([g.numel() for g in gradients])):
            gradient.copy_(part.view_as(gradient))
        return mean[-1].item()


class Alone:
    """A team of one."""

    rank = 0

    @staticmethod
    def average(_, scalar):
        return scalar


def _member(rank, train, args, shared, barrier):
    torch.set_num_threads(1)
    train(args, Team(rank, shared, barrier))


def run(train, args, capacity=8_000_000):
    """Runs train(args, team) in args.processes processes; capacity bounds the count of parameters."""
    os.environ["OMP_NUM_THREADS"] = "1"
    shared = torch.zeros(args.processes, capacity).share_memory_()
    barrier = multiprocessing.get_context("spawn").Barrier(args.processes)
    multiprocessing.spawn(_member, (train, args, shared, barrier), args.processes)
