package dev.genfleet.engine.shelf;

import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.model.ModelConditioning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a loaded package takes, judged from outside: every file that lies in a folder with one of its graphs, for that is where ONNX
 * Runtime looks for a graph's external data, times {@value #OVERHEAD} for what sessions keep beside the weights.
 */
final class PackageWeights {

    /** See {@code adr/0003-models-on-a-shelf.md} for the measurement. */
    static final double OVERHEAD = 1.25;

    private static final double MEGABYTE = 1 << 20;

    private PackageWeights() {}

    /** Bytes that the package is taken to need on a device. */
    static long bytes(ModelPackage model) {
        Set<Path> folders = new HashSet<>();
        folders.add(Path.of(model.manifest().denoiser().file()).normalize().getParent());
        folders.add(Path.of(model.manifest().latentDecoder().file()).normalize().getParent());
        if (model.manifest().conditioning() instanceof ModelConditioning.Captions captions) {
            captions.textEncoders()
                    .forEach(encoder ->
                            folders.add(Path.of(encoder.file()).normalize().getParent()));
        }
        long sum = 0;
        for (String file : model.manifest().files().keySet()) {
            if (folders.contains(Path.of(file).normalize().getParent())) {
                sum += size(model.file(file));
            }
        }
        return Math.round(sum * OVERHEAD);
    }

    /** A number of bytes for people. */
    static String megabytes(long bytes) {
        double megabytes = bytes / MEGABYTE;
        return String.format(Locale.ROOT, megabytes < 10 ? "%.1f MB" : "%.0f MB", megabytes);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the size of " + file + " cannot be read", e);
        }
    }
}
