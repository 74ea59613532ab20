package dev.genfleet.importer.inspect;

import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import java.util.HashMap;
import java.util.Map;

/** What the names of open dimensions stand for when one sample of the default size is made. */
final class DefaultDimensions {

    private DefaultDimensions() {}

    static Map<String, Long> of(ModelManifest manifest) {
        LatentShape latent = manifest.latentShape(manifest.sizes().getFirst());
        Map<String, Long> dimensions = new HashMap<>();
        dimensions.put("batch", 1L);
        dimensions.put("height", (long) latent.height());
        dimensions.put("width", (long) latent.width());
        manifest.video().ifPresent(video -> dimensions.put("frames", (long) video.frames()));
        if (manifest.conditioning() instanceof ModelConditioning.Captions captions) {
            for (int i = 0; i < captions.textEncoders().size(); i++) {
                dimensions.put(i == 0 ? "tokens" : "tokens_" + (i + 1), (long)
                        captions.textEncoders().get(i).tokens());
            }
        }
        return dimensions;
    }
}
