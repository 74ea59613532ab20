package dev.genfleet.importer.dit;

import dev.genfleet.importer.onnx.Value;

/** The transformer blocks of a DiT together with its last normalisation: what depends on the conditioning. */
interface DitBlocks {

    /** Through all blocks and the normalisation after them; {@code [batch, tokens, width]}. */
    Value apply(Value tokens);
}
