package dev.genfleet.importer.text;

import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.model.ModelConditioning;
import java.util.OptionalInt;

/** A network that turns token ids into vectors. Its graph's inputs and outputs carry the names of {@link TextTensors}. */
public interface TextEncoderArchitecture extends Architecture {

    /** Which kind it is. */
    Conditioned.Encoder kind();

    /** Width of each token's vector. */
    int width();

    /** Width of the pooled vector, empty where there is none. */
    OptionalInt pooledWidth();

    /** Rows of the embedding table: every token id of its tokenizer is below. */
    int vocabulary();

    /** Most tokens that a caption may have, empty where any number is possible. */
    OptionalInt longest();

    /**
     * Inputs and outputs for the manifest.
     *
     * @param file path of the graph, relative to the package
     * @param captions how captions become token ids
     */
    ModelConditioning.TextEncoder signature(String file, CaptionTokens captions);
}
