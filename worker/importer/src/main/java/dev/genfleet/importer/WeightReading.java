package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.NonFinite;
import dev.genfleet.importer.checkpoint.NonFiniteScan;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.model.PackageDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The two passes over all bytes of the weights: hashing for the digest, and the search for numbers that are none. They run beside
 * each other; hashing takes longer and is what the listener hears of.
 */
final class WeightReading {

    private static final int MOST_NAMED = 5;

    private final ImportListener listener;
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    WeightReading(ImportListener listener) {
        this.listener = listener;
    }

    /** Remembers a checkpoint to search. */
    void add(Checkpoint checkpoint) {
        checkpoints.add(checkpoint);
    }

    /** Something is odd, but no reason to stop. */
    void warn(String sentence) {
        warnings.add(sentence);
        listener.warned(sentence);
    }

    /** All warnings so far. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Hashes a package's files and warns of weights that are no numbers. */
    SortedMap<String, String> hashAndScan(Path folder) throws IOException {
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<List<String>> scan = beside.submit(this::scan);
            SortedMap<String, String> hashes = PackageDigest.hashFiles(
                    folder, (done, total) -> listener.progressed("reading weights", done, total));
            scan.get().forEach(this::warn);
            return hashes;
        } catch (ExecutionException e) {
            throw new IOException("the weights cannot be read: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the weights were read", e);
        }
    }

    private List<String> scan() throws IOException {
        List<String> found = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            List<StoredTensor> tensors = List.copyOf(checkpoint.tensors());
            List<NonFinite> odd = new NonFiniteScan(bytes -> {}).of(tensors);
            if (!odd.isEmpty()) {
                found.add(sentence(checkpoint, odd));
            }
        }
        return found;
    }

    private static String sentence(Checkpoint checkpoint, List<NonFinite> odd) {
        List<String> named = odd.stream()
                .limit(MOST_NAMED)
                .map(each -> each.tensor() + " (" + each.nans() + " NaN, " + each.infinities() + " infinite)")
                .toList();
        return checkpoint.file() + " holds weights that are no finite numbers: " + String.join(", ", named)
                + (odd.size() > MOST_NAMED ? " and " + (odd.size() - MOST_NAMED) + " more tensors" : "")
                + "; its pictures are likely to fail";
    }
}
