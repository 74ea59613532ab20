package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.samples.Agreement;
import dev.genfleet.samples.Label;
import dev.genfleet.samples.Scene;
import dev.genfleet.samples.SceneJudge;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pictures show what was asked for: judged by a program that knows how the shapes are drawn and nothing of the model. */
@ExtendWith(WithFleet.class)
class RightPicturesIT {

    /** Draws the labels; any other would do. */
    private static final long SEED = 20_261_122;

    private static final int PICTURES = 8;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void sevenOfEightPicturesShowTheirLabelAndNoneAnother(Fleet fleet) throws Exception {
        Map<Label, BufferedImage> pictures = pictures(fleet, Jobs.MODEL);

        assertThat(pictures.entrySet().stream().filter(picture -> shows(picture.getValue(), picture.getKey())))
                .as("right among %s", seen(pictures))
                .hasSizeGreaterThanOrEqualTo(7);
        assertThat(pictures.entrySet().stream().filter(picture -> shows(picture.getValue(), next(picture.getKey()))))
                .as("taken for the next label")
                .isEmpty();
    }

    @Test
    void aModelWhoseLayersAreShuffledFailsTheSameTest(Fleet fleet) throws Exception {
        Map<Label, BufferedImage> pictures = pictures(fleet, SampleVariants.SHUFFLED);

        assertThat(pictures.entrySet().stream().filter(picture -> shows(picture.getValue(), picture.getKey())))
                .hasSizeLessThan(3);
    }

    private static Map<Label, BufferedImage> pictures(Fleet fleet, String model) throws Exception {
        List<Label> labels = new ArrayList<>(Label.CLASSES);
        Collections.shuffle(labels, new Random(SEED));
        Map<Label, String> ids = new LinkedHashMap<>();
        for (Label label : labels.subList(0, PICTURES)) {
            ObjectNode request = Jobs.request(label.toString(), SEED + ids.size(), 50);
            ids.put(label, fleet.jobs().submitted(request.put("model", model)));
        }
        Map<Label, BufferedImage> pictures = new LinkedHashMap<>();
        for (Map.Entry<Label, String> job : ids.entrySet()) {
            byte[] picture = fleet.jobs().picture(fleet.jobs().succeeded(job.getValue(), LIMIT));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
            pictures.put(job.getKey(), image);
        }
        return pictures;
    }

    private static boolean shows(BufferedImage picture, Label label) {
        return judged(picture, label).allRight();
    }

    private static List<String> seen(Map<Label, BufferedImage> pictures) {
        return pictures.entrySet().stream()
                .map(picture -> picture.getKey() + ": "
                        + judged(picture.getValue(), picture.getKey()).seen())
                .toList();
    }

    private static Agreement judged(BufferedImage picture, Label label) {
        return SceneJudge.judge(new Scene.Labelled(label), List.of(picture));
    }

    private static Label next(Label label) {
        return Label.CLASSES.get((Label.CLASSES.indexOf(label) + 1) % Label.CLASSES.size());
    }
}
