package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.pixart.MicroConditions;
import dev.genfleet.importer.pixart.PixArtArchitecture;
import dev.genfleet.importer.text.RelativePositions;
import dev.genfleet.importer.text.T5Architecture;
import dev.genfleet.importer.text.T5Shape;
import dev.genfleet.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A small PixArt of random weights as diffusers saves pipelines, imported by the command line as users do it. */
final class CaptionPipeline {

    static final String NAME = "tiny-captions";

    private static final int WIDTH = 32;
    private static final List<String> WORDS =
            List.of("<pad>", "</s>", "<unk>", "a", "red", "green", "circle", "square", "on", "hill");

    private final Path folder;

    CaptionPipeline(Path folder) {
        this.folder = folder;
    }

    /** Writes the pipeline and runs {@code genfleet import} on it, for the stack of that folder. */
    void install(Path home) throws Exception {
        Path pipeline = folder.resolve("pipeline");
        write(pipeline);
        Program.Result imported = Program.start(home, folder, List.of("import", pipeline.toString(), "--name", NAME))
                .finished();
        assertThat(imported.exit()).as(imported.output()).isZero();
    }

    private static void write(Path pipeline) throws IOException {
        Files.createDirectories(pipeline);
        Files.writeString(pipeline.resolve("model_index.json"), """
                {"_class_name": "PixArtAlphaPipeline", "scheduler": ["diffusers", "DPMSolverMultistepScheduler"],
                 "text_encoder": ["transformers", "T5EncoderModel"], "tokenizer": ["transformers", "T5Tokenizer"],
                 "transformer": ["diffusers", "Transformer2DModel"], "vae": ["diffusers", "AutoencoderKL"]}""");
        component(
                pipeline.resolve("transformer"),
                "diffusion_pytorch_model",
                new PixArtArchitecture(
                        new AdaLnSingleShape(48, 1, 3, 2, 4, 8, 192, WIDTH, 8, 1),
                        MicroConditions.NONE,
                        PixArtArchitecture.ALPHA_TOKENS),
                "{\"_class_name\": \"Transformer2DModel\", \"num_attention_heads\": 3, \"sample_size\": 8}");
        component(
                pipeline.resolve("text_encoder"),
                "model",
                new T5Architecture(new T5Shape(
                        WORDS.size(),
                        WIDTH,
                        1,
                        4,
                        8,
                        64,
                        T5Shape.FeedForward.GATED_GELU,
                        1e-6f,
                        RelativePositions.usual())),
                "{\"model_type\": \"t5\", \"feed_forward_proj\": \"gated-gelu\"}");
        component(
                pipeline.resolve("vae"),
                "diffusion_pytorch_model",
                new DecoderArchitecture(new AutoencoderShape(
                        List.of(16, 32), 1, 8, 4, 0.18215, Set.of(AutoencoderShape.Part.values()))),
                "{\"block_out_channels\": [16, 32], \"layers_per_block\": 1, \"norm_num_groups\": 8}");
        Files.writeString(Files.createDirectory(pipeline.resolve("tokenizer")).resolve("tokenizer.json"), tokenizer());
        Files.writeString(
                Files.createDirectory(pipeline.resolve("scheduler")).resolve("scheduler_config.json"),
                "{\"beta_schedule\": \"linear\", \"beta_start\": 0.0001, \"beta_end\": 0.02}");
    }

    private static void component(Path component, String stem, Architecture architecture, String config)
            throws IOException {
        Files.createDirectory(component);
        Files.writeString(component.resolve("config.json"), config);
        List<StoredTensor> keys = Emission.keys(architecture);
        Map<String, Object> header = new LinkedHashMap<>();
        long end = 0;
        for (StoredTensor key : keys) {
            long begin = end;
            end += key.length();
            header.put(key.name(), Map.of("dtype", "F32", "shape", key.shape(), "data_offsets", List.of(begin, end)));
        }
        byte[] json = Json.write(header);
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(Long.BYTES + json.length + end))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        SplittableRandom random = new SplittableRandom(11);
        for (StoredTensor key : keys) {
            double deviation = key.shape().size() == 1
                    ? 0.5
                    : 0.7 / Math.sqrt((double) key.elements() / key.shape().getFirst());
            for (long i = 0; i < key.elements(); i++) {
                file.putFloat((float) (random.nextGaussian() * deviation));
            }
        }
        Files.write(component.resolve(stem + ".safetensors"), file.array());
    }

    /** Whole words; a caption ends with {@code </s>}. */
    private static String tokenizer() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        WORDS.forEach(word -> ids.put(word, ids.size()));
        return """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
                   "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}},
                 "decoder": null, "model": {"type": "WordLevel", "vocab": %s, "unk_token": "<unk>"}}
                """.formatted(new String(Json.write(ids), StandardCharsets.UTF_8));
    }
}
