package dev.genfleet.worker;

import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.engine.EngineSettings;
import dev.genfleet.engine.Engines;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.worker.DevicePlan.Machine;
import dev.genfleet.worker.Worker.Engineering;
import dev.genfleet.worker.config.WorkerSettings;
import dev.genfleet.worker.metrics.ForwardCounts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the model packages and starts the engines that the configuration asks for. */
final class EngineRoom {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRoom.class);

    private EngineRoom() {}

    static Engineering open(WorkerSettings settings) throws StartException {
        ForwardCounts forwards = new ForwardCounts();
        ModelPackages packages = load(settings);
        requirePinned(settings, packages);
        Engines engines = start(settings, packages, forwards);
        List<DeviceStatus> devices = engines.status();
        if (devices.stream().allMatch(device -> device.shelf().models().isEmpty())) {
            engines.close();
            throw new StartException(
                    ExitCode.MODELS,
                    "GENFLEET_MODELS_DIR is '" + settings.models() + "', but no model package there can be used.");
        }
        devices.forEach(EngineRoom::log);
        return new Engineering(engines::submit, forwards, engines::status, engines::close);
    }

    private static void log(DeviceStatus device) {
        LOG.atInfo()
                .addKeyValue("device", device.name())
                .addKeyValue("models", names(device.shelf().models()))
                .addKeyValue("bytes", device.shelf().used())
                .addKeyValue(
                        "budget", device.shelf().budget().map(Object::toString).orElse("none"))
                .log("device ready");
    }

    private static List<String> names(List<ModelStatus> models) {
        return models.stream()
                .map(model -> model.name() + (model.state() == ModelStatus.State.LOADED ? "" : " (on demand)"))
                .toList();
    }

    private static void requirePinned(WorkerSettings settings, ModelPackages packages) throws StartException {
        List<String> names = packages.packages().stream()
                .map(model -> model.manifest().name())
                .sorted()
                .toList();
        for (String pinned : settings.devices().pinned()) {
            if (!names.contains(pinned)) {
                throw new StartException(
                        ExitCode.MODELS,
                        "GENFLEET_PINNED_MODELS names '" + pinned + "', but the usable model packages are "
                                + String.join(", ", names) + ".");
            }
        }
    }

    private static ModelPackages load(WorkerSettings settings) throws StartException {
        try {
            ModelPackages packages = ModelPackages.load(settings.models());
            packages.rejected().forEach(fault -> LOG.error("model package left out: {}", fault.getMessage()));
            return packages;
        } catch (EngineException e) {
            throw new StartException(ExitCode.MODELS, e.getMessage(), e);
        }
    }

    private static Engines start(WorkerSettings settings, ModelPackages packages, ForwardCounts forwards)
            throws StartException {
        try {
            List<EngineSettings> engines =
                    DevicePlan.divide(settings.devices(), settings.batching(), Machine.here()).stream()
                            .map(engine -> engine.withCheckpointEvery(
                                    settings.checkpoints().every()))
                            .toList();
            return Engines.start(engines, packages, forwards);
        } catch (EngineException e) {
            ExitCode code = e.code() == ErrorCode.DEVICE_UNAVAILABLE ? ExitCode.DEVICE : ExitCode.MODELS;
            throw new StartException(code, e.getMessage(), e);
        }
    }
}
