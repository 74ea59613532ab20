package dev.genfleet.importer.family;

import java.util.List;

/** Names of inputs and outputs that denoiser graphs of every family share; text inputs are named as diffusers names them. */
public final class DenoiserTensors {

    /** {@code [batch, channels, height, width]} or {@code [batch, channels, frames, height, width]}, float. */
    public static final String LATENTS = "latents";

    /** {@code [batch]}, float: training timesteps, may be fractional. */
    public static final String TIMESTEPS = "timesteps";

    /** {@code [batch]}, int64. */
    public static final String CLASS_LABELS = "class_labels";

    /** {@code [batch, tokens, width]} of the first and the second text encoder, float. */
    public static final List<String> HIDDEN_STATES = List.of("encoder_hidden_states", "encoder_hidden_states_2");

    /** {@code [batch, tokens]} of the first and the second text encoder, int64: 1 for tokens to attend to, 0 for padding. */
    public static final List<String> ATTENTION_MASKS = List.of("encoder_attention_mask", "encoder_attention_mask_2");

    /** {@code [batch, width]}, float: one vector for the whole caption. */
    public static final String POOLED = "pooled_projections";

    /** {@code [batch]}, float: 1 where frames attend to each other, 0 where each frame attends to itself only. */
    public static final String MOTION = "motion";

    /** {@code [batch, 2]}, float: height and width of the picture in pixels. */
    public static final String RESOLUTION = "resolution";

    /** {@code [batch, 1]}, float: height divided by width. */
    public static final String ASPECT_RATIO = "aspect_ratio";

    /** Shaped like the latents, or with twice the channels where the variance was learned: noise first. */
    public static final String PREDICTION = "prediction";

    private DenoiserTensors() {}
}
