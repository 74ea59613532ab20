package dev.genfleet.importer;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What to import.
 *
 * @param sources where the parts of the model lie
 * @param out folder of the package, which must not exist yet; its name is free
 * @param name what jobs call the model
 * @param pool class of device that is to serve it
 * @param options how to import
 */
public record ImportRequest(ImportSources sources, Path out, String name, String pool, ImportOptions options) {

    public static final String DEFAULT_POOL = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern POOL = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    public ImportRequest {
        Objects.requireNonNull(sources, "sources");
        out = out.toAbsolutePath().normalize();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is '" + name + "', but must match " + NAME);
        }
        if (!POOL.matcher(pool).matches()) {
            throw new IllegalArgumentException("pool is '" + pool + "', but must match " + POOL);
        }
        Objects.requireNonNull(options, "options");
    }

    /** A denoiser without captions and its autoencoder, for the default pool, as usual. */
    public static ImportRequest of(Path checkpoint, Path autoencoder, Path out, String name) {
        return new ImportRequest(
                ImportSources.of(checkpoint, autoencoder), out, name, DEFAULT_POOL, ImportOptions.USUAL);
    }

    /** This request for another pool. */
    public ImportRequest inPool(String other) {
        return new ImportRequest(sources, out, name, other, options);
    }

    /** This request with other options. */
    public ImportRequest with(ImportOptions other) {
        return new ImportRequest(sources, out, name, pool, other);
    }
}
