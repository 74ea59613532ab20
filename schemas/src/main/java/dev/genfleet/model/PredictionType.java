package dev.genfleet.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a denoiser predicts of latents {@code x = α·x₀ + σ·ε}. */
public enum PredictionType {
    /** The noise ε (Ho et al. 2020). */
    @JsonProperty("epsilon")
    EPSILON,
    /** The latents without noise, x₀. */
    @JsonProperty("sample")
    SAMPLE,
    /** The velocity {@code α·ε − σ·x₀} (Salimans and Ho 2022, section 4). */
    @JsonProperty("v_prediction")
    V_PREDICTION,
    /** The flow {@code ε − x₀}, along {@code x = (1 − σ)·x₀ + σ·ε} (Lipman et al. 2023; Liu et al. 2023). */
    @JsonProperty("flow_prediction")
    FLOW_PREDICTION;

    /** The lower-case wire form. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
