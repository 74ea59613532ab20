package dev.genfleet.importer;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What to import.
 *
 * @param checkpoint the denoiser: a {@code .safetensors} file, or a folder that holds one; {@code config.json},
 *     {@code labels.json}, {@code scheduler_config.json} and {@code generation_config.json} are read where they lie beside it
 * @param autoencoder the AutoencoderKL: likewise, with its {@code config.json}
 * @param out folder of the package, which must not exist yet; its name is free
 * @param name what jobs call the model
 * @param pool class of device that is to serve it
 * @param placement how the package comes by the weights
 */
public record ImportRequest(
        Path checkpoint, Path autoencoder, Path out, String name, String pool, WeightPlacement placement) {

    public static final String DEFAULT_POOL = "default";

    public ImportRequest {
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(autoencoder, "autoencoder");
        out = out.toAbsolutePath().normalize();
        if (name.isBlank() || pool.isBlank()) {
            throw new IllegalArgumentException(
                    "name is '" + name + "' and pool is '" + pool + "', but neither may be blank");
        }
        Objects.requireNonNull(placement, "placement");
    }

    /** A request for the default pool that links the weights where possible. */
    public static ImportRequest of(Path checkpoint, Path autoencoder, Path out, String name) {
        return new ImportRequest(checkpoint, autoencoder, out, name, DEFAULT_POOL, WeightPlacement.LINK);
    }
}
