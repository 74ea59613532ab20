package dev.genfleet.worker.heartbeat;

import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.engine.shelf.ModelStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One device in a heartbeat.
 *
 * @param device {@code cpu}, {@code cuda:N}, or with a number where a worker uses one twice
 * @param modelMemoryBytes that loaded models may take; absent where there is no bound
 * @param modelBytes that they take, by estimate
 * @param rowsUnderWay rows of a forward that the jobs there take together
 * @param models every model that it can run
 */
public record DeviceView(
        String device, Optional<Long> modelMemoryBytes, long modelBytes, int rowsUnderWay, List<Model> models) {

    public DeviceView {
        models = List.copyOf(models);
    }

    static DeviceView of(DeviceStatus status) {
        return new DeviceView(
                status.name(),
                status.shelf().budget(),
                status.shelf().used(),
                status.rowsUnderWay(),
                status.shelf().models().stream().map(Model::of).toList());
    }

    /**
     * A model on a device, or one that it can load.
     *
     * @param name what jobs call it
     * @param digest of the package
     * @param state {@code loaded}, {@code loading}, {@code leaving}, {@code on_demand} or {@code failed}
     * @param bytes that it takes there, by estimate
     * @param pinned whether it stays
     * @param lastUsed when a job last took it or let it go
     */
    public record Model(
            String name, String digest, String state, long bytes, boolean pinned, Optional<Instant> lastUsed) {

        static Model of(ModelStatus status) {
            return new Model(
                    status.name(),
                    status.digest(),
                    status.state().name().toLowerCase(Locale.ROOT),
                    status.bytes(),
                    status.pinned(),
                    status.lastUsed());
        }

        /** Whether jobs get it at once, or will until it has left. */
        boolean loaded() {
            return state.equals("loaded") || state.equals("leaving");
        }
    }
}
