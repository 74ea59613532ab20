package dev.genfleet.importer.pixart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.adalnsingle.RandomCheckpoint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Height, width and aspect ratio add a vector to the timestep's embedding. The vector is computed here in 64-bit arithmetic; a
 * model without micro-conditions whose timestep embedding has that vector in its bias must predict the same.
 */
class MicroConditionsTest {

    private static final AdaLnSingleShape SHAPE = RandomCheckpoint.shape(96, 3, 8);
    private static final int THIRD = 32;

    @TempDir
    private Path folder;

    @Test
    void addTheirEmbeddingsToTheTimesteps() throws Exception {
        PixArtArchitecture with = new PixArtArchitecture(SHAPE, MicroConditions.RESOLUTION_AND_ASPECT_RATIO, 7);
        Map<String, Tensor> weights = RandomCheckpoint.weights(with);
        Map<String, Tensor> inputs = RandomCheckpoint.inputs(1, SHAPE.captionWidth(), 8, 12);
        Map<String, Tensor> conditioned = new HashMap<>(inputs);
        conditioned.put("resolution", new Tensor(new float[] {832, 1216}, 1, 2));
        conditioned.put("aspect_ratio", new Tensor(new float[] {0.6842f}, 1, 1));
        Tensor predicted = run(RandomCheckpoint.emit(folder.resolve("with"), with, weights), conditioned);

        Map<String, Tensor> plain = new HashMap<>(weights);
        plain.keySet().removeIf(key -> key.contains("resolution_") || key.contains("aspect_ratio_"));
        String bias = "adaln_single.emb.timestep_embedder.linear_2.bias";
        float[] sum = plain.get(bias).values().clone();
        add(sum, 0, embedded(weights, "resolution_embedder", 832));
        add(sum, THIRD, embedded(weights, "resolution_embedder", 1216));
        add(sum, 2 * THIRD, embedded(weights, "aspect_ratio_embedder", 0.6842f));
        plain.put(bias, new Tensor(sum, sum.length));
        PixArtArchitecture without = new PixArtArchitecture(SHAPE, MicroConditions.NONE, 7);
        Tensor expected = run(RandomCheckpoint.emit(folder.resolve("without"), without, plain), inputs);

        assertThat(predicted.distance(expected))
                .as("angles up to 1216 have a 32-bit rounding of 6e-5 in few of 256 waves")
                .isLessThan(1e-4);
        conditioned.put("resolution", new Tensor(new float[] {1216, 832}, 1, 2));
        assertThat(run(folder.resolve("with/model.onnx"), conditioned).distance(expected))
                .isGreaterThan(1e-2);
    }

    private static double[] embedded(Map<String, Tensor> weights, String name, double number) {
        double[] waves = new double[256];
        for (int i = 0; i < 128; i++) {
            double angle = number * Math.exp(-Math.log(10_000) * i / 128);
            waves[i] = Math.cos(angle);
            waves[128 + i] = Math.sin(angle);
        }
        double[] hidden = linear(weights, name + ".linear_1", waves);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] /= 1 + Math.exp(-hidden[i]);
        }
        return linear(weights, name + ".linear_2", hidden);
    }

    private static double[] linear(Map<String, Tensor> weights, String name, double[] x) {
        float[] weight = weights.get("adaln_single.emb." + name + ".weight").values();
        float[] bias = weights.get("adaln_single.emb." + name + ".bias").values();
        double[] out = new double[bias.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = bias[i];
            for (int j = 0; j < x.length; j++) {
                out[i] += weight[i * x.length + j] * x[j];
            }
        }
        return out;
    }

    private static void add(float[] sum, int at, double[] part) {
        for (int i = 0; i < part.length; i++) {
            sum[at + i] += (float) part[i];
        }
    }

    private static Tensor run(Path model, Map<String, Tensor> inputs) throws Exception {
        try (OrtGraph graph = new OrtGraph(model)) {
            return graph.run(inputs);
        }
    }
}
