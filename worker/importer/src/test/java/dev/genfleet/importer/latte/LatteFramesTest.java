package dev.genfleet.importer.latte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.adalnsingle.BatchInvariance;
import dev.genfleet.importer.adalnsingle.RandomCheckpoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatteFramesTest {

    private static final int CAPTION_WIDTH = 40;

    @TempDir
    private Path folder;

    /** Jobs that share forwards get the video that they would get alone. */
    @ParameterizedTest
    @CsvSource({"192, 6, 4, 2", "192, 6, 4, 1", "192, 6, 1, 2", "1152, 16, 3, 2"})
    void everyBitOfARowIsKeptWhateverTheBatch(int width, int heads, int frames, int threads) throws Exception {
        Path model = emit(width, heads, TemporalAttention.APPLIED);
        BatchInvariance.assertHolds(
                model, threads, RandomCheckpoint.inputs(BatchInvariance.MOST_ROWS, CAPTION_WIDTH, frames, 8, 6));
    }

    /**
     * A single frame attends to itself alone: its temporal attention is the projection of its values. With the queries and keys
     * made different the picture stays; the position of frame 0, cosines of 0, would show in values.
     */
    @Test
    void aSingleFrameAttendsToItselfWithoutAPosition() throws Exception {
        Map<String, Tensor> inputs = RandomCheckpoint.inputs(2, CAPTION_WIDTH, 1, 8, 6);
        LatteArchitecture latte = latte(192, 6, TemporalAttention.APPLIED);
        Map<String, Tensor> weights = RandomCheckpoint.weights(latte);
        Tensor picture = run(RandomCheckpoint.emit(folder.resolve("whole"), latte, weights), inputs);
        Map<String, Tensor> scrambled = new HashMap<>(weights);
        scrambled.replaceAll(
                (key, tensor) -> key.matches("temporal_.*attn1\\.to_[qk]\\..*") ? tensor.times(-3) : tensor);
        assertThat(run(RandomCheckpoint.emit(folder.resolve("scrambled"), latte, scrambled), inputs)
                        .distance(picture))
                .isZero();

        Map<String, Tensor> idle = new HashMap<>(weights);
        idle.replaceAll(
                (key, tensor) -> key.matches("temporal_.*(to_out\\.0|ff\\.net\\.2)\\..*") ? tensor.times(0) : tensor);
        Tensor untouched = run(RandomCheckpoint.emit(folder.resolve("idle"), latte, idle), inputs);
        Tensor spatialOnly = run(emit(192, 6, TemporalAttention.SKIPPED), inputs);
        assertThat(untouched.distance(spatialOnly))
                .as("idle temporal blocks change nothing unless a position was added")
                .isLessThan(1e-6);
    }

    @Test
    void severalFramesHavePositions() throws Exception {
        float[] still = new float[2 * 4 * 3 * 8 * 6];
        Arrays.fill(still, 0.5f);
        Map<String, Tensor> inputs = new HashMap<>(RandomCheckpoint.inputs(2, CAPTION_WIDTH, 3, 8, 6));
        inputs.put("latents", new Tensor(still, 2, 4, 3, 8, 6));
        assertThat(frameDistance(run(emit(192, 6, TemporalAttention.APPLIED), inputs)))
                .as("equal frames are told apart by their positions")
                .isGreaterThan(1e-3);
    }

    @Test
    void framesDoNotSeeEachOtherWithoutTemporalBlocks() throws Exception {
        Map<String, Tensor> all = RandomCheckpoint.inputs(1, CAPTION_WIDTH, 3, 8, 6);
        Path model = emit(192, 6, TemporalAttention.SKIPPED);
        Tensor video = run(model, all);
        int frame = 8 * 6;
        float[] second = new float[4 * frame];
        float[] expected = new float[8 * frame];
        for (int channel = 0; channel < 8; channel++) {
            System.arraycopy(video.values(), (3 * channel + 1) * frame, expected, channel * frame, frame);
        }
        for (int channel = 0; channel < 4; channel++) {
            System.arraycopy(all.get("latents").values(), (3 * channel + 1) * frame, second, channel * frame, frame);
        }
        Map<String, Tensor> alone = new HashMap<>(all);
        alone.put("latents", new Tensor(second, 1, 4, 1, 8, 6));
        assertThat(run(model, alone).distance(new Tensor(expected, 1, 8, 1, 8, 6)))
                .isLessThan(1e-6);
    }

    /** Latte's own pipeline cuts text where this one masks it. */
    @Test
    void aMaskedCaptionIsACutCaption() throws Exception {
        Path model = emit(192, 6, TemporalAttention.APPLIED);
        Map<String, Tensor> masked = new HashMap<>(RandomCheckpoint.inputs(1, CAPTION_WIDTH, 3, 8, 6));
        masked.put("encoder_attention_mask", new Tensor(new float[] {1, 1, 1, 0, 0, 0, 0}, 1, 7));
        Map<String, Tensor> cut = new HashMap<>(masked);
        float[] words = masked.get("encoder_hidden_states").values();
        cut.put("encoder_hidden_states", new Tensor(Arrays.copyOf(words, 3 * CAPTION_WIDTH), 1, 3, CAPTION_WIDTH));
        cut.put("encoder_attention_mask", new Tensor(new float[] {1, 1, 1}, 1, 3));
        Tensor expected = run(model, cut);
        assertThat(run(model, masked).distance(expected)).isLessThan(1e-5);
        masked.put("encoder_attention_mask", new Tensor(new float[] {1, 1, 1, 1, 0, 0, 0}, 1, 7));
        assertThat(run(model, masked).distance(expected)).isGreaterThan(1e-3);
    }

    @Test
    void moreFramesThanTheModelHasPositionsForAreRefused() throws Exception {
        Path model = emit(192, 6, TemporalAttention.APPLIED);
        assertThatThrownBy(() -> run(model, RandomCheckpoint.inputs(1, CAPTION_WIDTH, 5, 8, 6)))
                .hasMessageContaining("temporal_transformer_blocks.0/Add");
    }

    private static double frameDistance(Tensor video) {
        double largest = 0;
        int frame = 8 * 6;
        for (int i = 0; i < frame; i++) {
            largest = Math.max(largest, Math.abs(video.values()[i] - video.values()[i + frame]));
        }
        return largest;
    }

    private static Tensor run(Path model, Map<String, Tensor> inputs) throws Exception {
        try (OrtGraph graph = new OrtGraph(model)) {
            return graph.run(inputs);
        }
    }

    private static LatteArchitecture latte(int width, int heads, TemporalAttention temporal) {
        return new LatteArchitecture(RandomCheckpoint.shape(width, heads, 8), 4, temporal);
    }

    private Path emit(int width, int heads, TemporalAttention temporal) throws Exception {
        LatteArchitecture whole = latte(width, heads, TemporalAttention.APPLIED);
        return RandomCheckpoint.emit(
                folder.resolve(temporal.name()), latte(width, heads, temporal), RandomCheckpoint.weights(whole));
    }
}
