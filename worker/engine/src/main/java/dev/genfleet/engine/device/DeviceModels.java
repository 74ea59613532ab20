package dev.genfleet.engine.device;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.model.ModelConditioning;

/** A device that models can be loaded onto. */
public interface DeviceModels {

    /**
     * Loads the denoiser of a package.
     *
     * @throws EngineException when its graph cannot be read, does not have the inputs and outputs that the manifest names, or the
     *     device lacks memory
     */
    Denoiser denoiser(ModelPackage model) throws EngineException;

    /**
     * Loads the latent decoder of a package.
     *
     * @throws EngineException as {@link #denoiser}
     */
    LatentDecoder latentDecoder(ModelPackage model) throws EngineException;

    /**
     * Loads one of the text encoders of a package.
     *
     * @throws EngineException as {@link #denoiser}
     */
    TextEncoder textEncoder(ModelPackage model, ModelConditioning.TextEncoder encoder) throws EngineException;
}
