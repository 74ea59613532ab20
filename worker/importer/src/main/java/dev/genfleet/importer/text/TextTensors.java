package dev.genfleet.importer.text;

/** Names of inputs and outputs that text encoder graphs share, as transformers names them. */
public final class TextTensors {

    /** {@code [batch, tokens]}, int64. */
    public static final String INPUT_IDS = "input_ids";

    /** {@code [batch, tokens]}, int64: 1 for tokens to attend to, 0 for padding. */
    public static final String ATTENTION_MASK = "attention_mask";

    /** {@code [batch, tokens, width]}, float. */
    public static final String HIDDEN_STATES = "last_hidden_state";

    /** {@code [batch, width]}, float: one vector for the whole caption, projected where the checkpoint has a projection. */
    public static final String POOLED = "pooler_output";

    private TextTensors() {}
}
