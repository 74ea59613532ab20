package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.family.Conditioned.Text;
import java.util.List;
import java.util.OptionalInt;

/** What a DiffuSSM is conditioned on besides the timestep. */
public sealed interface Conditions {

    /**
     * Classes, added to the timestep's embedding as in DiT.
     *
     * @param labels rows of the label table
     * @param classes labels that mean something: all rows, or all but the last, which then means "no class"
     */
    record Classes(int labels, int classes) implements Conditions {
        public Classes {
            if (classes < 1 || (classes != labels && classes != labels - 1)) {
                throw new IllegalArgumentException(labels + " label rows cannot hold " + classes + " classes");
            }
        }

        /** The row that stands for "no class", where the model was trained with label dropout. */
        OptionalInt nullClass() {
            return classes < labels ? OptionalInt.of(classes) : OptionalInt.empty();
        }
    }

    /**
     * Captions as in GenTron (Chen et al. 2024): a pooled vector is added to the timestep's embedding, and blocks
     * attend to the tokens, those of the first text in even blocks and those of the last in odd ones.
     *
     * @param heads of the cross-attention
     * @param pooledWidth of the pooled vector
     * @param texts one or two text encoders
     */
    record Captions(int heads, int pooledWidth, List<Text> texts) implements Conditions {
        public Captions {
            texts = List.copyOf(texts);
            if (heads < 1 || pooledWidth < 1 || texts.isEmpty() || texts.size() > 2) {
                throw new IllegalArgumentException("captions of " + texts.size() + " texts, " + heads
                        + " heads and a pooled vector of " + pooledWidth + " make no sense");
            }
        }

        /** Place among the texts of the one that a block attends to. */
        int textOf(int block) {
            return block % texts.size();
        }
    }
}
