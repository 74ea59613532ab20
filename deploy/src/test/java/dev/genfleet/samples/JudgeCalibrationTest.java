package dev.genfleet.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge is measured before it measures: on drawings, of which it is known what they show. */
class JudgeCalibrationTest {
    private static final Path HELD_OUT = Path.of("samples", "held-out.json");

    /** What the judge says of one drawing, and of the same under a request with one word changed. */
    private record Trial(Scene drawn, Agreement agreement, OneWordChanged changed, Agreement disagreement) {
        boolean right() {
            return agreement.allRight();
        }

        boolean changeFound() {
            return changed.aspects().stream().anyMatch(disagreement.wrong()::contains);
        }

        @Override
        public String toString() {
            return "drawn %s, seen %s, asked also for %s"
                    .formatted(
                            drawn.caption(), agreement.seen(), changed.scene().caption());
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhatIsDrawnAndWhatIsNot(SceneSampler.Kind kind) throws IOException {
        List<Trial> trials = trials(kind, isClip(kind) ? 75 : 250, (picture, random) -> picture);

        assertMostly(0.99, trials, Trial::right);
        assertMostly(0.99, trials, Trial::changeFound);
    }

    @ParameterizedTest
    @EnumSource
    void knowsItUnderBlurAndNoise(SceneSampler.Kind kind) throws IOException {
        List<Trial> trials = trials(kind, isClip(kind) ? 15 : 80, Degradation::blurredAndNoisy);

        assertMostly(0.97, trials, Trial::right);
        assertMostly(0.97, trials, Trial::changeFound);
    }

    private static void assertMostly(double share, List<Trial> trials, Predicate<Trial> good) {
        List<Trial> bad = trials.stream().filter(good.negate()).toList();
        assertThat(bad).hasSizeLessThanOrEqualTo((int) ((1 - share) * trials.size()));
    }

    private static List<Trial> trials(SceneSampler.Kind kind, int count, Change change) throws IOException {
        List<Scene> scenes = new SceneSampler(HeldOut.read(HELD_OUT)).sample(kind, count, Pictures.random(count));
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> trial(scenes.get(i), Pictures.random(i), change))
                .toList();
    }

    private static Trial trial(Scene scene, RandomGenerator random, Change change) {
        List<BufferedImage> frames = new SceneRenderer(random)
                .render(scene).stream()
                        .map(frame -> change.apply(frame, random))
                        .toList();
        OneWordChanged changed = OneWordChanged.of(scene, random);
        return new Trial(scene, SceneJudge.judge(scene, frames), changed, SceneJudge.judge(changed.scene(), frames));
    }

    private static boolean isClip(SceneSampler.Kind kind) {
        return kind == SceneSampler.Kind.CLIP || kind == SceneSampler.Kind.HELD_OUT_CLIP;
    }

    /** From a drawing to what is judged. */
    private interface Change {
        BufferedImage apply(BufferedImage picture, RandomGenerator random);
    }
}
