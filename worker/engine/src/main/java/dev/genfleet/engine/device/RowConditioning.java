package dev.genfleet.engine.device;

import java.util.List;

/**
 * What one row of a forward is conditioned on. A row that is given the same object as in the forward before need not be written
 * again.
 */
public sealed interface RowConditioning {

    /**
     * A class, or the class that means none.
     *
     * @param label row of the model's label table
     */
    record OfClass(long label) implements RowConditioning {}

    /**
     * A caption, or the text that stands for none.
     *
     * @param texts by text encoder, in the order of the denoiser's inputs
     */
    record OfCaption(List<TokenVectors> texts) implements RowConditioning {
        public OfCaption {
            texts = List.copyOf(texts);
        }

        /** Zeros in place of every vector, the masks kept. */
        public OfCaption zeros() {
            return new OfCaption(texts.stream().map(TokenVectors::zeros).toList());
        }
    }
}
