package dev.genfleet.worker;

import dev.genfleet.engine.EngineSettings;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.shelf.ModelMemory;
import dev.genfleet.worker.config.BatchingSettings;
import dev.genfleet.worker.config.DeviceSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Divides a machine among the devices that the configuration names. Engines on the processor share its cores, and half of its
 * memory for models, evenly; all engines share this process's working memory; a GPU keeps every model unless it is told a bound.
 */
final class DevicePlan {

    private static final int MODELS_SHARE = 2;

    private DevicePlan() {}

    /**
     * What is there to divide.
     *
     * @param processors cores
     * @param memory bytes
     */
    record Machine(int processors, long memory) {

        /** This one; of a container its limits. */
        static Machine here() {
            var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
            return new Machine(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize());
        }
    }

    /** Settings of an engine for each device, in their order. Devices that are named twice are numbered. */
    static List<EngineSettings> divide(DeviceSettings settings, BatchingSettings batching, Machine machine) {
        List<String> names = settings.devices();
        int onProcessor = Math.max(1, Collections.frequency(names, "cpu"));
        List<EngineSettings> engines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Device device = Device.parse(names.get(i));
            boolean twin = Collections.frequency(names, names.get(i)) > 1;
            Optional<Long> share = device instanceof Device.Cpu
                    ? Optional.of(Math.max(1, machine.memory() / MODELS_SHARE / onProcessor))
                    : Optional.empty();
            EngineSettings usual = EngineSettings.on(device);
            engines.add(usual.withName(twin ? names.get(i) + "-" + i : names.get(i))
                    .withMaxRows(batching.maxRows())
                    .withDecodeBatch(batching.decodeBatch()
                            .map(usual.decoding().batch()::of)
                            .orElse(usual.decoding().batch()))
                    .withRowChoice(batching.rows())
                    .withWorkingMemory(batching.workingMemory()
                            .orElse(Math.max(1, usual.stepping().workingMemory() / names.size())))
                    .withDenoiserThreads(settings.threads().orElse(Math.max(1, machine.processors() / onProcessor)))
                    .withMemory(new ModelMemory(settings.modelMemory().or(() -> share), settings.pinned())));
        }
        return engines;
    }
}
