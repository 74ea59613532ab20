package dev.genfleet.engine.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.media.JpegEncoder;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.engine.media.Scene;
import dev.genfleet.engine.media.XmpReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** JPEG is written by the platform and WebP by libwebp; both are read by FFmpeg's own decoders. */
final class StillsTest {

    private static final PictureText TEXT =
            new PictureText("ein <Stern>, 星\nSteps: 2", "{\"prompt\":\"ein <Stern>, 星\"}");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"jpeg,96,64,42", "jpeg,33,7,38", "webp,96,64,38", "webp,33,7,30"})
    void anotherReaderSeesThePictureThatWasWritten(String format, int width, int height, double leastPsnr)
            throws Exception {
        Pixels scene = Scene.at(width, height, 2);
        PlayedVideo read = PlayedVideo.of(encode(format, scene), folder);
        assertThat(read.codec()).isEqualTo(format.equals("jpeg") ? "mjpeg" : "webp");
        assertThat(read.frames()).hasSize(1);
        assertThat(Scene.psnr(read.frames().getFirst(), scene)).isGreaterThan(leastPsnr);
        assertThat(Scene.psnr(read.frames().getFirst(), Scene.at(width, height, 0)))
                .isLessThan(leastPsnr - 10);
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "webp"})
    void theSpecIsInside(String format) throws Exception {
        byte[] file = encode(format, Scene.at(32, 32, 1));
        assertThat(format.equals("jpeg") ? XmpReader.ofJpeg(file) : XmpReader.ofWebp(file))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "webp"})
    void equalPicturesGiveEqualBytesOnManyThreads(String format) throws Exception {
        byte[] alone = encode(format, Scene.at(96, 64, 1));
        var together = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return encode(format, Scene.at(96, 64, i % 2));
                    } catch (VideoException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        for (int i = 0; i < 16; i++) {
            assertThat(Arrays.equals(together.get(i), alone)).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void aJpegHasFullColourResolutionAndIsReadByThePlatform() throws Exception {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(encode("jpeg", Scene.at(96, 64, 1)))));
        Element root = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_jpeg_image_1.0");
        var components = root.getElementsByTagName("componentSpec");
        assertThat(components.getLength()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(((Element) components.item(i)).getAttribute("HsamplingFactor"))
                    .isEqualTo("1");
        }
        BufferedImage image = reader.read(0);
        assertThat(Scene.psnr(image, Scene.at(96, 64, 1))).isGreaterThan(42);
    }

    @Test
    void aSizeThatWebpLacksIsRefusedInASentence() {
        assertThatThrownBy(() -> encode("webp", new Pixels(16_384, 1, new float[3 * 16_384])))
                .isInstanceOf(VideoException.class)
                .hasMessage("webp needs a width and height of at most 16383 pixels, but the picture is 16384x1");
    }

    private static byte[] encode(String format, Pixels pixels) throws VideoException {
        return format.equals("jpeg") ? JpegEncoder.encode(pixels, TEXT) : WebpEncoder.encode(pixels, TEXT);
    }
}
