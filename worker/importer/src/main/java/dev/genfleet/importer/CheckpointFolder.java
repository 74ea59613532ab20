package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The weights of one component of a model and the JSON files beside them.
 *
 * @param weights a checkpoint file, or the index of a sharded one
 */
record CheckpointFolder(Path weights) {

    private static final List<String> EXTENSIONS = List.of(".safetensors", ".pt", ".pth", ".bin", ".ckpt");
    private static final String INDEX = ".index.json";

    /**
     * Names that diffusers and transformers give, best first: full precision before half, safetensors before pickles. Half
     * precision is named both {@code NAME.fp16.safetensors} and {@code NAME.safetensors.index.fp16.json}.
     */
    private static final List<String> USUAL_NAMES = List.of(
            "diffusion_pytorch_model.safetensors",
            "diffusion_pytorch_model.safetensors.index.json",
            "model.safetensors",
            "model.safetensors.index.json",
            "diffusion_pytorch_model.fp16.safetensors",
            "diffusion_pytorch_model.safetensors.index.fp16.json",
            "diffusion_pytorch_model.fp16.safetensors.index.json",
            "model.fp16.safetensors",
            "model.safetensors.index.fp16.json",
            "model.fp16.safetensors.index.json",
            "diffusion_pytorch_model.bin",
            "diffusion_pytorch_model.bin.index.json",
            "pytorch_model.bin",
            "pytorch_model.bin.index.json",
            "diffusion_pytorch_model.fp16.bin",
            "pytorch_model.fp16.bin");

    /**
     * Finds the weights: the file itself; or in a folder the first of the usual names, else the one checkpoint there.
     *
     * @throws CheckpointException when nothing is there, or more than one file that might be meant
     */
    static CheckpointFolder locate(Path given) throws CheckpointException, IOException {
        if (Files.isRegularFile(given)) {
            return new CheckpointFolder(given);
        }
        if (!Files.isDirectory(given)) {
            throw new CheckpointException(given + " is neither a checkpoint file nor a folder that holds one");
        }
        for (String usual : USUAL_NAMES) {
            if (Files.isRegularFile(given.resolve(usual))) {
                return new CheckpointFolder(given.resolve(usual));
            }
        }
        List<Path> indexes = ending(given, List.of(INDEX));
        List<Path> found = indexes.isEmpty() ? ending(given, EXTENSIONS) : indexes;
        if (found.size() != 1) {
            throw new CheckpointException(given + " holds " + found.size() + " checkpoints" + names(found)
                    + ", but must hold one (" + String.join(", ", EXTENSIONS) + " or " + INDEX + ")"
                    + (DiffusersFolder.is(given)
                            ? "; it is a whole pipeline, whose components are folders in it"
                            : ""));
        }
        return new CheckpointFolder(found.getFirst());
    }

    /** Opens the weights, whatever their form. */
    Checkpoint open() throws CheckpointException, IOException {
        return Checkpoint.open(weights);
    }

    /** The parsed file of that name beside the weights, or a missing node where there is none. */
    JsonNode json(String name) throws CheckpointException, IOException {
        return JsonFile.read(beside(name));
    }

    Path beside(String name) {
        return weights.resolveSibling(name);
    }

    private static List<Path> ending(Path folder, List<String> endings) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> endings.stream().anyMatch(file.toString()::endsWith))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static String names(List<Path> files) {
        return files.isEmpty()
                ? ""
                : files.stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
