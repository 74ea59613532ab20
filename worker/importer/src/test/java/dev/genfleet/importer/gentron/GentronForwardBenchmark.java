package dev.genfleet.importer.gentron;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.family.Frames;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures one forward of 8 frames of 4x32x32 through a GenTron of 6 blocks of width 384 with random weights (2 threads), round-robin:
 * with motion, without, with zero temporal layers, and as 8 images of the image model; prints each one's time and its ratio to the
 * first (above 1: slower).
 *
 * <p>Set {@code ORT_DISABLE_TELEMETRY=1}, or start with a short command line: ONNX Runtime 1.29 crashes on long ones.
 *
 * <p>Arguments: a folder for checkpoints and graphs, number of rounds.
 */
final class GentronForwardBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int FRAMES = 8;
    private static final int WARM_UP = 2;

    private GentronForwardBenchmark() {}

    private record Subject(String name, Path model, Map<String, Tensor> inputs) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        GentronArchitecture images =
                GentronArchitecture.images(new GentronShape(384, 6, 6, 1536, 2, 4, 8), GentronText.interleaved(6));
        GentronArchitecture videos = images.with(GentronTemporal.PUBLISHED);
        Checkpoint moving = TinyGentron.checkpoint(folder, TinyGentron.random(videos));
        Map<String, Tensor> video = TinyGentron.inputs(videos, 1, 4, FRAMES, 32, 32);
        Map<String, Tensor> picture = TinyGentron.inputs(images, FRAMES, 4, 32, 32);
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject("motion", Emitted.graph(videos, moving), video));
        subjects.add(new Subject(
                "motionless",
                Emitted.graph(videos.motionless(), TinyGentron.checkpoint(folder, TinyGentron.random(videos))),
                TinyGentron.without(video, "motion")));
        subjects.add(new Subject(
                "zero temporal",
                Emitted.graph(
                        images.withTemporal(new Frames(FRAMES, 64)),
                        TinyGentron.checkpoint(folder, TinyGentron.random(images))),
                video));
        subjects.add(new Subject(
                "8 images",
                Emitted.graph(images, TinyGentron.checkpoint(folder, TinyGentron.random(images))),
                picture));
        measure(subjects, Integer.parseInt(arguments[1]));
    }

    private static void measure(List<Subject> subjects, int rounds) throws Exception {
        List<OrtGraph> graphs = new ArrayList<>();
        try {
            for (Subject subject : subjects) {
                graphs.add(new OrtGraph(subject.model(), 2));
            }
            double[][] milliseconds = new double[subjects.size()][rounds];
            for (int round = -WARM_UP; round < rounds; round++) {
                for (int i = 0; i < graphs.size(); i++) {
                    long begun = System.nanoTime();
                    graphs.get(i).run(subjects.get(i).inputs());
                    if (round >= 0) {
                        milliseconds[i][round] = (System.nanoTime() - begun) / 1e6;
                    }
                }
            }
            for (int i = 0; i < subjects.size(); i++) {
                Arrays.sort(milliseconds[i]);
                OUT.printf(
                        "%s (%s): min %.1f ms, median %.1f ms, ratio min %.3f, ratio median %.3f%n",
                        subjects.get(i).name(),
                        subjects.get(i).model(),
                        milliseconds[i][0],
                        milliseconds[i][rounds / 2],
                        milliseconds[i][0] / milliseconds[0][0],
                        milliseconds[i][rounds / 2] / milliseconds[0][rounds / 2]);
            }
        } finally {
            for (OrtGraph graph : graphs) {
                graph.close();
            }
        }
    }
}
