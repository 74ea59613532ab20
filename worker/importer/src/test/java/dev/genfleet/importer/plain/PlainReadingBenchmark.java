package dev.genfleet.importer.plain;

import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How long the plain reading of a published DiT takes, two rows: {@code PlainReadingBenchmark S 2} and the like. */
public final class PlainReadingBenchmark {

    private PlainReadingBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        DitArchitecture dit =
                DitArchitecture.published(DitSize.valueOf(arguments[0]), Integer.parseInt(arguments[1]), 32);
        Path folder = Files.createTempDirectory("plain");
        Path file = folder.resolve("model.safetensors");
        try {
            SafetensorsWriter.write(file, RandomWeights.of(dit), DataType.F32);
            Checkpoint checkpoint = Checkpoint.open(file);
            for (int round = 0; round < 2; round++) {
                PlainReading reading = PlainReading.of(dit, checkpoint);
                Map<String, PlainTensor> inputs = reading.inputs(round);
                long begun = System.nanoTime();
                reading.outputs(inputs);
                System.out.printf("%s: %.1f s%n", dit.describe(), (System.nanoTime() - begun) / 1e9);
            }
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }
}
