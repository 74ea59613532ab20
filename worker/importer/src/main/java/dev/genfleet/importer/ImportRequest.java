package dev.genfleet.importer;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

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

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern POOL = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    public ImportRequest {
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(autoencoder, "autoencoder");
        out = out.toAbsolutePath().normalize();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is '" + name + "', but must match " + NAME);
        }
        if (!POOL.matcher(pool).matches()) {
            throw new IllegalArgumentException("pool is '" + pool + "', but must match " + POOL);
        }
        Objects.requireNonNull(placement, "placement");
    }

    /** A request for the default pool that links the weights where possible. */
    public static ImportRequest of(Path checkpoint, Path autoencoder, Path out, String name) {
        return new ImportRequest(checkpoint, autoencoder, out, name, DEFAULT_POOL, WeightPlacement.LINK);
    }
}
