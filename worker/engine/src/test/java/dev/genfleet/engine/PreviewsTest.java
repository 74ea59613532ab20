package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.RgbFactors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PreviewsTest {

    /** As the scripted decoder: gray of the first channel by the scaling factor by 10; few numbers of this model are small. */
    private static final RgbFactors FACTORS = new RgbFactors(
            List.of(
                    List.of(0.0025, 0.0025, 0.0025),
                    List.of(0.0, 0.0, 0.0),
                    List.of(0.0, 0.0, 0.0),
                    List.of(0.0, 0.0, 0.0)),
            List.of(0.0, 0.0, 0.0));

    private static final ModelManifest LINEAR =
            Specs.manifest().withLatent(new ModelManifest.Latent(4, 2, 40, Optional.of(FACTORS), Optional.empty()));
    private static final ModelManifest QUICK =
            Specs.manifest().withLatent(new ModelManifest.Latent(4, 2, 40, Optional.empty(), Optional.of(true)));

    /** Its last step ends at the noiseless latents that the last prediction means. */
    private static final GenerationSpec TEN_STEPS =
            Specs.spec(0, 1, new SamplerSpec(Scheduler.DDIM, 10, 0), new GuidanceSpec(Kind.NONE, 1));

    @Test
    void oneEachSecondOfTheLoopsClockAndTheLastStepAlways() throws Exception {
        Watcher watcher = run(LINEAR, true, Duration.ofMillis(300));
        assertThat(watcher.previews).extracting(Preview::step).containsExactly(1, 5, 9, 10);
        assertThat(watcher.heard.told).endsWith("9/10", "10/10", "finished");
    }

    @Test
    void theLastStepAloneBesideTheFirstOfAShortJob() throws Exception {
        assertThat(run(LINEAR, true, Duration.ofMillis(1)).previews)
                .extracting(Preview::step)
                .containsExactly(1, 10);
    }

    @Test
    void whoDoesNotAskOrWhoseModelHasNoneSeesNone() throws Exception {
        assertThat(run(LINEAR, false, Duration.ofSeconds(2)).previews).isEmpty();
        assertThat(run(Specs.manifest(), true, Duration.ofSeconds(2)).previews).isEmpty();
    }

    @Test
    void theLastOneShowsTheFinishedPicture() throws Exception {
        Watcher linear = run(LINEAR, true, Duration.ofMillis(1));
        Watcher decoded = run(QUICK, true, Duration.ofMillis(1));
        BufferedImage picture = linear.picture();
        assertThat(linear.previews.getLast().width()).isEqualTo(4);
        assertThat(decoded.previews.getLast().width()).isEqualTo(8);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                int gray = picture.getRGB(x, y) & 0xff;
                // The linear map rounds elsewhere than the decoder: one level of 255.
                assertThat(linear.previews.getLast().rgb(x / 2, y / 2) & 0xff).isCloseTo(gray, within(1));
                assertThat(decoded.previews.getLast().rgb(x, y)).isEqualTo(picture.getRGB(x, y) & 0xffffff);
            }
        }
        assertThat(Set.of(picture.getRGB(0, 0), picture.getRGB(2, 0), picture.getRGB(4, 4)))
                .as("the picture is not all white")
                .hasSize(3);
    }

    @Test
    void watchingChangesNoPicture() throws Exception {
        byte[] unwatched = run(LINEAR, false, Duration.ofSeconds(1)).file();
        assertThat(run(LINEAR, true, Duration.ofSeconds(1)).file()).isEqualTo(unwatched);
        assertThat(run(QUICK, true, Duration.ofSeconds(1)).file()).isEqualTo(unwatched);
    }

    @Test
    void ofAVideoTheMiddleFrameIsShown() {
        float[] latents = new float[2 * 5 * 3];
        for (int i = 0; i < latents.length; i++) {
            latents[i] = i;
        }
        assertThat(Previews.middleFrame(latents, new LatentShape(2, 5, 1, 3))).containsExactly(6, 7, 8, 21, 22, 23);
    }

    private static Watcher run(ModelManifest manifest, boolean previews, Duration tick) throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8, manifest);
        Watcher watcher = new Watcher();
        engine.submit(
                new Generation(
                        "watched",
                        TEN_STEPS,
                        Priority.STANDARD,
                        engine.clock.instant(),
                        Optional.empty(),
                        previews,
                        Optional.empty()),
                watcher);
        engine.finish(tick, 1);
        return watcher;
    }

    private static final class Watcher implements GenerationListener {
        final RecordingListener heard = new RecordingListener();
        final List<Preview> previews = new ArrayList<>();

        byte[] file() {
            return heard.pictures.join().getFirst().bytes();
        }

        BufferedImage picture() throws Exception {
            return ImageIO.read(new ByteArrayInputStream(file()));
        }

        @Override
        public void preview(Preview preview) {
            previews.add(preview);
        }

        @Override
        public void stepped(int step, int steps) {
            heard.stepped(step, steps);
        }

        @Override
        public void finished(List<Picture> pictures) {
            heard.finished(pictures);
        }

        @Override
        public void expired() {
            throw new AssertionError("nothing expires");
        }

        @Override
        public void canceled(int step) {
            heard.canceled(step);
        }

        @Override
        public void failed(EngineException fault) {
            heard.failed(fault);
        }
    }
}
