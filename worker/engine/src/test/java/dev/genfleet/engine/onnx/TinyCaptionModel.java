package dev.genfleet.engine.onnx;

import static dev.genfleet.engine.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A package that is conditioned on captions: words are tokens, one table is the text encoder, and a convolution shifted by the
 * masked sum of a caption's vectors, its pooled vector, the time and the picture's size is the denoiser.
 */
public final class TinyCaptionModel {

    private static final int TOKENS = 6;
    private static final int WIDTH = 8;
    private static final int CHANNELS = 4;
    private static final int SIDE = 8;
    private static final List<String> WORDS =
            List.of("[pad]", "[end]", "[unk]", "red", "green", "circle", "square", "on", "a", "blurry");

    /** A caption that the tokenizer knows and the text encoder cannot run. */
    public static final String BAD_CAPTION = "unspeakable";

    private TinyCaptionModel() {}

    /** Writes a package into {@code folder}, with that null text, and reads it back. */
    public static ModelPackage write(Path folder, ModelConditioning.NullText nullText)
            throws IOException, EngineException {
        return write(folder, nullText, OptionalInt.empty());
    }

    /** As {@link #write(Path, ModelConditioning.NullText)}, text encoder and decoder taking that many rows at once and no other number. */
    public static ModelPackage write(Path folder, ModelConditioning.NullText nullText, OptionalInt rows)
            throws IOException, EngineException {
        writeTextEncoder(folder.resolve("text_encoder/model.onnx"), rows);
        Files.createDirectories(folder.resolve("tokenizer"));
        Files.writeString(folder.resolve("tokenizer/tokenizer.json"), tokenizer());
        writeDenoiser(folder.resolve("transformer/model.onnx"));
        TinyModel.writeDecoder(folder.resolve("vae_decoder/model.onnx"), rows);
        Map<String, String> files = PackageDigest.hashFiles(folder);
        Files.write(
                folder.resolve(PackageDigest.MANIFEST_FILE),
                Json.write(manifest(nullText).sealed(files)));
        return ModelPackage.load(folder);
    }

    private static void writeTextEncoder(Path file, OptionalInt rows) throws IOException {
        GraphWriter graph = new GraphWriter(rows);
        String ids = graph.input("input_ids", DataType.INT64, TOKENS);
        String states = graph.node("Gather", graph.weights(1, WORDS.size(), WIDTH), ids);
        graph.output("last_hidden_state", states, TOKENS, WIDTH);
        AttributeProto[] tokens = {attribute("axes", new long[] {1}), attribute("keepdims", 0)};
        graph.output("pooler_output", graph.node("ReduceMax", tokens, states), WIDTH);
        graph.write(file);
    }

    private static void writeDenoiser(Path file) throws IOException {
        GraphWriter graph = new GraphWriter();
        String latents = graph.input("latents", DataType.FLOAT, CHANNELS, SIDE, SIDE);
        String timesteps = graph.input("timesteps", DataType.FLOAT);
        String states = graph.input("encoder_hidden_states", DataType.FLOAT, TOKENS, WIDTH);
        String mask = graph.input("encoder_attention_mask", DataType.INT64, TOKENS);
        String pooled = graph.input("pooled_projections", DataType.FLOAT, WIDTH);
        String resolution = graph.input("resolution", DataType.FLOAT, 2);
        AttributeProto[] toFloat = {attribute("to", DataType.FLOAT.getNumber())};
        String weights = graph.reshape(graph.node("Cast", toFloat, mask), -1, 1, TOKENS);
        String text = graph.reshape(graph.node("MatMul", weights, states), -1, WIDTH);
        String time = graph.node("Mul", graph.reshape(timesteps, -1, 1), graph.scalar(0.001));
        AttributeProto[] lastAxis = {attribute("axis", 1)};
        String all = graph.node("Concat", lastAxis, text, pooled, time, resolution);
        String shift = graph.linear(graph.node("Tanh", graph.linear(all, 2 * WIDTH + 3, 32)), 32, CHANNELS);
        AttributeProto[] padded = {attribute("pads", new long[] {1, 1, 1, 1})};
        String x = graph.node("Conv", padded, latents, graph.weights(0.2, CHANNELS, CHANNELS, 3, 3));
        x = graph.node("Add", x, graph.reshape(shift, -1, CHANNELS, 1, 1));
        graph.output("prediction", x, CHANNELS, SIDE, SIDE);
        graph.write(file);
    }

    private static String tokenizer() {
        StringBuilder vocabulary = new StringBuilder();
        for (int i = 0; i < WORDS.size(); i++) {
            vocabulary.append(i == 0 ? "" : ",").append("\"%s\":%d".formatted(WORDS.get(i), i));
        }
        vocabulary.append(",\"%s\":%d".formatted(BAD_CAPTION, WORDS.size()));
        return """
                {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":{"type":"Lowercase"},
                 "pre_tokenizer":{"type":"Whitespace"},
                 "post_processor":{"type":"TemplateProcessing",
                   "single":[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[end]","type_id":0}}],
                   "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":0}}],
                   "special_tokens":{"[end]":{"id":"[end]","ids":[1],"tokens":["[end]"]}}},
                 "decoder":null,"model":{"type":"WordLevel","vocab":{%s},"unk_token":"[unk]"}}
                """.formatted(vocabulary);
    }

    private static ModelManifest manifest(ModelConditioning.NullText nullText) {
        return new ModelManifest(
                1,
                "tiny-captions",
                "tiny",
                "default",
                "",
                Map.of(),
                new ModelManifest.Denoiser(
                        "transformer/model.onnx",
                        "latents",
                        "timesteps",
                        Optional.empty(),
                        List.of(new ModelManifest.TextInput(
                                "encoder_hidden_states", Optional.of("encoder_attention_mask"))),
                        Optional.of("pooled_projections"),
                        Optional.empty(),
                        Optional.of("resolution"),
                        Optional.empty(),
                        "prediction",
                        false),
                new NoiseSchedule(1000, 1e-4, 0.02),
                new ModelManifest.Latent(CHANNELS, 2, 0.5),
                new ModelManifest.LatentDecoder("vae_decoder/model.onnx", "latents", "pixels"),
                new ModelConditioning.Captions(
                        List.of(new ModelConditioning.TextEncoder(
                                "text_encoder/model.onnx",
                                "tokenizer/tokenizer.json",
                                TOKENS,
                                0,
                                WIDTH,
                                "input_ids",
                                Optional.empty(),
                                "last_hidden_state",
                                Optional.of("pooler_output"))),
                        nullText),
                List.of(new ImageSize(2 * SIDE, 2 * SIDE)),
                Optional.empty(),
                Optional.empty(),
                new ModelManifest.Defaults(
                        new SamplerSpec(SamplerSpec.Scheduler.DDIM, 6, 0), new GuidanceSpec(GuidanceSpec.Kind.CFG, 3)),
                new ModelManifest.Limits(100, 4, 10, List.of(SamplerSpec.Scheduler.DDIM)));
    }
}
