package dev.genfleet.importer;

import dev.genfleet.importer.plain.GraphDifference;
import dev.genfleet.model.ModelManifest;
import java.nio.file.Path;
import java.util.List;

/**
 * What an import made.
 *
 * @param folder the package
 * @param manifest its {@code model.json}
 * @param configuration the denoiser's dimensions in words, such as {@code DiT-S/2 at latents of 32x32}
 * @param precision of denoiser and text encoders, such as {@code fp32}
 * @param parts the graphs, the denoiser's first
 * @param placement how the weights came into the package: {@code COPY} also where a link was wished for and not possible
 * @param warnings what was odd, a sentence each
 */
public record ImportSummary(
        Path folder,
        ModelManifest manifest,
        String configuration,
        String precision,
        List<Part> parts,
        WeightPlacement placement,
        List<String> warnings) {

    public ImportSummary {
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }

    /** The denoiser. */
    public Part denoiser() {
        return parts.getFirst();
    }

    /** Bytes of all weights that the graphs use. */
    public long weightBytes() {
        return parts.stream().mapToLong(Part::weightBytes).sum();
    }

    /**
     * One graph.
     *
     * @param folder in the package, such as {@code transformer}
     * @param what it is, in words
     * @param parameters numbers in the checkpoint's weights
     * @param weightBytes bytes of the weights that the graph uses
     * @param graphBytes size of the graph itself
     * @param differences of its outputs from those of a plain reading of the checkpoint, where that was asked for
     */
    public record Part(
            String folder,
            String what,
            long parameters,
            long weightBytes,
            long graphBytes,
            List<GraphDifference> differences) {
        public Part {
            differences = List.copyOf(differences);
        }
    }
}
