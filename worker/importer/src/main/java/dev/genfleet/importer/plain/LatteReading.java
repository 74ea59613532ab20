package dev.genfleet.importer.plain;

import static dev.genfleet.importer.family.DenoiserTensors.ATTENTION_MASKS;
import static dev.genfleet.importer.family.DenoiserTensors.HIDDEN_STATES;
import static dev.genfleet.importer.family.DenoiserTensors.LATENTS;
import static dev.genfleet.importer.family.DenoiserTensors.PREDICTION;
import static dev.genfleet.importer.family.DenoiserTensors.TIMESTEPS;

import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.latte.LatteArchitecture;
import dev.genfleet.importer.latte.TemporalAttention;
import java.util.Map;

/**
 * The forward pass of Latte (Ma et al. 2024, section 3.1, variant 1; layout of diffusers): spatial blocks on {@code [batch · frames,
 * places, width]}, temporal ones on {@code [batch · places, frames, width]}, with captions, masks and modulations repeated for each.
 */
record LatteReading(LatteArchitecture architecture, PlainWeights weights) implements PlainReading {

    private static final int TOKENS = 11;
    private static final int FRAMES = 3;

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        return new RandomInputs(seed)
                .videos(architecture.channels(), Math.min(FRAMES, architecture.videoLength()), architecture.sizes())
                .timesteps()
                .caption(0, TOKENS, architecture.shape().captionWidth())
                .inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        AdaLnSingleShape shape = architecture.shape();
        AdaLnSingle blocks = new AdaLnSingle(shape, weights);
        PlainTensor latents = inputs.get(LATENTS);
        int frames = latents.side(2);
        int height = latents.side(3);
        int width = latents.side(4);
        int places = height * width / (shape.patch() * shape.patch());
        PlainTensor embedded = blocks.embedded(inputs.get(TIMESTEPS), "timestep_embedder");
        PlainTensor modulation = blocks.modulation(embedded);
        PlainTensor ofFrames = Tokens.repeated(modulation, frames);
        PlainTensor ofPlaces = Tokens.repeated(modulation, places);
        PlainTensor caption = Tokens.repeated(blocks.caption(inputs.get(HIDDEN_STATES.getFirst())), frames);
        PlainTensor mask = Tokens.repeated(inputs.get(ATTENTION_MASKS.getFirst()), frames);

        PlainTensor x = blocks.tokens(latents.permuted(0, 2, 1, 3, 4).reshaped(-1, shape.channels(), height, width));
        for (int i = 0; i < shape.depth(); i++) {
            String spatial = "transformer_blocks." + i;
            x = blocks.attendToEachOther(x, spatial, ofFrames);
            x = blocks.attendToCaption(x, spatial, caption, mask);
            x = blocks.feedForward(x, spatial, ofFrames);
            if (architecture.temporal() == TemporalAttention.APPLIED) {
                PlainTensor turned = turned(x, frames, places);
                if (i == 0 && frames > 1) {
                    turned = Tokens.placed(turned, Waves.ofCoordinates(Waves.places(frames), shape.width()));
                }
                String temporal = "temporal_transformer_blocks." + i;
                turned = blocks.attendToEachOther(turned, temporal, ofPlaces);
                turned = blocks.feedForward(turned, temporal, ofPlaces);
                x = turned(turned, places, frames);
            }
        }
        PlainTensor patches = blocks.decoded(x, Tokens.repeated(embedded, frames));
        PlainTensor pictures = Tokens.assembled(patches, shape.patch(), height, width);
        return Map.of(
                PREDICTION,
                pictures.reshaped(-1, frames, shape.outputChannels(), height, width)
                        .permuted(0, 2, 1, 3, 4));
    }

    /** {@code [batch · outer, inner, width] → [batch · inner, outer, width]}. */
    private static PlainTensor turned(PlainTensor x, int outer, int inner) {
        int width = x.side(2);
        return x.reshaped(-1, outer, inner, width).permuted(0, 2, 1, 3).reshaped(-1, outer, width);
    }
}
