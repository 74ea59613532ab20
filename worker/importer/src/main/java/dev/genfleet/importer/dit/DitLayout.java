package dev.genfleet.importer.dit;

/** Whose keys a checkpoint has. */
public enum DitLayout {
    /** The official release's: {@code blocks.0.attn.qkv.weight}. */
    OFFICIAL,

    /** Diffusers' {@code DiTTransformer2DModel}, formerly {@code Transformer2DModel}: {@code transformer_blocks.0.attn1.to_q.weight}. */
    DIFFUSERS
}
