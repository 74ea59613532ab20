package dev.genfleet.bench;

import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Imports a checkpoint of DiT-XL/2's size in place and runs steps of it. */
@Command(
        name = "real-size",
        mixinStandardHelpOptions = true,
        description = {
            "Writes random weights of a DiT-XL/2 at 256 pixels (674.8 M parameters, 2.7 GB), imports them in place, loads the"
                    + " package into ONNX Runtime and runs steps of one guided sample (batch 2).",
            "Prints seconds and the memory that the import held; needs 3 GB of disk and 8 GB of memory."
        })
final class RealSizeCommand implements Callable<Integer> {

    private static final RandomDit DIT = RandomDit.XL2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeptFolder folder;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Imports, loads and first steps (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--steps", defaultValue = "3", description = "Steps of each load (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description = "Threads of ONNX Runtime (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        folder.use(kept -> run(kept, out));
        return 0;
    }

    private void run(Path folder, PrintWriter out) throws Exception {
        Path checkpoint = checkpoint(folder, out);
        Path models = Files.createTempDirectory(folder, "models");
        // All imports before the first session, whose memory the runtime does not give back
        for (int round = 1; round <= rounds; round++) {
            importTo(models.resolve(DIT.name() + "-" + round), checkpoint, out);
        }
        for (int round = 1; round <= rounds; round++) {
            Path graph = models.resolve(DIT.name() + "-" + round).resolve("transformer/model.onnx");
            try (OneStep step = OneStep.load(graph, threads)) {
                line(out, String.format(Locale.ROOT, "session loaded in %.2f s, %s", step.secondsToLoad(), load()));
                for (int i = 0; i < steps; i++) {
                    double seconds = step.run(DIT.side());
                    line(
                            out,
                            String.format(Locale.ROOT, "  step of 2 rows in %.2f s, all finite, %s", seconds, load()));
                }
            }
        }
        TemporaryFolder.delete(new StackFolder(models));
    }

    private static void importTo(Path model, Path checkpoint, PrintWriter out) throws Exception {
        PeakMemory memory = PeakMemory.fromNow();
        long begun = System.nanoTime();
        ImportSummary made = DIT.importTo(model, checkpoint, Precision.FP32);
        double seconds = seconds(begun);
        ImportSummary.Part denoiser = made.denoiser();
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "imported in %.2f s: %s, %.1f M numbers, %.2f GB by %s, graph of %.0f kB, held %s, %s",
                        seconds,
                        made.configuration(),
                        denoiser.parameters() / 1e6,
                        denoiser.weightBytes() / 1e9,
                        made.placement(),
                        denoiser.graphBytes() / 1e3,
                        memory.text(),
                        load()));
    }

    private static Path checkpoint(Path folder, PrintWriter out) throws IOException {
        long begun = System.nanoTime();
        Path checkpoint = DIT.checkpoint(folder);
        line(out, String.format(Locale.ROOT, "random weights there after %.1f s", seconds(begun)));
        return checkpoint;
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return "load " + (Files.exists(load) ? Files.readString(load).split(" ", 2)[0] : "unknown");
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void line(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
