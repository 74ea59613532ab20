package dev.genfleet.local;

import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSources;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Imports the sample models' checkpoints into a models folder. */
final class SampleModels {

    private static final List<String> NAMES =
            List.of("shapes-dit", "shapes-diffussm", "shapes-gentron", "shapes-gentron-video");
    private static final String AUTOENCODER = "shapes-vae";

    private SampleModels() {}

    /** Names of the sample models, now in {@code models}; those without a checkpoint in {@code samples} are left out. */
    static List<String> install(Path samples, Path models) throws StackException {
        List<String> installed = new ArrayList<>();
        for (String name : NAMES) {
            Path checkpoint = samples.resolve(name);
            if (Files.isDirectory(checkpoint)) {
                install(checkpoint, samples.resolve(AUTOENCODER), models.resolve(name));
                installed.add(name);
            }
        }
        return installed;
    }

    private static void install(Path checkpoint, Path autoencoder, Path target) throws StackException {
        try {
            // Always anew: it takes a moment, and another version of genfleet may bring other weights or other
            // defaults.
            delete(target);
            Path text = checkpoint.resolve("text_encoder");
            ModelImporter.run(new ImportRequest(
                    new ImportSources(
                            checkpoint,
                            Optional.of(autoencoder),
                            Files.isDirectory(text) ? List.of(text) : List.of(),
                            Files.isDirectory(text) ? List.of(checkpoint.resolve("tokenizer")) : List.of()),
                    target,
                    target.getFileName().toString(),
                    ImportRequest.DEFAULT_POOL,
                    ImportOptions.USUAL));
        } catch (CheckpointException | IOException e) {
            throw new StackException("cannot import the sample model in " + checkpoint + ": " + e.getMessage(), e);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
