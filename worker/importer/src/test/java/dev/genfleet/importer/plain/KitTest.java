package dev.genfleet.importer.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What readings are built of. */
class KitTest {

    @TempDir
    private Path folder;

    /** Abramowitz and Stegun 1964, table 7.1. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5204998778", "1, 0.8427007929", "2, 0.9953222650", "-1.5, -0.9661051465", "9, 1"})
    void knowsTheErrorFunction(double x, double erf) {
        assertThat(Activations.erf(x)).isCloseTo(erf, within(1e-10));
    }

    /** Sizes that are no multiples of any block, against sums term by term. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 2", "300, 131, 67", "257, 260, 129"})
    void multipliesMatricesOfAnySize(int rows, int in, int out) throws Exception {
        Tensor x = RandomWeights.normal(rows, in);
        Tensor weight = RandomWeights.normal(out, in);
        Checkpoint checkpoint = Checkpoint.open(
                SafetensorsWriter.write(folder.resolve("w.safetensors"), Map.of("w", weight), DataType.F32));
        PlainTensor product =
                Products.multiply(Numbers.of(x), checkpoint.find("w").orElseThrow());
        assertThat(product.shape()).containsExactly(rows, out);
        for (int i = 0; i < rows * out; i++) {
            double sum = 0;
            for (int k = 0; k < in; k++) {
                sum += (double) x.values()[i / out * in + k] * weight.values()[i % out * in + k];
            }
            assertThat(product.values()[i]).isCloseTo(sum, within(1e-10));
        }
    }

    @Test
    void reordersDimensions() {
        PlainTensor x = new PlainTensor(new double[] {0, 1, 2, 3, 4, 5}, 1, 2, 3);
        PlainTensor turned = x.permuted(2, 0, 1);
        assertThat(turned.shape()).containsExactly(3, 1, 2);
        assertThat(turned.values()).containsExactly(0, 3, 1, 4, 2, 5);
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatThrownBy(() -> new PlainTensor(new double[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values do not fill the shape [2, 3]");
        assertThatThrownBy(() -> PlainTensor.zeros(2, 3).plus(PlainTensor.zeros(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shapes are [2, 3] and [3, 2], but must be equal");
    }

    /** A key with a score of minus infinity has no share; equal scores share equally. */
    @Test
    void attendsToWhatIsNotHidden() {
        PlainTensor queries = PlainTensor.zeros(1, 1, 2);
        PlainTensor values = new PlainTensor(new double[] {1, 10, 3, 30, 99, 99}, 1, 3, 2);
        PlainTensor mask = new PlainTensor(new double[] {1, 1, 0}, 1, 3);
        PlainTensor mixed = PlainAttention.attend(
                queries, values, values, 2, PlainAttention.Bias.hiding(mask, Double.NEGATIVE_INFINITY));
        assertThat(mixed.values()).containsExactly(2, 20);
    }
}
