package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.TokenIds;
import dev.genfleet.engine.text.Tokenizer;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.VideoShape;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample models of captions that the repository ships, against the numbers that their training programs stored beside them. */
class CaptionSampleTest {

    private static final Path SAMPLES = Path.of("../../deploy/samples");
    private static final String PICTURES = "shapes-gentron";
    private static final String VIDEOS = "shapes-gentron-video";

    /** Pads, starts and ends of a caption, and what stands for words that the model does not know. */
    private static final long PAD = 0;

    private static final long UNKNOWN = 1;
    private static final long START = 2;
    private static final long END = 44;

    /** The captions of the references, in the order of their rows. */
    private static final List<String> CAPTIONS = List.of(
            "a large yellow star on the left on a navy background",
            "a red circle above a blue cross on a gray background");

    /** Numbers are up to about 5; the rest is the order of additions. */
    private static final double ROUNDING = 1e-4;

    @TempDir
    private Path models;

    @ParameterizedTest
    @ValueSource(strings = {PICTURES, VIDEOS})
    void captionsBecomeTheTokensOfTraining(String name) throws Exception {
        Tensor expected = reference(name).tensor("input_ids");
        try (Tokenizer tokenizer = tokenizer(imported(name))) {
            for (int row = 0; row < CAPTIONS.size(); row++) {
                assertThat(numbers(tokenizer.encode(CAPTIONS.get(row)).ids()))
                        .isEqualTo(expected.rows(row, row + 1).values());
            }
        }
    }

