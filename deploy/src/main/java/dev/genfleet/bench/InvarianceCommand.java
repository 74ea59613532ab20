package dev.genfleet.bench;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.Motion;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.TemporaryFolder;
import dev.genfleet.model.LatentShape;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether a row's prediction depends on how many rows it shares a forward with, on any device and in any precision. */
@Command(
        name = "invariance",
        mixinStandardHelpOptions = true,
        description = {
            "Predicts the same rows alone and in forwards of 2, 4, 8 … rows, and prints how far they are apart: 0 means the same"
                    + " bits, and so the same picture alone and in any batch."
        })
final class InvarianceCommand implements Callable<Integer> {

    private static final float TIMESTEP = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelChoice choice;

    @Option(names = "--rows", defaultValue = "16", description = "Most rows (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Override
    public Integer call() throws Exception {
        StackFolder temporary = TemporaryFolder.create();
        try {
            measure(temporary.root());
        } finally {
            TemporaryFolder.delete(temporary);
        }
        return 0;
    }

    private void measure(Path folder) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        BenchedModel benched = choice.make(folder);
        OrtDevice opened = OrtDevice.open(choice.device(), Runtime.getRuntime().availableProcessors(), 1);
        LatentShape shape =
                benched.manifest().latentShape(benched.manifest().sizes().getFirst());
        out.println(choice + ":");
        try (Denoiser denoiser = opened.denoiser(benched.packages().packages().getFirst());
                ForwardPass pass = denoiser.prepare(shape, rows)) {
            float[][] alone = new float[rows][];
            for (int row = 0; row < rows; row++) {
                fill(pass, shape, row, 1);
                pass.run(1);
                alone[row] = row(pass, 0);
            }
            for (int together = 2; together <= rows; together *= 2) {
                fill(pass, shape, 0, together);
                pass.run(together);
                report(out, alone, pass, together);
            }
        }
    }

    private static void report(PrintWriter out, float[][] alone, ForwardPass pass, int together) {
        double largest = 0;
        double squares = 0;
        double errors = 0;
        int identical = 0;
        for (int row = 0; row < together; row++) {
            float[] shared = row(pass, row);
            identical += Arrays.equals(shared, alone[row]) ? 1 : 0;
            for (int i = 0; i < shared.length; i++) {
                double error = (double) shared[i] - alone[row][i];
                largest = Math.max(largest, Math.abs(error));
                errors += error * error;
                squares += (double) alone[row][i] * alone[row][i];
            }
        }
        out.printf(
                Locale.ROOT,
                "%2d rows: %2d the same bits as alone; largest difference %.1e, relative %.1e%n",
                together,
                identical,
                largest,
                Math.sqrt(errors / squares));
        out.flush();
    }

    /** Rows {@code from …}, each with its own latents and class. */
    private static void fill(ForwardPass pass, LatentShape shape, int from, int count) {
        for (int row = 0; row < count; row++) {
            SplittableRandom random = new SplittableRandom(from + row);
            for (int i = 0; i < shape.elements(); i++) {
                pass.latents().put(row * shape.elements() + i, (float) random.nextGaussian());
            }
            pass.timestep(row, TIMESTEP);
            pass.motion(row, Motion.SHARED);
            pass.condition(row, new RowConditioning.OfClass(from + row));
        }
    }

    private static float[] row(ForwardPass pass, int row) {
        float[] prediction = new float[pass.predictionElements()];
        pass.prediction().get(row * prediction.length, prediction);
        return prediction;
    }
}
