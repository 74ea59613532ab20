package dev.genfleet.importer.precision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.onnx.DerivedTensor;
import dev.genfleet.importer.onnx.Initialiser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every number of a weight arrives, whatever its type and however many pieces it takes. */
class ConversionTest {

    private static final int ROWS = 131; // no multiple of the rows that are read at a time
    private static final int WIDTH = 2080; // more numbers than one piece holds

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"F32", "F16", "BF16"})
    void halfFloatsAreTheNearest(DataType type) throws Exception {
        float[] numbers = numbers();
        ByteBuffer halves = written(ConvertedFloats.half("w", values(numbers, type)));
        for (int i = 0; i < numbers.length; i++) {
            assertThat(halves.getShort(i * Short.BYTES))
                    .isEqualTo(Float.floatToFloat16(SafetensorsWriter.stored(numbers[i], type)));
        }
    }

    @Test
    void integersAreTheNearestAndTransposed() throws Exception {
        float[] numbers = numbers();
        ChannelIntegers integers = new ChannelIntegers("w", values(numbers, DataType.F32));
        ByteBuffer straight = written(integers.straight());
        ByteBuffer transposed = written(integers.transposed());
        ByteBuffer scales = written(integers.scales());
        for (int row = 0; row < ROWS; row++) {
            float scale = scales.getFloat(row * Float.BYTES);
            for (int i = 0; i < WIDTH; i++) {
                byte integer = straight.get(row * WIDTH + i);
                assertThat(transposed.get(i * ROWS + row)).isEqualTo(integer);
                assertThat(Math.abs(integer * scale - numbers[row * WIDTH + i])).isLessThanOrEqualTo(scale * 0.5001f);
            }
        }
    }

    @Test
    void blocksHaveScalesOfTheirOwn() throws Exception {
        float[] numbers = numbers();
        BlockIntegers integers = new BlockIntegers("w", values(numbers, DataType.F32));
        ByteBuffer blocks = written(integers.blocks());
        ByteBuffer scales = written(integers.scales());
        for (int i = 0; i < numbers.length; i++) {
            float scale = scales.getFloat(i / BlockIntegers.BLOCK * Float.BYTES);
            float restored = ((blocks.get(i) & 0xFF) - 128) * scale;
            assertThat(Math.abs(restored - numbers[i])).isLessThanOrEqualTo(scale * 0.5001f);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "1.5, 2", "2.5, 2", "-0.5, 0", "-1.5, -2", "126.6, 127", "-127, -127", "0.499, 0"})
    void roundsToNearestAndEvenAtTies(float number, int expected) {
        assertThat(ChannelIntegers.rounded(number)).isEqualTo(expected);
    }

    @Test
    void magnitudesAreFoundWhereverTheyAre() throws Exception {
        float[] numbers = numbers();
        numbers[numbers.length - 1] = -70_000;
        assertThat(values(numbers, DataType.F32).magnitude()).isEqualTo(70_000);
        numbers[7] = Float.NaN;
        assertThat(values(numbers, DataType.F32).magnitude()).isNaN();
    }

    private WeightValues values(float[] numbers, DataType type) throws Exception {
        Path file = Files.createTempDirectory(folder, "weights").resolve("w.safetensors");
        SafetensorsWriter.write(file, Map.of("w", new Tensor(numbers, ROWS, WIDTH)), type);
        return WeightValues.of(
                        new Initialiser.Stored(Safetensors.open(file).find("w").orElseThrow()))
                .orElseThrow();
    }

    /** Row 5 is all zeros. */
    private static float[] numbers() {
        SplittableRandom random = new SplittableRandom(12);
        float[] numbers = new float[ROWS * WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i / WIDTH == 5 ? 0 : (float) random.nextGaussian();
        }
        return numbers;
    }

    private static ByteBuffer written(DerivedTensor tensor) throws Exception {
        ByteBuffer target = ByteBuffer.allocate((int) tensor.length()).order(ByteOrder.LITTLE_ENDIAN);
        tensor.content().write(target);
        return target;
    }
}
