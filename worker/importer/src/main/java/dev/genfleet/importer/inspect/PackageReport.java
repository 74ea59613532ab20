package dev.genfleet.importer.inspect;

import dev.genfleet.importer.census.CensusException;
import dev.genfleet.importer.census.GraphCensus;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A package as it lies in its folder. Its graphs are read, its weights are not: of them only the size is looked at.
 *
 * @param folder the package
 * @param manifest its {@code model.json}
 * @param graphs every ONNX graph, in path order
 * @param bytes size of all files that the manifest lists
 * @param faults what is wrong with it, a sentence each
 */
public record PackageReport(
        Path folder, ModelManifest manifest, List<GraphReport> graphs, long bytes, List<String> faults) {

    private static final String GRAPH = ".onnx";

    public PackageReport {
        graphs = List.copyOf(graphs);
        faults = List.copyOf(faults);
    }

    /**
     * Reads a package.
     *
     * @throws PackageException when the folder is none; one sentence says why
     * @throws IOException when a file cannot be read
     */
    public static PackageReport of(Path folder) throws PackageException, IOException {
        ModelManifest manifest = manifest(folder);
        List<String> faults = new ArrayList<>();
        List<GraphReport> graphs = new ArrayList<>();
        long bytes = 0;
        for (String name : new TreeSet<>(manifest.files().keySet())) {
            Optional<Path> file = inside(folder, name).filter(Files::isRegularFile);
            if (file.isEmpty()) {
                faults.add(name + " is listed in " + PackageDigest.MANIFEST_FILE + ", but is missing");
                continue;
            }
            bytes += Files.size(file.get());
            if (name.endsWith(GRAPH)) {
                GraphReport graph = graph(name, file.get(), manifest);
                graphs.add(graph);
                if (graph instanceof GraphReport.Counted counted) {
                    faults.addAll(WeightFaults.of(folder, counted));
                }
            }
        }
        if (!PackageDigest.of(manifest).equals(manifest.digest())) {
            faults.add("the digest in " + PackageDigest.MANIFEST_FILE
                    + " is not that of what it says and of the files it lists");
        }
        return new PackageReport(folder, manifest, graphs, bytes, faults);
    }

    /** The graph of that file, where it could be counted. */
    public Optional<GraphCensus> census(String file) {
        return graphs.stream()
                .filter(graph -> graph.file().equals(file))
                .flatMap(graph ->
                        graph instanceof GraphReport.Counted counted ? Stream.of(counted.census()) : Stream.empty())
                .findFirst();
    }

    /** The file of that name, unless it lies outside the folder. */
    static Optional<Path> inside(Path folder, String name) {
        try {
            Path root = folder.toAbsolutePath().normalize();
            return Optional.of(root.resolve(name).normalize()).filter(path -> path.startsWith(root));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static GraphReport graph(String name, Path file, ModelManifest manifest) throws IOException {
        try {
            return new GraphReport.Counted(name, GraphCensus.of(file, DefaultDimensions.of(manifest)));
        } catch (CensusException e) {
            return new GraphReport.Uncounted(name, e.getMessage());
        }
    }

    private static ModelManifest manifest(Path folder) throws PackageException, IOException {
        Path file = folder.resolve(PackageDigest.MANIFEST_FILE);
        if (!Files.isDirectory(folder)) {
            throw new PackageException(folder + " is no folder, but a model package is one");
        }
        if (!Files.isRegularFile(file)) {
            throw new PackageException(folder + " is no model package: it holds no " + PackageDigest.MANIFEST_FILE
                    + ", which 'genfleet import' writes");
        }
        try {
            ModelManifest manifest = Json.read(Files.readAllBytes(file), ModelManifest.class);
            DefaultDimensions.of(manifest);
            return manifest;
        } catch (MalformedRecordException | IllegalArgumentException e) {
            throw new PackageException(folder + " is no model package: " + e.getMessage(), e);
        }
    }
}
