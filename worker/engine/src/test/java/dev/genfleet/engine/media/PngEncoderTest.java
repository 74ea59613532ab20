package dev.genfleet.engine.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Pixels;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.wire.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PngEncoderTest {

    private static final int SIGNATURE_BYTES = 8;
    private static final Pixels PIXELS = new Pixels(2, 1, new float[] {-1.5f, 1.5f, 0f, 0.0039f, -0.5f, 0.999f});

    @Test
    void pixelsAreRoundedAsTheOfficialSamplerDoes() throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(PIXELS, text("red circle"))));
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x008040); // 0, 128, 64.25
        assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0xff80ff); // 319, 128.497, 255.37
    }

    @Test
    void theSpecIsInsideAndNothingElse() throws Exception {
        byte[] file = PngEncoder.encode(PIXELS, text("red circle"));
        Map<String, String> texts = texts(file, "tEXt");
        assertThat(texts).containsOnlyKeys("parameters", "genfleet");
        assertThat(texts.get("parameters"))
                .isEqualTo("red circle\nSteps: 20, Sampler: ddpm, CFG scale: 4.0, Guidance: cfg, Seed: 44,"
                        + " Size: 2x1, Model: shapes, Model hash: 0123456789ab");
        GenerationSpec inside = Json.read(texts.get("genfleet").getBytes(StandardCharsets.UTF_8), GenerationSpec.class);
        assertThat(inside.seed()).isEqualTo(44);
        assertThat(inside.images()).isEqualTo(1);
        assertThat(inside.modelDigest()).isEqualTo("sha256:0123456789abcdef");
    }

    @Test
    void whatASpecSaysBesidesIsToldAfterTheRest() {
        SamplerSpec sampler = new SamplerSpec(
                SamplerSpec.Scheduler.DPMPP_2M, 30, 0, Optional.of(TimestepSpacing.parse("10,20")), Optional.of(true));
        GuidanceSpec guidance = new GuidanceSpec(
                GuidanceSpec.Kind.CFG,
                4,
                Optional.empty(),
                Optional.of(0.7),
                Optional.of(new GuidanceInterval(0.1, 0.8)));
        PictureText text = text("red circle", sampler, guidance);
        assertThat(text.parameters())
                .endsWith("Model hash: 0123456789ab, Guidance rescale: 0.7, Guidance interval: 0.1-0.8,"
                        + " Timestep spacing: \"10,20\", Karras sigmas: true");
        assertThat(text.genfleet())
                .contains(
                        "\"rescale\":0.7,\"interval\":[0.1,0.8]",
                        "\"timestep_spacing\":\"10,20\",\"use_karras_sigmas\":true");
    }

    @Test
    void aSpecThatSaysNothingBesidesHasTheTextItAlwaysHad() {
        assertThat(text("red circle").genfleet())
                .isEqualTo("{\"model\":\"shapes\",\"model_digest\":\"sha256:0123456789abcdef\",\"conditioning\":"
                        + "{\"kind\":\"class\",\"index\":3,\"name\":\"red circle\"},\"size\":{\"width\":2,\"height\":1},"
                        + "\"n\":1,\"seed\":44,\"sampler\":{\"scheduler\":\"ddpm\",\"steps\":20,\"eta\":0.0},"
                        + "\"guidance\":{\"kind\":\"cfg\",\"scale\":4.0},\"output_format\":\"png\"}");
    }

    @Test
    void equalSpecsGiveEqualBytes() {
        assertThat(PngEncoder.encode(PIXELS, text("red circle")))
                .isEqualTo(PngEncoder.encode(PIXELS, text("red circle")));
    }

    @Test
    void labelsBeyondLatinAreKept() {
        Map<String, String> texts = texts(PngEncoder.encode(PIXELS, text("赤い丸")), "iTXt");
        assertThat(texts.get("parameters")).contains("赤い丸");
    }

    private static PictureText text(String label) {
        return text(
                label, new SamplerSpec(SamplerSpec.Scheduler.DDPM, 20, 0), new GuidanceSpec(GuidanceSpec.Kind.CFG, 4));
    }

    private static PictureText text(String label, SamplerSpec sampler, GuidanceSpec guidance) {
        return PictureText.of(
                new GenerationSpec(
                        "shapes",
                        "sha256:0123456789abcdef",
                        new Conditioning.ClassLabel(3, label),
                        new ImageSize(2, 1),
                        4,
                        42,
                        sampler,
                        guidance,
                        OutputFormat.PNG),
                2);
    }

    /** Keyword and raw rest of each chunk of a type. */
    private static Map<String, String> texts(byte[] file, String type) {
        Map<String, String> texts = new HashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
        while (bytes.hasRemaining()) {
            byte[] data = new byte[bytes.getInt()];
            byte[] name = new byte[Integer.BYTES];
            bytes.get(name).get(data).getInt();
            if (new String(name, StandardCharsets.US_ASCII).equals(type)) {
                String[] parts = new String(data, StandardCharsets.UTF_8).split("\0", 2);
                texts.put(parts[0], parts[1]);
            }
        }
        return texts;
    }
}
