package dev.genfleet.engine.pack;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.model.PackageDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packages of a models folder. One broken package does not keep the others from being served.
 *
 * @param packages the verified ones, in the order of their folders' names
 * @param rejected why each of the others cannot be used
 */
public record ModelPackages(List<ModelPackage> packages, List<EngineException> rejected) {

    public ModelPackages {
        packages = List.copyOf(packages);
        rejected = List.copyOf(rejected);
    }

    /**
     * Reads and verifies every direct sub-folder that has a {@code model.json}.
     *
     * @throws EngineException {@code model_unavailable} when the folder itself cannot be read
     */
    public static ModelPackages load(Path folder) throws EngineException {
        List<ModelPackage> packages = new ArrayList<>();
        List<EngineException> rejected = new ArrayList<>();
        for (Path candidate : candidates(folder)) {
            try {
                packages.add(ModelPackage.load(candidate));
            } catch (EngineException e) {
                rejected.add(e);
            }
        }
        return new ModelPackages(packages, rejected);
    }

    /** The package of a digest. */
    public Optional<ModelPackage> byDigest(String digest) {
        Objects.requireNonNull(digest, "digest");
        return packages.stream()
                .filter(model -> model.manifest().digest().equals(digest))
                .findFirst();
    }

    private static List<Path> candidates(Path folder) throws EngineException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.exists(child.resolve(PackageDigest.MANIFEST_FILE)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE, "The models folder " + folder + " cannot be read.", e);
        }
    }
}
