package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.engine.shelf.ModelStatus.State;
import dev.genfleet.engine.shelf.ShelfStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceChoiceTest {

    private static final long ROOM = 100;

    @ParameterizedTest
    @CsvSource({"LOADED, LOADING", "LOADING, ON_DEMAND", "ON_DEMAND, LEAVING", "LEAVING, FAILED"})
    void theNearerModelWinsHoweverManyRowsAreUnderWay(State nearer, State farther) {
        assertThat(DeviceChoice.choose("x", List.of(device(0, farther, ROOM), device(99, nearer, ROOM))))
                .hasValue(1);
        assertThat(DeviceChoice.choose("x", List.of(device(99, nearer, ROOM), device(0, farther, ROOM))))
                .hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"LOADED", "LOADING", "ON_DEMAND", "LEAVING", "FAILED"})
    void amongEqualsFewerRowsWinThenTheFirst(State state) {
        assertThat(DeviceChoice.choose("x", List.of(device(3, state, ROOM), device(2, state, ROOM))))
                .hasValue(1);
        assertThat(DeviceChoice.choose("x", List.of(device(2, state, ROOM), device(2, state, ROOM))))
                .hasValue(0);
    }

    @Test
    void roomToSpareComesBeforeRoomThatAnotherModelMustLeave() {
        assertThat(DeviceChoice.choose("x", List.of(device(0, State.ON_DEMAND, 9), device(50, State.ON_DEMAND, 10))))
                .hasValue(1);
    }

    @Test
    void aDeviceThatCannotRunTheModelIsNeverChosen() {
        DeviceStatus without = new DeviceStatus("cpu-1", 0, new ShelfStatus(Optional.of(5L), 0, List.of(), 0, 0));
        assertThat(DeviceChoice.choose("x", List.of(without, device(7, State.FAILED, 0))))
                .hasValue(1);
        assertThat(DeviceChoice.choose("x", List.of(without))).isEmpty();
    }

    private static DeviceStatus device(int rows, State state, long free) {
        ModelStatus model = new ModelStatus("model", "x", 10, false, state, Optional.empty());
        return new DeviceStatus("cpu", rows, new ShelfStatus(Optional.of(free), 0, List.of(model), 0, 0));
    }
}
