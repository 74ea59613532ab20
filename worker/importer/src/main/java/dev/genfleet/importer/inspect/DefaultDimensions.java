package dev.genfleet.importer.inspect;

import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.util.Map;

/** What the names of open dimensions stand for when one sample of the default size is made. */
final class DefaultDimensions {

    private DefaultDimensions() {}

    static Map<String, Long> of(ModelManifest manifest) {
        LatentShape latent = manifest.latentShape(manifest.sizes().getFirst());
        return Map.of("batch", 1L, "height", (long) latent.height(), "width", (long) latent.width());
    }
}
