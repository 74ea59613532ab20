package dev.genfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.EngineSettings;
import dev.genfleet.engine.RowChoice;
import dev.genfleet.worker.DevicePlan.Machine;
import dev.genfleet.worker.config.BatchingSettings;
import dev.genfleet.worker.config.DeviceSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DevicePlanTest {

    private static final Machine MACHINE = new Machine(9, 1000);

    @Test
    void one_processor_has_all_cores_and_half_of_the_memory_for_models() {
        EngineSettings engine = divide("cpu").getFirst();
        assertThat(engine.name()).isEqualTo("cpu");
        assertThat(engine.threads().denoiser()).isEqualTo(9);
        assertThat(engine.memory().budget()).hasValue(500L);
        assertThat(engine.stepping().maxRows()).isEqualTo(8);
    }

    @Test
    void engines_on_the_processor_share_it_and_are_numbered() {
        List<EngineSettings> engines = divide("cpu", "cuda:3", "cpu");
        assertThat(engines).extracting(EngineSettings::name).containsExactly("cpu-0", "cuda:3", "cpu-2");
        assertThat(engines)
                .extracting(engine -> engine.threads().denoiser())
                .as("a graphics card's engine needs no share")
                .containsExactly(4, 4, 4);
        assertThat(engines)
                .extracting(engine -> engine.memory().budget())
                .containsExactly(Optional.of(250L), Optional.empty(), Optional.of(250L));
    }

    @Test
    void what_is_told_holds_for_each_device() {
        DeviceSettings told =
                new DeviceSettings(List.of("cuda:0", "cpu"), Optional.of(2), Optional.of(77L), Set.of("a"));
        assertThat(DevicePlan.divide(told, rows(8), MACHINE)).allSatisfy(engine -> {
            assertThat(engine.threads().denoiser()).isEqualTo(2);
            assertThat(engine.memory().budget()).hasValue(77L);
            assertThat(engine.memory().pinned()).containsExactly("a");
        });
    }

    @Test
    void more_engines_than_cores_have_a_thread_each() {
        assertThat(DevicePlan.divide(settings("cpu", "cpu", "cpu"), rows(8), new Machine(2, 1000)))
                .extracting(engine -> engine.threads().denoiser())
                .containsOnly(1);
    }

    private static List<EngineSettings> divide(String... devices) {
        return DevicePlan.divide(settings(devices), rows(8), MACHINE);
    }

    private static DeviceSettings settings(String... devices) {
        return new DeviceSettings(List.of(devices), Optional.empty(), Optional.empty(), Set.of());
    }

    private static BatchingSettings rows(int maxRows) {
        return new BatchingSettings(maxRows, RowChoice.MEASURED, Optional.empty(), Optional.empty());
    }
}
