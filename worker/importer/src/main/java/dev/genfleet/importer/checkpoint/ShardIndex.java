package dev.genfleet.importer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A checkpoint in several files: {@code {"weight_map": {"key": "shard's name", …}}}, the shards beside it. Their keys must be
 * those of the index, each where it says.
 *
 * @param file the index
 * @param shards the shard's name by key
 */
record ShardIndex(Path file, Map<String, String> shards) {

    /** Longest index that is read: some 50,000 tensors. */
    static final int MAX_BYTES = 4 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static ShardIndex read(Path file, FileChannel channel) throws CheckpointException, IOException {
        if (channel.size() > MAX_BYTES) {
            throw new CheckpointException(
                    file + " is JSON of " + channel.size() + " bytes, but an index has at most " + MAX_BYTES);
        }
        JsonNode map = tree(
                        file, FileBytes.read(channel, 0, (int) channel.size()).array())
                .path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new CheckpointException(
                    file + " is JSON, but no index of shards: it needs an object weight_map from keys to file names");
        }
        Map<String, String> shards = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (!isFileName(entry.getValue())) {
                throw new CheckpointException("tensor " + Shown.text(entry.getKey()) + " of " + file + " lies in "
                        + Shown.text(entry.getValue().toString()) + ", but a shard must be a file beside the index");
            }
            shards.put(entry.getKey(), entry.getValue().textValue());
        }
        return new ShardIndex(file, shards);
    }

    List<StoredTensor> tensors() throws CheckpointException, IOException {
        Map<String, List<StoredTensor>> found = new LinkedHashMap<>();
        List<String> missingShards = new ArrayList<>();
        for (String shard : new TreeSet<>(shards.values())) {
            Path place = file.resolveSibling(shard);
            if (!Files.isRegularFile(place)) {
                missingShards.add(Shown.text(shard));
                continue;
            }
            for (StoredTensor tensor : CheckpointReader.readShard(place)) {
                found.computeIfAbsent(tensor.name(), _ -> new ArrayList<>(1)).add(tensor);
            }
        }
        ShardFaults faults = new ShardFaults(file, missingShards);
        found.forEach((key, tensors) -> faults.check(key, tensors, Optional.ofNullable(shards.get(key))));
        shards.forEach((key, shard) -> {
            if (!found.containsKey(key)) {
                faults.missing(key, shard);
            }
        });
        faults.verify();
        return found.values().stream().map(List::getFirst).toList();
    }

    private static JsonNode tree(Path file, byte[] json) throws CheckpointException {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file + " is not JSON: " + Shown.text(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new CheckpointException(file + " is not JSON: " + Shown.text(String.valueOf(e.getMessage())), e);
        }
    }

    private static boolean isFileName(JsonNode name) {
        return name.isTextual()
                && !name.textValue().isEmpty()
                && !name.textValue().equals(".")
                && !name.textValue().equals("..")
                && name.textValue()
                        .chars()
                        .noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    }
}
