package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Previews from the engine's thread to the caller. */
@ExtendWith(WithFleet.class)
class PreviewIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int CELLS = 8;

    /** The last preview is told before the job's end, so nothing here depends on who is faster. */
    @Test
    void theLastPreviewShowsTheFinishedPicture(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("yellow star", 7, 20).put("previews", true));
        JsonNode job = fleet.jobs().succeeded(id, LIMIT);

        BufferedImage preview = image(fleet.jobs().linked("/v1/jobs/" + id + "/preview"));

        assertThat(preview.getWidth()).isGreaterThanOrEqualTo(64);
        assertThat(correlation(cells(preview), cells(image(fleet.jobs().picture(job)))))
                .isGreaterThan(0.9);
    }

    @Test
    void progressNamesThePreviewWhileTheJobRuns(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("blue heart", 10, 250).put("previews", true));

        String url = Eventually.within(LIMIT, "a preview of job " + id, () -> Optional.of(
                        fleet.jobs().job(id).body().path("progress").path("preview_url"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText));

        assertThat(url).contains("/v1/jobs/" + id + "/preview?step=");
        assertThat(image(fleet.jobs().linked(url)).getHeight()).isGreaterThanOrEqualTo(64);
        assertThat(fleet.jobs().succeeded(id, LIMIT).path("progress").has("preview_url"))
                .isFalse();
    }

    @Test
    void aJobThatDidNotAskHasNone(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("red circle", 3, 5));
        fleet.jobs().succeeded(id, LIMIT);

        Answer answer = fleet.jobs().get("/v1/jobs/" + id + "/preview");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.sentences()).contains("Job " + id + " was submitted without previews, and so shows none.");
    }

    @Test
    void picturesComeInTheFormatThatWasAskedForTheSameBytesTwice(Fleet fleet) throws Exception {
        for (String format : new String[] {"jpeg", "jpg", "webp"}) {
            ObjectNode request = Jobs.request("yellow star", 7, 20);
            ((ObjectNode) request.path("input")).put("output_format", format);
            JsonNode job = fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT);
            JsonNode again = fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT);
            String type = "image/" + format.replace("jpg", "jpeg");
            assertThat(job.path("outputs").path(0).path("content_type").asText())
                    .isEqualTo(type);
            assertThat(Jobs.sha256(again)).isEqualTo(Jobs.sha256(job));
            byte[] file = fleet.jobs().picture(job);
            assertThat(new String(file, 0, 4, StandardCharsets.ISO_8859_1))
                    .isEqualTo(format.equals("webp") ? "RIFF" : "\u00ff\u00d8\u00ff\u00e0");
        }
    }

    private static BufferedImage image(byte[] file) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    /** Mean red, green and blue of each part of a picture. */
    private static double[] cells(BufferedImage image) {
        double[] sums = new double[3 * CELLS * CELLS];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int cell = y * CELLS / image.getHeight() * CELLS + x * CELLS / image.getWidth();
                for (int colour = 0; colour < 3; colour++) {
                    sums[3 * cell + colour] += (image.getRGB(x, y) >> (8 * colour)) & 0xff;
                }
            }
        }
        return sums;
    }

    private static double correlation(double[] one, double[] other) {
        double meanOne = Arrays.stream(one).average().orElseThrow();
        double meanOther = Arrays.stream(other).average().orElseThrow();
        double both = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            both += (one[i] - meanOne) * (other[i] - meanOther);
            ones += (one[i] - meanOne) * (one[i] - meanOne);
            others += (other[i] - meanOther) * (other[i] - meanOther);
        }
        return both / Math.sqrt(ones * others);
    }
}
