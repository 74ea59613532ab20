package dev.genfleet.engine.schedule;

import dev.genfleet.job.TimestepSpacing;

/** The noise levels of DPM-Solver++ and UniPC. */
final class MultistepSigmas {

    private MultistepSigmas() {}

    /** At the training steps visited, then {@code last}. */
    static SigmaSchedule of(SigmaTable table, Spacing spacing, TimestepSpacing.Kind kind, double last) {
        double[] timesteps = spacing.multistep(kind);
        return new SigmaSchedule(table.at(timesteps), last, timesteps);
    }

    /** By Karras over the whole table, then {@code last}; the denoiser is told whole timesteps. */
    static SigmaSchedule karras(SigmaTable table, int steps, Whole whole, double last) {
        double[] levels = SigmaTable.karras(table.greatest(), table.least(), steps);
        double[] timesteps = table.timesteps(levels);
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = whole == Whole.NEAREST ? Math.rint(timesteps[i]) : Math.floor(timesteps[i]);
        }
        return new SigmaSchedule(levels, last, timesteps);
    }

    /** Which whole timestep stands for one between. */
    enum Whole {
        /** The nearest. */
        NEAREST,
        /** The one below: DPM-Solver++ over a squared cosine. */
        BELOW
    }
}
