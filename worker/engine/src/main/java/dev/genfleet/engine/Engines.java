package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackages;
import java.util.ArrayList;
import java.util.List;

/** The engines of one process, each with a device, models and threads of its own; {@link DeviceChoice} says who takes what. */
public final class Engines implements AutoCloseable {

    private final List<Engine> engines;

    private Engines(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    /**
     * Starts an engine on each device, one after the other.
     *
     * @param observer told every forward of every engine, on the engines' threads
     * @throws EngineException as {@link Engine#start}; then none runs
     */
    public static Engines start(List<EngineSettings> devices, ModelPackages packages, ForwardObserver observer)
            throws EngineException {
        List<Engine> started = new ArrayList<>();
        try {
            for (EngineSettings settings : devices) {
                started.add(Engine.start(settings, packages, observer));
            }
            return new Engines(started);
        } catch (EngineException | RuntimeException | Error e) {
            started.forEach(Engine::close);
            throw e;
        }
    }

    /**
     * Hands a generation to a device.
     *
     * @throws EngineException as {@link Engine#submit}; when no device can run the model, with the reason of the first
     */
    public Run submit(Generation generation, GenerationListener listener) throws EngineException {
        int device =
                DeviceChoice.choose(generation.spec().modelDigest(), status()).orElse(0);
        return engines.get(device).submit(generation, listener);
    }

    /** The devices at this moment, in their order. */
    public List<DeviceStatus> status() {
        return engines.stream()
                .map(engine -> new DeviceStatus(engine.name(), engine.rowsUnderWay(), engine.shelf()))
                .toList();
    }

    /** Closes every engine. Idempotent. */
    @Override
    public void close() {
        engines.forEach(Engine::close);
    }
}
