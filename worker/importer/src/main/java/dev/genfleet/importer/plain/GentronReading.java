package dev.genfleet.importer.plain;

import static dev.genfleet.importer.family.DenoiserTensors.ATTENTION_MASKS;
import static dev.genfleet.importer.family.DenoiserTensors.HIDDEN_STATES;
import static dev.genfleet.importer.family.DenoiserTensors.LATENTS;
import static dev.genfleet.importer.family.DenoiserTensors.MOTION;
import static dev.genfleet.importer.family.DenoiserTensors.POOLED;
import static dev.genfleet.importer.family.DenoiserTensors.PREDICTION;
import static dev.genfleet.importer.family.DenoiserTensors.TIMESTEPS;

import dev.genfleet.importer.family.Conditioned.Text;
import dev.genfleet.importer.gentron.GentronArchitecture;
import dev.genfleet.importer.gentron.GentronShape;
import dev.genfleet.importer.gentron.GentronTemporal.Form;
import dev.genfleet.importer.gentron.GentronText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The forward pass of GenTron (Chen et al., CVPR 2024, sections 3.2 and 3.3; conventions where the paper is open: no norm before
 * attention to text, no gate after it, a plain layer norm and the waves of the frame's index before attention between frames). Tokens
 * are {@code [batch · frames, places, width]}, with modulations, captions and masks repeated for each frame.
 */
record GentronReading(GentronArchitecture architecture, PlainWeights weights) implements PlainReading {

    private static final double EPSILON = 1e-6;
    private static final double MASKED = -1e9;
    private static final int TOKENS = 9;
    private static final int FRAMES = 3;

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        RandomInputs inputs = new RandomInputs(seed).timesteps();
        GentronText text = architecture.text();
        for (int i = 0; i < text.encoders().size(); i++) {
            inputs.caption(i, TOKENS + i, text.encoders().get(i).width());
            if (text.blocks().isEmpty()) {
                inputs.inputs().remove(ATTENTION_MASKS.get(i));
            }
        }
        text.pooled().ifPresent(width -> inputs.normal(POOLED, RandomInputs.ROWS, width));
        form().filter(form -> form != Form.MOTIONLESS).ifPresent(form -> inputs.rows(MOTION, 1, 0));
        int channels = architecture.channels();
        return architecture
                .frames()
                .map(frames -> inputs.videos(channels, Math.min(FRAMES, frames.most()), architecture.sizes()))
                .orElseGet(() -> inputs.images(channels, architecture.sizes()))
                .inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        GentronShape shape = architecture.shape();
        PlainTensor latents = inputs.get(LATENTS);
        boolean video = form().isPresent();
        int frames = video ? latents.side(2) : 1;
        int height = latents.side(-2);
        int width = latents.side(-1);
        PlainTensor pictures =
                video ? latents.permuted(0, 2, 1, 3, 4).reshaped(-1, shape.channels(), height, width) : latents;
        PlainTensor conditioning = Tokens.repeated(conditioning(inputs), frames);

        PlainTensor positions =
                Waves.ofGrid(Waves.places(height / shape.patch()), Waves.places(width / shape.patch()), shape.width());
        PlainTensor x = Tokens.placed(Tokens.embedded(pictures, shape.patch(), weights, "x_embedder.proj"), positions);
        for (int i = 0; i < shape.depth(); i++) {
            x = block(x, conditioning, i, frames, inputs);
        }
        PlainTensor modulation = weights.linear(conditioning, "final_layer.adaLN_modulation.1");
        PlainTensor normal = Tokens.modulated(Norms.layer(x, EPSILON), modulation.chunk(0, 2), modulation.chunk(1, 2));
        PlainTensor patches = weights.linear(normal, "final_layer.linear");
        PlainTensor assembled = Tokens.assembled(patches, shape.patch(), height, width);
        return Map.of(
                PREDICTION,
                video
                        ? assembled
                                .reshaped(-1, frames, shape.outputChannels(), height, width)
                                .permuted(0, 2, 1, 3, 4)
                        : assembled);
    }

    /** SiLU of the sum of the embeddings, {@code [batch, width]}. */
    private PlainTensor conditioning(Map<String, PlainTensor> inputs) {
        PlainTensor time = Conditioning.numbers(inputs.get(TIMESTEPS), weights, "t_embedder.mlp.0", "t_embedder.mlp.2");
        PlainTensor sum = architecture.text().pooled().isEmpty()
                ? time
                : time.plus(Conditioning.mlp(
                        inputs.get(POOLED), weights, "pooled_embedder.mlp.0", "pooled_embedder.mlp.2"));
        return sum.map(Activations::silu);
    }

    private PlainTensor block(
            PlainTensor before, PlainTensor conditioning, int index, int frames, Map<String, PlainTensor> inputs) {
        String block = "blocks." + index;
        PlainTensor modulation = weights.linear(conditioning, block + ".adaLN_modulation.1");
        List<PlainTensor> parts =
                IntStream.range(0, 6).mapToObj(i -> modulation.chunk(i, 6)).toList();

        PlainTensor normal = Tokens.modulated(Norms.layer(before, EPSILON), parts.get(0), parts.get(1));
        PlainTensor attended = selfAttention(normal, block + ".attn", PlainAttention.Bias.NONE);
        PlainTensor x = before.plus(Tokens.gated(attended, parts.get(2)));
        if (!architecture.text().blocks().isEmpty()) {
            x = x.plus(attendToText(x, index, frames, inputs));
        }
        if (form().isPresent() && form().get() != Form.ZERO_INITIALISED) {
            x = x.plus(attendToFrames(x, block, frames, inputs));
        }
        PlainTensor again = Tokens.modulated(Norms.layer(x, EPSILON), parts.get(3), parts.get(4));
        PlainTensor hidden = weights.linear(again, block + ".mlp.fc1").map(Activations::geluTanh);
        return x.plus(Tokens.gated(weights.linear(hidden, block + ".mlp.fc2"), parts.get(5)));
    }

    private PlainTensor attendToText(PlainTensor x, int index, int frames, Map<String, PlainTensor> inputs) {
        GentronText text = architecture.text();
        List<Text> encoders = text.encoders();
        int which = encoders.getFirst().encoder() == text.blocks().get(index) ? 0 : 1;
        PlainTensor states = Tokens.repeated(inputs.get(HIDDEN_STATES.get(which)), frames);
        PlainTensor mask = Tokens.repeated(inputs.get(ATTENTION_MASKS.get(which)), frames);
        String key = "blocks." + index + ".cross_attn";
        PlainTensor mixed = PlainAttention.attend(
                weights.linear(x, key + ".q"),
                weights.linear(states, key + ".kv", 0, 2),
                weights.linear(states, key + ".kv", 1, 2),
                architecture.shape().heads(),
                PlainAttention.Bias.hiding(mask, MASKED));
        return weights.linear(mixed, key + ".proj");
    }

    /** Tokens attend to those of their own place; in rows without motion all other frames are masked. */
    private PlainTensor attendToFrames(PlainTensor x, String block, int frames, Map<String, PlainTensor> inputs) {
        int places = x.side(1);
        int width = x.side(2);
        PlainTensor turned = Norms.layer(x, EPSILON)
                .reshaped(-1, frames, places, width)
                .permuted(0, 2, 1, 3)
                .reshaped(-1, frames, width);
        PlainTensor numbered = Tokens.placed(turned, Waves.ofCoordinates(Waves.places(frames), width));
        double[] motion = form().orElseThrow() == Form.MOTIONLESS
                ? new double[x.side(0) / frames]
                : inputs.get(MOTION).values();
        PlainTensor mixed = selfAttention(
                numbered,
                block + ".temp_attn",
                (row, head, query, key) -> query == key ? 0 : (1 - motion[row / places]) * MASKED);
        return mixed.reshaped(-1, places, frames, width).permuted(0, 2, 1, 3).reshaped(-1, places, width);
    }

    private PlainTensor selfAttention(PlainTensor x, String key, PlainAttention.Bias bias) {
        PlainTensor mixed = PlainAttention.attend(
                weights.linear(x, key + ".qkv", 0, 3),
                weights.linear(x, key + ".qkv", 1, 3),
                weights.linear(x, key + ".qkv", 2, 3),
                architecture.shape().heads(),
                bias);
        return weights.linear(mixed, key + ".proj");
    }

    private Optional<Form> form() {
        return architecture.temporal().map(temporal -> temporal.form());
    }
}
