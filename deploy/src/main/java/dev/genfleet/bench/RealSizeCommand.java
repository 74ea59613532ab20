package dev.genfleet.bench;

import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitSize;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.local.Installation;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    private static final int SIDE = 32;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keeps the checkpoint there for the next time; without it, a temporary folder is used.")
    private Optional<Path> kept = Optional.empty();

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
        if (kept.isPresent()) {
            Files.createDirectories(kept.get());
            run(kept.get(), out);
            return 0;
        }
        StackFolder temporary = TemporaryFolder.create();
        try {
            run(temporary.root(), out);
        } finally {
            TemporaryFolder.delete(temporary);
        }
        return 0;
    }

    private void run(Path folder, PrintWriter out) throws Exception {
        DitArchitecture dit = DitArchitecture.published(DitSize.XL, 2, SIDE);
        Path checkpoint = checkpoint(folder, dit, out);
        Path models = Files.createTempDirectory(folder, "models");
        for (int round = 1; round <= rounds; round++) {
            Path model = models.resolve("dit-xl2-" + round);
            PeakMemory memory = PeakMemory.fromNow();
            long begun = System.nanoTime();
            ImportSummary made = ModelImporter.run(ImportRequest.of(
                    checkpoint, Installation.ofThisProgram().samples().resolve("shapes-vae"), model, "dit-xl2"));
            double seconds = seconds(begun);
            line(
                    out,
                    "round %d: imported %s, %.1f M parameters, %.2f GB, weights %s, in %.2f s; graph of %.0f kB; memory %s; load %s",
                    round,
                    made.configuration(),
                    made.denoiser().parameters() / 1e6,
                    made.denoiser().weightBytes() / 1e9,
                    made.placement(),
                    seconds,
                    made.denoiser().graphBytes() / 1e3,
                    memory.text(),
                    load());
            try (OneStep step =
                    OneStep.load(model.resolve(made.manifest().denoiser().file()), threads)) {
                line(out, "         session loaded in %.2f s", step.secondsToLoad());
                for (int i = 0; i < steps; i++) {
                    line(out, "         step of 2 rows in %.2f s, output finite, %s", step.run(SIDE), load());
                }
            }
        }
        TemporaryFolder.delete(new StackFolder(models));
    }

    private static Path checkpoint(Path folder, DitArchitecture dit, PrintWriter out) throws IOException {
        Path checkpoint = folder.resolve("dit-xl2.safetensors");
        if (Files.exists(checkpoint)) {
            return checkpoint;
        }
        long begun = System.nanoTime();
        Path begunFile = folder.resolve("unfinished");
        RandomCheckpoint.write(begunFile, Emission.keys(dit));
        Files.move(begunFile, checkpoint);
        line(out, "random weights written in %.1f s", seconds(begun));
        return checkpoint;
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return "load " + (Files.exists(load) ? Files.readString(load).split(" ", 2)[0] : "unknown");
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
