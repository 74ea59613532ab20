package dev.genfleet.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.device.TextEncoder;
import dev.genfleet.engine.device.TokenIds;
import dev.genfleet.engine.device.TokenVectors;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text encoders and latent decoders whose graphs take one number of rows only, as exports from elsewhere do. */
final class FixedBatchTest {

    private static final LatentShape SHAPE = new LatentShape(4, 8, 8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anyNumberOfCaptionsAndPicturesIsServed(int fixed) throws Exception {
        ModelPackage open = write("open", OptionalInt.empty());
        ModelPackage chunked = write("chunked", OptionalInt.of(fixed));
        for (int rows = 1; rows <= 7; rows++) {
            assertThat(vectors(chunked, rows)).isDeepEqualTo(vectors(open, rows));
            assertThat(pictures(chunked, rows)).isDeepEqualTo(pictures(open, rows));
        }
    }

    private ModelPackage write(String name, OptionalInt rows) throws Exception {
        return TinyCaptionModel.write(
                Files.createDirectory(folder.resolve(name)), ModelConditioning.NullText.ZEROS, rows);
    }

    private static float[][] vectors(ModelPackage model, int rows) throws Exception {
        var captions = (ModelConditioning.Captions) model.manifest().conditioning();
        OrtDevice device = OrtDevice.open(new Device.Cpu(), 1, 1);
        try (TextEncoder encoder =
                device.textEncoder(model, captions.textEncoders().getFirst())) {
            List<TokenIds> tokens = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                tokens.add(new TokenIds(new long[] {3 + i, 1, 0, 0, 0, 0}, new long[] {1, 1, 0, 0, 0, 0}));
            }
            return encoder.encode(tokens).stream().map(TokenVectors::states).toArray(float[][]::new);
        }
    }

    private static float[][] pictures(ModelPackage model, int rows) throws Exception {
        try (LatentDecoder decoder = OrtDevice.open(new Device.Cpu(), 1, 1).latentDecoder(model)) {
            List<float[]> latents = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                float[] numbers = new float[SHAPE.elements()];
                for (int e = 0; e < numbers.length; e++) {
                    numbers[e] = (float) Math.sin(e * (i + 1));
                }
                latents.add(numbers);
            }
            float[][] red = new float[rows][];
            List<Pixels> decoded = decoder.decode(latents, SHAPE);
            assertThat(decoded).hasSize(rows);
            for (int i = 0; i < rows; i++) {
                red[i] = new float[16];
                for (int x = 0; x < 16; x++) {
                    red[i][x] = decoded.get(i).at(0, x, 7);
                }
            }
            return red;
        }
    }
}
