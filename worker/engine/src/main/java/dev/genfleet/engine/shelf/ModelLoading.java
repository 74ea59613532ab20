package dev.genfleet.engine.shelf;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;

/** Brings a package onto a device. */
@FunctionalInterface
public interface ModelLoading {

    /**
     * Loads a package; takes as long as it takes.
     *
     * @throws EngineException {@code model_unavailable} when the package is at fault, {@code device_unavailable} when the device is
     */
    LoadedModel load(ModelPackage model) throws EngineException;
}
