package dev.genfleet.importer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The JSON header: {@code {"key": {"dtype", "shape", "data_offsets": [begin, end]}, …, "__metadata__": {…}}}, offsets counted
 * from {@code dataStart}.
 *
 * @param file for messages and for the tensors' place
 * @param dataStart first byte after the header
 * @param fileSize bytes of the file
 */
record SafetensorsHeader(Path file, long dataStart, long fileSize) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    List<StoredTensor> parse(byte[] json) throws CheckpointException {
        JsonNode root = tree(json);
        List<StoredTensor> tensors = new ArrayList<>(root.size());
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.add(tensor(entry.getKey(), entry.getValue()));
            }
        }
        checkCoverage(tensors);
        return tensors;
    }

    private JsonNode tree(byte[] json) throws CheckpointException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (json[0] != '{' || !root.isObject()) {
                throw new CheckpointException("the header of " + file + " must be a JSON object that begins with '{'");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new CheckpointException("the header of " + file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CheckpointException("the header of " + file + " is not JSON: " + e.getMessage(), e);
        }
    }

    private StoredTensor tensor(String key, JsonNode described) throws CheckpointException {
        JsonNode type = described.path("dtype");
        if (!type.isTextual()) {
            throw wrong(key, "needs a text dtype, but has " + shown(type));
        }
        DataType known = DataType.named(type.textValue())
                .orElseThrow(() -> wrong(key, "has dtype " + shown(type) + ", but known are " + DataType.known()));
        List<Long> shape = naturals(key, "shape", described.path("shape"));
        List<Long> offsets = naturals(key, "data_offsets", described.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw wrong(key, "has data_offsets " + offsets + ", but they must be a begin and a later end");
        }
        long available = fileSize - dataStart;
        if (offsets.get(1) > available) {
            throw wrong(
                    key,
                    "ends at byte " + offsets.get(1) + " of the data, but the file holds " + available
                            + ": it is truncated");
        }
        StoredTensor tensor = new StoredTensor(key, known, shape, file, dataStart + offsets.get(0));
        checkLength(tensor, offsets.get(1) - offsets.get(0));
        return tensor;
    }

    private void checkLength(StoredTensor tensor, long found) throws CheckpointException {
        String form = tensor.type() + " of shape " + tensor.shape();
        try {
            if (tensor.length() != found) {
                throw wrong(tensor.name(), "is " + form + " and needs " + tensor.length() + " bytes, but has " + found);
            }
        } catch (ArithmeticException e) {
            throw new CheckpointException(
                    "tensor " + tensor.name() + " of " + file + " is " + form + ", but no file is that large", e);
        }
    }

    private void checkCoverage(List<StoredTensor> tensors) throws CheckpointException {
        List<StoredTensor> inOrder = new ArrayList<>(tensors);
        inOrder.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::length));
        long end = dataStart;
        for (StoredTensor tensor : inOrder) {
            if (tensor.offset() != end) {
                throw wrong(
                        tensor.name(),
                        (tensor.offset() < end ? "overlaps the tensor before it" : "leaves a hole before it")
                                + ": it begins at byte " + (tensor.offset() - dataStart) + " of the data, but must at "
                                + (end - dataStart));
            }
            end += tensor.length();
        }
        if (end != fileSize) {
            throw new CheckpointException(
                    file + " has " + (fileSize - end) + " bytes after its last tensor, but none" + " may follow");
        }
    }

    private List<Long> naturals(String key, String field, JsonNode array) throws CheckpointException {
        if (!array.isArray()) {
            throw wrong(key, "needs an array " + field + ", but has " + shown(array));
        }
        List<Long> numbers = new ArrayList<>(array.size());
        for (JsonNode number : array) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw wrong(key, "has " + shown(number) + " in " + field + ", but needs whole numbers from 0");
            }
            numbers.add(number.longValue());
        }
        return numbers;
    }

    private CheckpointException wrong(String key, String what) {
        return new CheckpointException("tensor " + key + " of " + file + " " + what);
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "none" : node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
