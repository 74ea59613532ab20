package dev.genfleet.bench;

import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitSize;
import dev.genfleet.importer.family.Emission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A checkpoint of a DiT-S/2's size (Peebles and Xie 2023, table 1: 12 blocks, width 384, 6 heads, patch 2; 32.9 M parameters)
 * with random weights, the same each time. What it predicts means nothing; what it costs is what a trained one costs.
 */
final class RandomDitS2 {

    static final String NAME = "dit-s2";

    private static final int SIDE = 32;

    private RandomDitS2() {}

    /** Writes {@code model.safetensors} into a new folder. */
    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        RandomCheckpoint.write(
                folder.resolve("model.safetensors"), Emission.keys(DitArchitecture.published(DitSize.S, 2, SIDE)));
    }
}
