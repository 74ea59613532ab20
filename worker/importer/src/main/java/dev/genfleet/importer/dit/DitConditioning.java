package dev.genfleet.importer.dit;

/**
 * How the blocks of a DiT learn of timestep and class (Peebles and Xie 2023, section 3.2 and Figure 3). With D the hidden size, T
 * the tokens and both embeddings of size D, a block costs this many parameters, biases aside, and multiply-accumulates:
 *
 * <table>
 * <caption>Blocks</caption>
 * <tr><td>{@link #ADALN_ZERO}</td><td>18 D²</td><td>12 T D² + 2 T² D + 6 D²</td></tr>
 * <tr><td>{@link #ADALN}</td><td>16 D²</td><td>12 T D² + 2 T² D + 4 D²</td></tr>
 * <tr><td>{@link #CROSS_ATTENTION}</td><td>16 D²</td><td>14 T D² + 2 T² D + 4 D² + 4 T D</td></tr>
 * <tr><td>{@link #IN_CONTEXT}</td><td>12 D²</td><td>12 (T + 2) D² + 2 (T + 2)² D</td></tr>
 * </table>
 *
 * <p>Only the first was ever published as code and weights. For the others the keys are those of the official release as far as
 * it has them:
 *
 * <ul>
 *   <li>{@link #ADALN}: the same keys; {@code blocks.i.adaLN_modulation.1} has 4 D rows, which are shift and scale of the
 *       attention, then of the MLP.
 *   <li>{@link #CROSS_ATTENTION}: no {@code adaLN_modulation}; layer norms with gain and bias, {@code blocks.i.norm1} before the
 *       attention, {@code blocks.i.norm_cross} before the cross-attention, {@code blocks.i.norm2} before the MLP and {@code
 *       final_layer.norm_final}; {@code blocks.i.cross_attn.q_linear} (D rows), {@code .kv_linear} (2 D rows, keys first) and
 *       {@code .proj}.
 *   <li>{@link #IN_CONTEXT}: no {@code adaLN_modulation}; {@code blocks.i.norm1}, {@code blocks.i.norm2} and {@code
 *       final_layer.norm_final} with gain and bias.
 * </ul>
 */
public enum DitConditioning {
    /** Adaptive layer norm with gates on both branches. */
    ADALN_ZERO("adaLN-Zero", 6),

    /** Adaptive layer norm without gates. */
    ADALN("adaLN", 4),

    /** The two embeddings are a sequence of length two that every block's tokens attend to after each other. */
    CROSS_ATTENTION("cross-attention", 0),

    /** The two embeddings are two more tokens, appended to those of the picture and dropped after the last block. */
    IN_CONTEXT("in-context", 0);

    private final String words;
    private final int modulations;

    DitConditioning(String words, int modulations) {
        this.words = words;
        this.modulations = modulations;
    }

    /** The paper's name. */
    String words() {
        return words;
    }

    /** Vectors that every block computes of the conditioning, 0 where blocks are not modulated. */
    int modulations() {
        return modulations;
    }

    boolean modulates() {
        return modulations > 0;
    }
}
