package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo of captions as a user has it: a process that leaves files and nothing else. Few steps, since files are looked at, not art. */
class DemoIT {

    @TempDir
    Path folder;

    @AfterEach
    void nothingStaysRunning() throws Exception {
        Program.assertNoneLeft(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries.filter(entry -> entry.getFileName().toString().startsWith("genfleet-")))
                    .isEmpty();
        }
    }

    @Test
    void aCaptionBecomesAPicture() throws Exception {
        Program.Result demo = demo("a large purpel star on the left on a navy background");

        assertThat(demo.exit()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("note: shapes-gentron knows these words: a, above, ", "; 'purpel' is none of them")
                .contains("with shapes-gentron, 5 steps", "webhook generation.succeeded received");
        assertThat(modelsOf(demo)).isEqualTo("shapes-gentron");
        BufferedImage picture = ImageIO.read(file("a-large-purpel-star-on-the-left-on-a-navy-background-7.png")
                .toFile());
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(64, 64);
    }

    @Test
    void aCaptionBecomesAVideoInTwoFormats() throws Exception {
        Program.Result demo = demo("--video", "a small red circle moving right on a gray background");

        assertThat(demo.exit()).as(demo.output()).isZero();
        assertThat(demo.output()).doesNotContain("note:");
        assertThat(modelsOf(demo)).isEqualTo("shapes-gentron-video");
        String name = "a-small-red-circle-moving-right-on-a-gray-background-7";
        assertThat(demo.output()).contains("saved " + file(name + ".mp4"), "saved " + file(name + ".gif"));
        assertThat(framesOfMp4(Files.readAllBytes(file(name + ".mp4")))).isEqualTo(8);
        assertThat(framesOfGif(file(name + ".gif"))).isEqualTo(8);
    }

    private Program.Result demo(String... what) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("demo", "--steps", "5", "--out", out().toString()));
        arguments.addAll(List.of(what));
        return Program.start(folder.resolve("home"), folder, arguments).finished();
    }

    private static String modelsOf(Program.Result demo) {
        return demo.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("models "))
                .map(line -> line.substring("models ".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private Path out() {
        return folder.resolve("made");
    }

    private Path file(String name) {
        return out().resolve(name);
    }

    /** The number of samples that the table of their sizes has (ISO/IEC 14496-12, 8.7.3.2): one track, one sample a frame. */
    private static int framesOfMp4(byte[] video) {
        int table = new String(video, StandardCharsets.ISO_8859_1).indexOf("stsz");
        assertThat(table).isPositive();
        return ByteBuffer.wrap(video).getInt(table + 12);
    }

    private static int framesOfGif(Path gif) throws Exception {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream stream = ImageIO.createImageInputStream(gif.toFile())) {
            reader.setInput(stream);
            assertThat(List.of(reader.getWidth(0), reader.getHeight(0))).containsExactly(64, 64);
            return reader.getNumImages(true);
        } finally {
            reader.dispose();
        }
    }
}
