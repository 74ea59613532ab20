package dev.genfleet.local;

import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Imports the sample models' checkpoints into a models folder. */
final class SampleModels {

    private SampleModels() {}

    /** Names of those models of {@code wanted} that are now in {@code models}; those without a checkpoint in {@code samples} are left out. */
    static List<String> install(List<SampleModel> wanted, Path samples, Path models) throws StackException {
        List<String> installed = new ArrayList<>();
        for (SampleModel model : wanted) {
            String name = model.modelName();
            Path checkpoint = samples.resolve(name);
            if (Files.isDirectory(checkpoint)) {
                install(checkpoint, samples.resolve(SampleModel.AUTOENCODER), models.resolve(name));
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
            ModelImporter.run(ImportRequest.of(
                    checkpoint, autoencoder, target, target.getFileName().toString()));
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
