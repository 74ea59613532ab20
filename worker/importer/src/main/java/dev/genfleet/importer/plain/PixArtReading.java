package dev.genfleet.importer.plain;

import static dev.genfleet.importer.family.DenoiserTensors.ASPECT_RATIO;
import static dev.genfleet.importer.family.DenoiserTensors.ATTENTION_MASKS;
import static dev.genfleet.importer.family.DenoiserTensors.HIDDEN_STATES;
import static dev.genfleet.importer.family.DenoiserTensors.LATENTS;
import static dev.genfleet.importer.family.DenoiserTensors.PREDICTION;
import static dev.genfleet.importer.family.DenoiserTensors.RESOLUTION;
import static dev.genfleet.importer.family.DenoiserTensors.TIMESTEPS;

import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.pixart.MicroConditions;
import dev.genfleet.importer.pixart.PixArtArchitecture;
import java.util.Map;

/** The forward pass of PixArt (Chen et al. 2023, PixArt-α, section 2.3 and Figure 4; layout of diffusers). */
record PixArtReading(PixArtArchitecture architecture, PlainWeights weights) implements PlainReading {

    private static final int TOKENS = 11;

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        RandomInputs inputs = new RandomInputs(seed)
                .images(architecture.channels(), architecture.sizes())
                .timesteps()
                .caption(0, TOKENS, architecture.shape().captionWidth());
        if (architecture.conditions() == MicroConditions.RESOLUTION_AND_ASPECT_RATIO) {
            inputs.put(RESOLUTION, new PlainTensor(new double[] {768, 1344, 1024, 1024}, 2, 2))
                    .put(ASPECT_RATIO, new PlainTensor(new double[] {0.5625f, 1}, 2, 1));
        }
        return inputs.inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        AdaLnSingleShape shape = architecture.shape();
        AdaLnSingle blocks = new AdaLnSingle(shape, weights);
        PlainTensor latents = inputs.get(LATENTS);
        PlainTensor embedded = embedded(blocks, inputs);
        PlainTensor modulation = blocks.modulation(embedded);
        PlainTensor caption = blocks.caption(inputs.get(HIDDEN_STATES.getFirst()));
        PlainTensor mask = inputs.get(ATTENTION_MASKS.getFirst());

        PlainTensor x = blocks.tokens(latents);
        for (int i = 0; i < shape.depth(); i++) {
            String block = "transformer_blocks." + i;
            x = blocks.attendToEachOther(x, block, modulation);
            x = blocks.attendToCaption(x, block, caption, mask);
            x = blocks.feedForward(x, block, modulation);
        }
        PlainTensor patches = blocks.decoded(x, embedded);
        return Map.of(PREDICTION, Tokens.assembled(patches, shape.patch(), latents.side(2), latents.side(3)));
    }

    private PlainTensor embedded(AdaLnSingle blocks, Map<String, PlainTensor> inputs) {
        PlainTensor time = blocks.embedded(inputs.get(TIMESTEPS), "timestep_embedder");
        if (architecture.conditions() == MicroConditions.NONE) {
            return time;
        }
        PlainTensor sides = blocks.embedded(inputs.get(RESOLUTION), "resolution_embedder");
        PlainTensor ratio = blocks.embedded(inputs.get(ASPECT_RATIO), "aspect_ratio_embedder");
        return time.plus(sides.reshaped(time.side(0), -1).beside(ratio));
    }
}
