package dev.genfleet.engine.shelf;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The models of one device at one moment.
 *
 * @param budget bytes that loaded models may take together; empty for no bound
 * @param used bytes that they take, by estimate
 * @param models every model that this device can run, the loaded ones and the others
 * @param loads how many loads there were
 * @param evictions how many models left for another
 */
public record ShelfStatus(Optional<Long> budget, long used, List<ModelStatus> models, long loads, long evictions) {

    public ShelfStatus {
        Objects.requireNonNull(budget, "budget");
        models = List.copyOf(models);
    }

    /** Bytes that another model may take without one leaving. */
    public long free() {
        return budget.map(bytes -> Math.max(0, bytes - used)).orElse(Long.MAX_VALUE);
    }

    /** The model of a digest. */
    public Optional<ModelStatus> of(String digest) {
        return models.stream().filter(model -> model.digest().equals(digest)).findFirst();
    }
}