    @Test
    void wordsThatNobodyKnowsAndCaptionsThatAreTooLongKeepTheirEnd() throws Exception {
        try (Tokenizer tokenizer = tokenizer(imported(PICTURES))) {
            TokenIds strange = tokenizer.encode("A PURPEL star");
            assertThat(strange.ids())
                    .startsWith(START, 3, UNKNOWN, 36, END, PAD)
                    .endsWith(PAD);
            assertThat(strange.mask()).startsWith(1, 1, 1, 1, 1, 0).endsWith(0);

            TokenIds tooLong = tokenizer.encode("star ".repeat(40));
            assertThat(tooLong.ids()).hasSize(16).startsWith(START, 36).endsWith(36, END);
            assertThat(tooLong.mask()).containsOnly(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PICTURES, VIDEOS})
    void readsCaptionsAsItsTrainerDid(String name) throws Exception {
        Golden reference = reference(name);
        try (OrtGraph encoder = new OrtGraph(imported(name).resolve("text_encoder/model.onnx"))) {
            Map<String, Tensor> read = encoder.runAll(Map.of("input_ids", reference.tensor("input_ids")));
            assertThat(read.get("last_hidden_state").distance(reference.tensor("hidden")))
                    .isLessThan(ROUNDING);
            assertThat(read.get("pooler_output").distance(reference.tensor("pooled")))
                    .isLessThan(ROUNDING);
        }
    }

    @Test
    void predictsPicturesAsItsTrainerDid() throws Exception {
        Golden reference = reference(PICTURES);

        assertThat(predicted(PICTURES, inputs(reference)).distance(reference.tensor("out")))
                .isLessThan(ROUNDING);
    }

    @Test
    void predictsVideosWithAndWithoutMotionAsItsTrainerDid() throws Exception {
        Golden reference = reference(VIDEOS);
        Map<String, Tensor> inputs = inputs(reference);
        inputs.put("motion", reference.tensor("motion"));

        assertThat(inputs.get("motion").values()).containsExactly(1, 0);
        assertThat(predicted(VIDEOS, inputs).distance(reference.tensor("out"))).isLessThan(ROUNDING);
    }

    /** What is left without motion is that the model knows the number of each frame. */
    @Test
    void framesOfEqualNoiseStayMuchAlikeWithoutMotion() throws Exception {
        Map<String, Tensor> inputs = inputs(reference(VIDEOS));
        inputs.computeIfPresent("latents", (name, clips) -> firstFrameAllTheTime(clips));
        inputs.replaceAll((name, rows) -> rows.rows(0, 1).followedBy(rows.rows(0, 1)));
        inputs.put("motion", new Tensor(new float[] {0, 1}, 2));

        Tensor predicted = predicted(VIDEOS, inputs);

        assertThat(apart(predicted.rows(0, 1))).isLessThan(apart(predicted.rows(1, 2)) / 4);
    }

    @Test
    void describeThemselves() throws Exception {
        ModelManifest pictures = manifest(imported(PICTURES));
        assertThat(pictures.video()).isEmpty();
        assertThat(pictures.sizes().getFirst()).hasToString("64x64");
        assertThat(pictures.denoiser().pooled()).isPresent();

        ModelManifest videos = manifest(imported(VIDEOS));
        assertThat(videos.video()).hasValueSatisfying(video -> assertThat(List.of(video.frames(), video.fps()))
                .containsExactly(8, 4));
        assertThat(videos.sizes().getFirst()).hasToString("64x64");
        assertThat(videos.denoiser().motion()).isPresent();
    }

    @Test
    void theRateOfTheClipsIsTheOneThatTheirConfigurationGives() throws Exception {
        Path faster = models.resolve("checkpoint");
        copy(SAMPLES.resolve(VIDEOS), faster);
        Path config = faster.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceAll("\"fps\": *4", "\"fps\": 6"));

        assertThat(manifest(imported(faster, "faster")).video())
                .map(VideoShape::fps)
                .hasValue(6);
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private Path imported(String name) throws Exception {
        return imported(SAMPLES.resolve(name), name);
    }

    private Path imported(Path checkpoint, String name) throws Exception {
        Path out = models.resolve(name);
        ModelImporter.run(ImportRequest.of(checkpoint, SAMPLES.resolve("shapes-vae"), out, name));
        return out;
    }

    private Tensor predicted(String name, Map<String, Tensor> inputs) throws Exception {
        try (OrtGraph denoiser = new OrtGraph(imported(name).resolve("transformer/model.onnx"))) {
            return denoiser.run(inputs);
        }
    }

    /** Root mean square of what separates frames of clips from the first frame. */
    private static double apart(Tensor clips) {
        float[] first = firstFrameAllTheTime(clips).values();
        double squares = 0;
        for (int i = 0; i < first.length; i++) {
            squares += Math.pow(clips.values()[i] - first[i], 2);
        }
        return Math.sqrt(squares / first.length);
    }

    /** Clips (rows, channels, frames, height, width) that stand still. */
    private static Tensor firstFrameAllTheTime(Tensor clips) {
        int frames = (int) clips.shape()[2];
        int cells = (int) (clips.shape()[3] * clips.shape()[4]);
        float[] still = clips.values().clone();
        for (int frame = 0; frame < still.length; frame += cells) {
            System.arraycopy(still, frame - frame % (frames * cells), still, frame, cells);
        }
        return new Tensor(still, clips.shape());
    }

    private static Map<String, Tensor> inputs(Golden reference) throws Exception {
        Tensor ids = reference.tensor("input_ids");
        float[] words = new float[ids.values().length];
        for (int i = 0; i < words.length; i++) {
            words[i] = ids.values()[i] == PAD ? 0 : 1;
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("latents", reference.tensor("x"));
        inputs.put("timesteps", reference.tensor("t"));
        inputs.put("encoder_hidden_states", reference.tensor("hidden"));
        inputs.put("encoder_attention_mask", new Tensor(words, ids.shape()));
        inputs.put("pooled_projections", reference.tensor("pooled"));
        return inputs;
    }

    private static Golden reference(String name) throws Exception {
        return new Golden(Safetensors.open(SAMPLES.resolve(name).resolve("reference.safetensors")));
    }

    private static ModelManifest manifest(Path model) throws Exception {
        return Json.read(Files.readAllBytes(model.resolve("model.json")), ModelManifest.class);
    }

    /** The engine's tokenizer, as the package describes it. */
    private static Tokenizer tokenizer(Path model) throws Exception {
        ModelConditioning.TextEncoder encoder = ((ModelConditioning.Captions)
                        manifest(model).conditioning())
                .textEncoders()
                .getFirst();
        assertThat(encoder.tokens()).isEqualTo(16);
        assertThat(encoder.padId()).isEqualTo((int) PAD);
        return Tokenizer.read(model.resolve(encoder.tokenizer()), encoder.tokens(), encoder.padId());
    }

    private static float[] numbers(long[] ids) {
        float[] numbers = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            numbers[i] = ids[i];
        }
        return numbers;
    }
}
