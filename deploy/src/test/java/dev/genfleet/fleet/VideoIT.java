package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Videos from request to file; what the files show is the engine's business and tested there. */
@ExtendWith(WithFleet.class)
class VideoIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void aJobBecomesAVideoTheSameOneTwice(Fleet fleet) throws Exception {
        ObjectNode request = request(5, "mp4");
        input(request).put("fps", 4).put("guidance_scale", 3).put("motion_guidance_scale", 1.2);

        JsonNode job = fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT);

        JsonNode output = job.path("outputs").path(0);
        assertThat(output.path("content_type").asText()).isEqualTo("video/mp4");
        assertThat(output.path("frames").asInt()).isEqualTo(5);
        assertThat(output.path("fps").asInt()).isEqualTo(4);
        assertThat(output.path("width").asInt()).isEqualTo(64);
        assertThat(job.path("input").path("num_frames").asInt()).isEqualTo(5);
        assertThat(job.path("input").path("motion_guidance_scale").asDouble()).isEqualTo(1.2);
        byte[] video = fleet.jobs().picture(job);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(video)))
                .isEqualTo(Jobs.sha256(job));
        assertThat(new String(video, StandardCharsets.ISO_8859_1))
                .contains("ftyp", "avc1", "\"video\":{\"num_frames\":5,\"fps\":4}");
        BufferedImage poster = ImageIO.read(new ByteArrayInputStream(
                fleet.jobs().linked(output.path("poster_url").asText())));
        assertThat(List.of(poster.getWidth(), poster.getHeight())).containsExactly(64, 64);

        JsonNode again = fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT);
        assertThat(Jobs.sha256(again)).isEqualTo(Jobs.sha256(job));
    }

    @Test
    void aGifHasAsManyFramesAsTheModelMakesUnlessTheJobSays(Fleet fleet) throws Exception {
        ObjectNode request = request(1, "gif");
        input(request).remove("num_frames");

        JsonNode job = fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT);

        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(
                new ByteArrayInputStream(fleet.jobs().picture(job))));
        assertThat(reader.getNumImages(true)).isEqualTo(4);
        assertThat(job.path("outputs").path(0).path("content_type").asText()).isEqualTo("image/gif");
    }

    @Test
    void whatTheModelCannotMakeIsRefused(Fleet fleet) throws Exception {
        Answer answer = fleet.jobs().submit(request(MovingModel.MAX_FRAMES + 1, "png"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentences())
                .contains(
                        "num_frames is 7, but must be between 1 and 6 for moving.",
                        "output_format is 'png', but must be one of mp4, webm, gif, webp for moving.");
    }

    @Test
    void theCatalogSaysWhatVideosAModelMakes(Fleet fleet) throws Exception {
        JsonNode models = fleet.jobs().get("/v1/models").body().path("data");
        Map<String, Integer> most = Map.of(MovingModel.NAME, MovingModel.MAX_FRAMES, "shapes-gentron-video", 64);
        for (JsonNode model : models) {
            assertThat(model.path("video").path("max_frames").asInt())
                    .as(model.path("id").asText())
                    .isEqualTo(most.getOrDefault(model.path("id").asText(), 0));
        }
        assertThat(models.findValuesAsText("id")).containsAll(most.keySet());
    }

    private static ObjectNode request(int frames, String format) {
        ObjectNode request = Jobs.request("around", 7, 6).put("model", MovingModel.NAME);
        input(request).put("num_frames", frames).put("output_format", format);
        return request;
    }

    private static ObjectNode input(ObjectNode request) {
        return (ObjectNode) request.path("input");
    }
}
