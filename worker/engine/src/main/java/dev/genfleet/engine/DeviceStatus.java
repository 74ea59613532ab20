package dev.genfleet.engine;

import dev.genfleet.engine.shelf.ShelfStatus;
import java.util.Objects;

/**
 * One device of a worker at one moment.
 *
 * @param name of its engine
 * @param rowsUnderWay rows of a forward that its generations take together, from submission to their end
 * @param shelf its models
 */
public record DeviceStatus(String name, int rowsUnderWay, ShelfStatus shelf) {

    public DeviceStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(shelf, "shelf");
    }
}
