package dev.genfleet.importer.pipeline;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.text.ClipTextArchitecture;
import dev.genfleet.importer.text.ClipTextShape;
import dev.genfleet.importer.text.RelativePositions;
import dev.genfleet.importer.text.T5Architecture;
import dev.genfleet.importer.text.T5Shape;
import dev.genfleet.importer.text.TextEncoderArchitecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A small text encoder of random weights and the tokenizer that goes with it, in folders as transformers saves them.
 *
 * @param network to be saved
 * @param config its {@code config.json}
 * @param tokenizer folder of the tokenizer in the test resources
 * @param files of that folder
 */
record TinyText(TextEncoderArchitecture network, String config, String tokenizer, List<String> files) {

    /** Rows of the token table, as many as the tokenizer has ids and some more, as in the published T5. */
    static final int T5_VOCABULARY = 304;

    static TinyText t5(int width) {
        return t5(width, T5_VOCABULARY);
    }

    static TinyText t5(int width, int vocabulary) {
        T5Shape shape = new T5Shape(
                vocabulary,
                width,
                2,
                4,
                width / 4,
                2 * width,
                T5Shape.FeedForward.GATED_GELU,
                1e-6f,
                RelativePositions.usual());
        return new TinyText(
                new T5Architecture(shape),
                "{\"model_type\": \"t5\", \"feed_forward_proj\": \"gated-gelu\", \"num_heads\": 4}",
                "t5",
                List.of("spiece.model"));
    }

    static TinyText clip(int width) {
        return clip(width, OptionalInt.empty());
    }

    /** A {@code CLIPTextModelWithProjection} where {@code projection} is given. */
    static TinyText clip(int width, OptionalInt projection) {
        ClipTextShape shape = new ClipTextShape(
                1024,
                77,
                width,
                2,
                4,
                2 * width,
                ClipTextShape.Activation.QUICK_GELU,
                1e-5f,
                OptionalInt.empty(),
                projection,
                ClipTextShape.Hidden.LAST);
        return new TinyText(
                new ClipTextArchitecture(shape),
                "{\"model_type\": \"clip_text_model\", \"num_attention_heads\": 4, \"hidden_act\": \"quick_gelu\"}",
                "clip",
                List.of("vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json"));
    }

    /** The weights and their configuration; returns the folder. */
    Path saveEncoder(Path folder, SavedAs form) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config);
        form.save(folder, "model", weights());
        return folder;
    }

    /** T5 has its scale of attention in the weights of queries; without it one token would take all attention. */
    private Map<String, Tensor> weights() {
        Map<String, Tensor> weights = RandomWeights.of(network);
        if (network instanceof T5Architecture t5) {
            float scale = (float) (1 / Math.sqrt(t5.shape().headWidth()));
            weights.replaceAll((key, tensor) -> key.endsWith("SelfAttention.q.weight") ? tensor.times(scale) : tensor);
        }
        return weights;
    }

    /** The tokenizer; returns the folder. */
    Path saveTokenizer(Path folder) throws Exception {
        Files.createDirectories(folder);
        for (String file : files) {
            Files.copy(Golden.path("../tokenizers/" + tokenizer + "/" + file), folder.resolve(file));
        }
        return folder;
    }
}
