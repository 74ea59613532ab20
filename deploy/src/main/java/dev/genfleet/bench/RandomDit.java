package dev.genfleet.bench;

import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitSize;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.local.Installation;
import dev.genfleet.local.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A DiT of a published size (Peebles and Xie 2023, table 1; patch 2) with random weights, the same each time. What it predicts means
 * nothing; what it costs is what a trained one costs.
 *
 * @param name of the package
 * @param size depth, width and heads
 * @param side of its latents
 */
record RandomDit(String name, DitSize size, int side) {

    /** 12 blocks, width 384; 32.9 M parameters; 256 pixels. */
    static final RandomDit S2 = new RandomDit("dit-s2", DitSize.S, 32);

    /** 28 blocks, width 1152; 674.8 M parameters; 256 pixels. */
    static final RandomDit XL2 = new RandomDit("dit-xl2", DitSize.XL, 32);

    /** As {@link #XL2}, at 512 pixels. */
    static final RandomDit XL2_512 = new RandomDit("dit-xl2-512", DitSize.XL, 64);

    private static final int PATCH = 2;
    private static final List<RandomDit> ALL = List.of(S2, XL2, XL2_512);

    /** The one of that name. */
    static Optional<RandomDit> named(String name) {
        return ALL.stream().filter(dit -> dit.name().equals(name)).findFirst();
    }

    DitArchitecture architecture() {
        return DitArchitecture.published(size, PATCH, side);
    }

    /** Its checkpoint, written unless {@code folder} has it already. */
    Path checkpoint(Path folder) throws IOException {
        Path checkpoint = folder.resolve(name + ".safetensors");
        if (!Files.exists(checkpoint)) {
            Files.createDirectories(folder);
            Path unfinished = folder.resolve(name + ".unfinished");
            RandomCheckpoint.write(unfinished, Emission.keys(architecture()));
            Files.move(unfinished, checkpoint);
        }
        return checkpoint;
    }

    /** Imports its checkpoint into a new package. */
    ImportSummary importTo(Path target, Path checkpoint, Precision precision)
            throws CheckpointException, IOException, StackException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        ImportOptions usual = ImportOptions.USUAL;
        return ModelImporter.run(ImportRequest.of(
                        checkpoint, Installation.ofThisProgram().samples().resolve("shapes-vae"), target, name)
                .with(new ImportOptions(
                        usual.family(),
                        usual.variant(),
                        new GraphForm(precision, Operators.FUSED),
                        usual.placement(),
                        usual.encoder(),
                        usual.decodeTiles())));
    }
}
