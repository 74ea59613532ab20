package dev.genfleet.engine.schedule;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which of the training steps a sampler visits (Nichol and Dhariwal 2021, "Improved Denoising Diffusion Probabilistic Models",
 * section 4), in the official forms {@code "n"}, {@code "a,b,c"} and {@code "ddimN"}.
 */
final class Respacing {

    private Respacing() {}

    /**
     * The kept training steps, ascending.
     *
     * @param trainSteps training steps
     * @param form {@code "n"}: n steps from the first to the last; {@code "a,b,c"}: equal sections of the training steps (the
     *     earlier ones take the remainder), with a, b, c steps each; {@code "ddimN"}: N steps with an integer stride from 0
     * @throws IllegalArgumentException when the form cannot be met, with the reason
     */
    static int[] parse(int trainSteps, String form) {
        if (form.startsWith("ddim")) {
            return integerStride(trainSteps, Integer.parseInt(form.substring("ddim".length())));
        }
        String[] counts = form.split(",", -1);
        int[] sections = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            sections[i] = Integer.parseInt(counts[i].strip());
        }
        return sections(trainSteps, sections);
    }

    /** {@code counts[i]} steps of each section of the training steps, ascending. */
    static int[] sections(int trainSteps, int... counts) {
        SortedSet<Integer> kept = new TreeSet<>();
        int start = 0;
        for (int i = 0; i < counts.length; i++) {
            int size = trainSteps / counts.length + (i < trainSteps % counts.length ? 1 : 0);
            if (counts[i] < 1 || counts[i] > size) {
                throw new IllegalArgumentException(
                        "num_inference_steps is " + counts[i] + ", but must be between 1 and " + size);
            }
            double stride = counts[i] == 1 ? 1 : (size - 1) / (double) (counts[i] - 1);
            double current = 0;
            for (int k = 0; k < counts[i]; k++) {
                kept.add(start + (int) Math.rint(current));
                current += stride;
            }
            start += size;
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] integerStride(int trainSteps, int steps) {
        for (int stride = 1; stride < trainSteps; stride++) {
            if (Math.ceilDiv(trainSteps, stride) == steps) {
                int[] kept = new int[steps];
                for (int k = 0; k < steps; k++) {
                    kept[k] = k * stride;
                }
                return kept;
            }
        }
        throw new IllegalArgumentException(
                "cannot take exactly " + steps + " steps of " + trainSteps + " with an integer stride");
    }
}
