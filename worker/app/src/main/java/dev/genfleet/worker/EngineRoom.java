package dev.genfleet.worker;

import dev.genfleet.engine.Engine;
import dev.genfleet.engine.EngineSettings;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.worker.Worker.Engineering;
import dev.genfleet.worker.config.WorkerSettings;
import dev.genfleet.worker.heartbeat.WorkerStatus.LoadedModel;
import dev.genfleet.worker.metrics.ForwardCounts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the models and starts the engine that the configuration asks for. */
final class EngineRoom {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRoom.class);

    private EngineRoom() {}

    static Engineering open(WorkerSettings settings) throws StartException {
        ForwardCounts forwards = new ForwardCounts();
        ModelPackages packages = load(settings);
        Engine engine = start(settings, packages, forwards);
        List<LoadedModel> models = packages.packages().stream()
                .map(model -> new LoadedModel(
                        model.manifest().name(), model.manifest().digest()))
                .filter(model -> engine.digests().contains(model.digest()))
                .toList();
        if (models.isEmpty()) {
            engine.close();
            throw new StartException(
                    ExitCode.MODELS,
                    "GENFLEET_MODELS_DIR is '" + settings.models() + "', but no model package there can be used.");
        }
        models.forEach(model -> LOG.atInfo()
                .addKeyValue("model", model.name())
                .addKeyValue("digest", model.digest())
                .addKeyValue("device", settings.device())
                .log("loaded"));
        return new Engineering(engine::submit, forwards, models, engine::close);
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

    private static Engine start(WorkerSettings settings, ModelPackages packages, ForwardCounts forwards)
            throws StartException {
        EngineSettings usual =
                EngineSettings.on(Device.parse(settings.device())).withMaxRows(settings.maxRows());
        EngineSettings threaded =
                settings.threads().map(usual::withDenoiserThreads).orElse(usual);
        EngineSettings chosen = settings.decodeBatch()
                .map(threaded.decodeBatch()::of)
                .map(threaded::withDecodeBatch)
                .orElse(threaded);
        try {
            return Engine.start(chosen, packages, forwards);
        } catch (EngineException e) {
            ExitCode code = e.code() == ErrorCode.DEVICE_UNAVAILABLE ? ExitCode.DEVICE : ExitCode.MODELS;
            throw new StartException(code, e.getMessage(), e);
        }
    }
}
