package dev.genfleet.engine.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.engine.media.Scene;
import dev.genfleet.engine.media.XmpReader;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoWriterTest {

    private static final VideoForm FORM = new VideoForm(96, 64, 4);
    private static final PictureText TEXT =
            new PictureText("ein Stern, \u661f\nSteps: 2", "{\"prompt\":\"ein Stern, \u661f\"}");
    private static final Device CPU = new Device.Cpu();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"MP4,h264,34", "WEBM,vp9,34"})
    void aPlayerSeesTheFramesThatWereWritten(OutputFormat format, String codec, double leastPsnr) throws Exception {
        PlayedVideo played = PlayedVideo.of(write(format, 8), folder);
        assertThat(played.codec()).contains(codec);
        assertThat(played.frames()).hasSize(8);
        assertThat(played.fps()).isEqualTo(4);
        assertThat(played.seconds()).isCloseTo(2, within(0.01));
        assertThat(played.comment()).isEqualTo(TEXT.genfleet());
        for (int i = 0; i < 8; i++) {
            assertThat(Scene.psnr(played.frames().get(i), scene(i)))
                    .as("frame " + i)
                    .isGreaterThan(leastPsnr);
            assertThat(Scene.psnr(played.frames().get(i), scene((i + 3) % 8)))
                    .as("frame " + i + " against another")
                    .isLessThan(leastPsnr - 10);
        }
    }

    @Test
    void aGifIsReadByThePlatformFrameByFrame() throws Exception {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(write(OutputFormat.GIF, 5))));
        assertThat(reader.getNumImages(true)).isEqualTo(5);
        // Later frames hold only what changed: they are laid over those before.
        BufferedImage screen = new BufferedImage(FORM.width(), FORM.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 5; i++) {
            var frame = reader.readAll(i, null);
            var root = (IIOMetadataNode) frame.getMetadata().getAsTree("javax_imageio_gif_image_1.0");
            var place = (IIOMetadataNode)
                    root.getElementsByTagName("ImageDescriptor").item(0);
            var control = (IIOMetadataNode)
                    root.getElementsByTagName("GraphicControlExtension").item(0);
            assertThat(control.getAttribute("delayTime")).isEqualTo("25");
            screen.createGraphics()
                    .drawImage(
                            (BufferedImage) frame.getRenderedImage(),
                            Integer.parseInt(place.getAttribute("imageLeftPosition")),
                            Integer.parseInt(place.getAttribute("imageTopPosition")),
                            null);
            assertThat(Scene.psnr(screen, scene(i))).as("frame " + i).isGreaterThan(26);
        }
    }

    @Test
    void anAnimationIsShownAsWrittenAtTheAskedSpeedForEver() throws Exception {
        byte[] file = write(OutputFormat.WEBP, 8, 24);
        AnimatedWebp shown = AnimatedWebp.of(file, folder);
        assertThat(shown.frames()).hasSize(8);
        assertThat(shown.loops()).isZero();
        // Times are whole milliseconds, so those of 24 frames a second differ by one.
        assertThat(shown.millis()).allMatch(millis -> millis == 41 || millis == 42);
        assertThat(shown.millis().stream().mapToInt(Integer::intValue).sum()).isBetween(332, 334);
        for (int i = 0; i < 8; i++) {
            assertThat(Scene.psnr(shown.frames().get(i), scene(i)))
                    .as("frame " + i)
                    .isGreaterThan(32);
            assertThat(Scene.psnr(shown.frames().get(i), scene((i + 3) % 8)))
                    .as("frame " + i + " against another")
                    .isLessThan(22);
        }
        assertThat(XmpReader.ofWebp(file)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(
            value = OutputFormat.class,
            names = {"MP4", "WEBM", "GIF", "WEBP"})
    void equalFramesGiveEqualBytes(OutputFormat format) throws Exception {
        assertThat(write(format, 6)).isEqualTo(write(format, 6)).isNotEqualTo(write(format, 5));
    }

    @ParameterizedTest
    @EnumSource(
            value = OutputFormat.class,
            names = {"MP4", "WEBM", "GIF", "WEBP"})
    void aVideoMayHaveASingleFrame(OutputFormat format) throws Exception {
        PlayedVideo played = PlayedVideo.of(write(format, 1), folder);
        assertThat(played.frames()).hasSize(1);
        assertThat(Scene.psnr(played.frames().getFirst(), scene(0))).isGreaterThan(26);
    }

    @Test
    void noTimeAndNoVersionIsWritten() throws Exception {
        for (OutputFormat format : List.of(OutputFormat.MP4, OutputFormat.WEBM, OutputFormat.WEBP)) {
            assertThat(new String(write(format, 2), StandardCharsets.ISO_8859_1))
                    .doesNotContainPattern("Lavf[0-9]")
                    .doesNotContainPattern("Lavc[0-9]")
                    .doesNotContain("creation_time");
        }
    }

    @Test
    void sizesThatH264LacksAreRefusedInASentence() {
        assertThatThrownBy(() -> new VideoWriter(OutputFormat.MP4, new VideoForm(33, 32, 4), TEXT, CPU))
                .isInstanceOf(VideoException.class)
                .hasMessage("mp4 needs an even width and height of at least 16 pixels, but the video is 33x32");
        assertThat(OutputFormat.WEBM.holds(new ImageSize(33, 8))).isTrue();
    }

    @Test
    void aFrameOfAnotherSizeIsRefusedAndTheWriterStillCloses() throws Exception {
        try (VideoWriter writer = new VideoWriter(OutputFormat.MP4, FORM, TEXT, CPU)) {
            writer.add(scene(0));
            assertThatThrownBy(() -> writer.add(new Pixels(1, 1, new float[3])))
                    .hasMessage("frame 1 is 1x1, but the video is 96x64");
        }
    }

    private static byte[] write(OutputFormat format, int frames) throws VideoException {
        return write(format, frames, FORM.fps());
    }

    private static byte[] write(OutputFormat format, int frames, int fps) throws VideoException {
        VideoForm form = new VideoForm(FORM.width(), FORM.height(), fps);
        try (VideoWriter writer = new VideoWriter(format, form, TEXT, CPU)) {
            for (int i = 0; i < frames; i++) {
                writer.add(scene(i));
            }
            return writer.finish();
        }
    }

    private static Pixels scene(int index) {
        return Scene.at(FORM.width(), FORM.height(), index);
    }
}
