package dev.genfleet.importer.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

    /** Most tensors in one file; published models stay under 10,000. */
    static final int MAX_TENSORS = 100_000;

    private static final String METADATA = "__metadata__";

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Reads it token by token, so that memory depends on the tensors it lists and not on what else it says. */
    List<StoredTensor> parse(byte[] json) throws CheckpointException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            if (json[0] != '{' || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new CheckpointException("the header of " + file + " must be a JSON object that begins with '{'");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equals(METADATA)) {
                    parser.skipChildren();
                } else if (tensors.put(key, tensor(key, SafetensorsEntry.read(parser))) != null) {
                    throw wrong(key, "is listed twice");
                } else if (tensors.size() > MAX_TENSORS) {
                    throw new CheckpointException(
                            file + " lists more than " + MAX_TENSORS + " tensors, but no more are read");
                }
            }
            if (parser.nextToken() != null) {
                throw new CheckpointException("the header of " + file + " goes on after its JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    "the header of " + file + " is not JSON: " + Shown.text(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new CheckpointException(
                    "the header of " + file + " is not JSON: " + Shown.text(String.valueOf(e.getMessage())), e);
        }
        checkCoverage(tensors.values());
        return List.copyOf(tensors.values());
    }

    private StoredTensor tensor(String key, SafetensorsEntry entry) throws CheckpointException {
        if (entry.fault().isPresent()) {
            throw wrong(key, entry.fault().get());
        }
        DataType known = DataType.named(entry.type())
                .orElseThrow(() -> wrong(
                        key, "has dtype \"" + Shown.text(entry.type()) + "\", but known are " + DataType.known()));
        List<Long> offsets = entry.offsets();
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
        StoredTensor tensor = new StoredTensor(key, known, entry.shape(), file, dataStart + offsets.get(0));
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
                    "tensor " + Shown.text(tensor.name()) + " of " + file + " is " + form
                            + ", but no file is that large",
                    e);
        }
    }

    private void checkCoverage(Collection<StoredTensor> tensors) throws CheckpointException {
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

    private CheckpointException wrong(String key, String what) {
        return new CheckpointException("tensor " + Shown.text(key) + " of " + file + " " + what);
    }
}
