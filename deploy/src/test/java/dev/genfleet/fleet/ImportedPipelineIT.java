package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caption pipeline that {@code genfleet import} put into the models folder is served by prompts. */
@ExtendWith(WithFleet.class)
class ImportedPipelineIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void aPromptBecomesAPictureTheSameOneTwice(Fleet fleet) throws Exception {
        byte[] first = picture(fleet, request("a red circle", 7));

        assertThat(picture(fleet, request("a red circle", 7))).isEqualTo(first);
        assertThat(picture(fleet, request("a red circle", 8))).isNotEqualTo(first);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(first));
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(16, 16);
    }

    @Test
    void anotherPromptGivesAnotherPicture(Fleet fleet) throws Exception {
        int[] circle = pixels(picture(fleet, request("a red circle", 7)));
        int[] square = pixels(picture(fleet, request("a green square on a hill", 7)));
        ObjectNode without = request("a red circle", 7);
        ((ObjectNode) without.path("input")).put("negative_prompt", "green");

        assertThat(square).isNotEqualTo(circle);
        assertThat(pixels(picture(fleet, without))).isNotEqualTo(circle);
    }

    @Test
    void aClassLabelIsRefusedByName(Fleet fleet) throws Exception {
        ObjectNode request = Jobs.request("red circle", 7, 6).put("model", CaptionPipeline.NAME);

        Answer answer = fleet.jobs().submit(request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentences())
                .contains("class_label was given, but " + CaptionPipeline.NAME
                        + " is a caption model: give prompt instead.");
    }

    @Test
    void aPromptIsNeeded(Fleet fleet) throws Exception {
        ObjectNode request = request("", 7);
        ((ObjectNode) request.path("input")).remove("prompt");

        Answer answer = fleet.jobs().submit(request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentences())
                .anySatisfy(sentence -> assertThat(sentence).contains("prompt is missing"));
    }

    private static ObjectNode request(String prompt, long seed) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", CaptionPipeline.NAME);
        request.putObject("input").put("prompt", prompt).put("seed", seed).put("num_inference_steps", 6);
        return request;
    }

    private static byte[] picture(Fleet fleet, JsonNode request) throws Exception {
        return fleet.jobs().picture(fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT));
    }

    private static int[] pixels(byte[] png) throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }
}
