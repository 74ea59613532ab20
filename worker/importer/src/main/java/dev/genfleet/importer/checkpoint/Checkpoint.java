package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tensors of one checkpoint, in one or several files, by key and in key order. */
public final class Checkpoint {

    private final Path file;
    private final TreeMap<String, StoredTensor> tensors = new TreeMap<>();

    Checkpoint(Path file, Collection<StoredTensor> tensors) {
        this.file = Objects.requireNonNull(file, "file");
        tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
    }

    /**
     * Opens a checkpoint of any published form, told by its content: {@code .safetensors}; PyTorch's {@code .pt}, {@code .pth},
     * {@code .bin} and {@code .ckpt} as a zip archive or in the legacy form before PyTorch 1.6; or the {@code .index.json} of
     * one in several such files. Of a training checkpoint the averaged weights are taken where it has some ({@code ema} before
     * {@code state_dict} before {@code model}). Prefixes that wrappers put before all keys ({@code module.},
     * {@code _orig_mod.}) are removed. Only descriptions are read, nothing in the file is executed, and memory is bounded
     * whatever the file says.
     *
     * @throws CheckpointException when the file is of no such form, not whole or not sound; one sentence says what is wrong
     * @throws IOException when a file cannot be read
     */
    public static Checkpoint open(Path file) throws CheckpointException, IOException {
        return new Checkpoint(file, KeyPrefixes.stripped(CheckpointReader.read(file)));
    }

    /**
     * A checkpoint known by its list of keys only, to see whether a model takes it. It holds no bytes: the tensors are said to
     * be 32-bit floats, one after the other in a file of that name, which nobody should read.
     *
     * @param name stands in for the file in messages
     * @param shapes dimensions by key
     */
    public static Checkpoint listed(Path name, Map<String, List<Long>> shapes) {
        List<StoredTensor> tensors = new ArrayList<>(shapes.size());
        long offset = 0;
        for (Map.Entry<String, List<Long>> entry : shapes.entrySet()) {
            StoredTensor tensor = new StoredTensor(entry.getKey(), DataType.F32, entry.getValue(), name, offset);
            tensors.add(tensor);
            offset += tensor.length();
        }
        return new Checkpoint(name, tensors);
    }

    /** What was opened: the one file, or the index of several. */
    public Path file() {
        return file;
    }

    /** The files that hold the tensors' bytes, each once, in the order in which {@link #tensors} first needs them. */
    public List<Path> files() {
        return tensors.values().stream().map(StoredTensor::file).distinct().toList();
    }

    /** The tensor of that key. */
    public Optional<StoredTensor> find(String key) {
        return Optional.ofNullable(tensors.get(key));
    }

    /** All tensors, in key order. */
    public Collection<StoredTensor> tensors() {
        return Collections.unmodifiableCollection(tensors.values());
    }

    /**
     * How many blocks are numbered in keys: one more than the largest number, 0 where none is.
     *
     * @param block matches keys of blocks whole, their number its first group, of at most nine digits
     */
    public int depth(Pattern block) {
        return tensors.keySet().stream()
                        .map(block::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(key -> Integer.parseInt(key.group(1)))
                        .max()
                        .orElse(-1)
                + 1;
    }
}
