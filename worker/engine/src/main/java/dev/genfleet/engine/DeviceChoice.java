package dev.genfleet.engine;

import dev.genfleet.engine.shelf.ModelStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which device takes a generation: one that has its model before one that is loading it, that before one with room for it, that
 * before one where another model would have to leave, that before one that it is leaving, and at last one where it failed to load a
 * moment ago. Among equals the one with the fewest rows under way, then the first.
 */
final class DeviceChoice {

    private DeviceChoice() {}

    /** Index of the device; empty when none can run the model. */
    static OptionalInt choose(String digest, List<DeviceStatus> devices) {
        return IntStream.range(0, devices.size())
                .filter(i -> devices.get(i).shelf().of(digest).isPresent())
                .boxed()
                .min(Comparator.comparing((Integer i) -> distance(digest, devices.get(i)))
                        .thenComparing(i -> devices.get(i).rowsUnderWay()))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static int distance(String digest, DeviceStatus device) {
        Optional<ModelStatus> model = device.shelf().of(digest);
        return switch (model.orElseThrow().state()) {
            case LOADED -> 0;
            case LOADING -> 1;
            case ON_DEMAND -> device.shelf().free() >= model.get().bytes() ? 2 : 3;
            case LEAVING -> 4;
            case FAILED -> 5;
        };
    }
}
