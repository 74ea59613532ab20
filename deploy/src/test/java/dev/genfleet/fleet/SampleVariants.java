package dev.genfleet.fleet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.WeightPlacement;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sample model with something wrong, with its layers shuffled or as a package that is broken, and one that moves. */
final class SampleVariants {

    static final String SHUFFLED = "shapes-shuffled";
    static final String UNSERVED = "shapes-unserved";

    /** No worker takes jobs of this pool until a test starts one. */
    static final String UNSERVED_POOL = "unserved";

    /** Two models of equal size in a pool of their own, which a test serves by a worker that holds one of them at a time. */
    static final List<String> CROWDED = List.of("crowded-shapes", "crowded-shuffled");

    static final String CROWDED_POOL = "crowded";

    static final String MISSING_FILE = "broken-missing-file";
    static final String WRONG_DIGEST = "broken-digest";
    static final String TRUNCATED = "broken-truncated";

    private static final Pattern BLOCK = Pattern.compile("blocks\\.([0-9]+)\\.");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path samples;
    private final Path models;

    /**
     * Variants.
     *
     * @param samples folder of the sample checkpoints
     * @param models folder that gets the packages
     */
    SampleVariants(Path samples, Path models) {
        this.samples = samples;
        this.models = models;
    }

    void install(Path scratch) throws Exception {
        Files.createDirectories(models);
        Path shuffled = scratch.resolve("shuffled");
        copy(samples.resolve("shapes-dit"), shuffled);
        shuffleBlocks(shuffled.resolve("model.safetensors"));
        importFrom(shuffled, SHUFFLED);
        importFrom(samples.resolve("shapes-dit"), UNSERVED, UNSERVED_POOL);
        importFrom(samples.resolve("shapes-dit"), CROWDED.getFirst(), CROWDED_POOL);
        importFrom(shuffled, CROWDED.getLast(), CROWDED_POOL);

        importFrom(samples.resolve("shapes-dit"), MovingModel.NAME);
        MovingModel.replace(models.resolve(MovingModel.NAME));

        importFrom(samples.resolve("shapes-dit"), PoisonedModel.NAME);
        PoisonedModel.replace(models.resolve(PoisonedModel.NAME));

        importFrom(samples.resolve("shapes-dit"), MISSING_FILE);
        Files.delete(models.resolve(MISSING_FILE).resolve("vae_decoder/model.onnx"));

        importFrom(samples.resolve("shapes-dit"), WRONG_DIGEST);
        Path manifest = models.resolve(WRONG_DIGEST).resolve("model.json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replaceAll("\"sha256:[0-9a-f]{64}\"", "\"sha256:" + "0".repeat(64) + "\""));

        // With a label of its own, so that its digest is not the sample model's, which a worker has.
        Path renamed = scratch.resolve("renamed");
        copy(samples.resolve("shapes-dit"), renamed);
        Path labels = renamed.resolve("labels.json");
        Files.writeString(labels, Files.readString(labels).replace("white heart", "pale heart"));
        importFrom(renamed, TRUNCATED);
        try (RandomAccessFile weights = new RandomAccessFile(
                models.resolve(TRUNCATED)
                        .resolve("transformer/model.safetensors")
                        .toFile(),
                "rw")) {
            weights.setLength(weights.length() / 2);
        }
    }

    private void importFrom(Path checkpoint, String name) throws Exception {
        importFrom(checkpoint, name, ImportRequest.DEFAULT_POOL);
    }

    /** By copy: what is broken here must not break the checkpoint. */
    private void importFrom(Path checkpoint, String name, String pool) throws Exception {
        ModelImporter.run(ImportRequest.of(checkpoint, samples.resolve("shapes-vae"), models.resolve(name), name)
                .inPool(pool)
                .with(ImportOptions.USUAL.placing(WeightPlacement.COPY)));
    }

    /** Renames tensors in the header, so that every block has the weights of the next one. */
    private static void shuffleBlocks(Path safetensors) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = Math.toIntExact(file.getLong());
        ObjectNode header = (ObjectNode) MAPPER.readTree(file.array(), Long.BYTES, headerBytes);
        List<String> names =
                header.properties().stream().map(java.util.Map.Entry::getKey).toList();
        int blocks = 1
                + names.stream()
                        .map(BLOCK::matcher)
                        .filter(Matcher::find)
                        .mapToInt(block -> Integer.parseInt(block.group(1)))
                        .max()
                        .orElseThrow();
        ObjectNode shuffled = MAPPER.createObjectNode();
        for (String name : names) {
            Matcher block = BLOCK.matcher(name);
            String renamed = block.find()
                    ? block.replaceFirst("blocks." + (Integer.parseInt(block.group(1)) + 1) % blocks + ".")
                    : name;
            shuffled.set(renamed, header.get(name));
        }
        byte[] text = shuffled.toString().getBytes(StandardCharsets.UTF_8);
        int padding = (8 - text.length % 8) % 8;
        ByteBuffer written = ByteBuffer.allocate(
                        Long.BYTES + text.length + padding + file.capacity() - Long.BYTES - headerBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong((long) text.length + padding)
                .put(text)
                .put(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII))
                .put(file.array(), Long.BYTES + headerBytes, file.capacity() - Long.BYTES - headerBytes);
        Files.write(safetensors, written.array());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
